//! Breaks the lines of a document where they are too long.
//!
//! A group is laid out on one line if what is in it, and what follows up to the next place where a
//! line may be broken, fits there. Brackets in such a group are measured as if they were broken.

use super::document::{Break, Document, Element, GroupId, Spread, Tag, width};

/// How the lines of a text stand on the page.
#[derive(Clone, Copy)]
pub(super) struct Page<'a> {
    /// The greatest width of a line.
    pub(super) width: usize,
    /// What lines after the first start with.
    pub(super) indentation: &'a str,
    pub(super) newline: &'a str,
}

/// Columns by which what is in broken brackets is indented.
const INDENT: usize = 4;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Flat,
    Broken,
    /// Of a group: flat because what holds it is, so that its brackets are flat as well.
    Tight,
}

#[derive(Clone, Copy)]
struct LayoutFrame {
    mode: Mode,
    indent: usize,
    /// When measuring: whether all lines have to fit, and not only the first one.
    all_lines: bool,
}

struct Renderer<'d, 'a> {
    document: &'d Document,
    page: Page<'a>,
    base: usize,
    column: usize,
    /// How each group that has been met is laid out.
    modes: Vec<Mode>,
    frames: Vec<LayoutFrame>,
    measuring: Vec<LayoutFrame>,
    /// Whether the groups of the present line are known to fit.
    measured: bool,
}

/// Writes the document at the end of `out`, which is in `column`.
pub(super) fn render(document: &Document, page: Page<'_>, column: usize, out: &mut String) {
    let base = width(page.indentation);
    let root = LayoutFrame { mode: Mode::Broken, indent: base, all_lines: false };
    let mut renderer = Renderer {
        document,
        page,
        base,
        column,
        modes: vec![Mode::Flat; document.groups as usize],
        frames: vec![root],
        measuring: Vec::new(),
        measured: false,
    };
    renderer.run(out);
}

impl Renderer<'_, '_> {
    fn run(&mut self, out: &mut String) {
        let mut at = 0;
        while let Some(element) = self.document.elements.get(at) {
            let Some(frame) = self.frames.last().copied() else { return };
            match *element {
                Element::Token(token) => {
                    out.push_str(token);
                    self.column += token.len();
                }
                Element::Text { start, end, width } => {
                    out.push_str(self.document.slice(start, end));
                    self.column += width as usize;
                }
                Element::Lines { start, end } => self.literal(start, end, out),
                Element::Room(_) => {}
                Element::Break(flat) => match (frame.mode, flat) {
                    (Mode::Flat, Break::Nothing) => {}
                    (Mode::Flat, Break::Space) => {
                        out.push(' ');
                        self.column += 1;
                    }
                    _ => {
                        out.push_str(self.page.newline);
                        out.push_str(self.page.indentation);
                        let more = frame.indent.saturating_sub(self.base);
                        out.extend(std::iter::repeat_n(' ', more));
                        self.column = frame.indent;
                        self.measured = false;
                    }
                },
                Element::Start(tag, end) => match self.enter(tag, at, end as usize, frame) {
                    Some(inner) => self.frames.push(inner),
                    None => at = end as usize,
                },
                Element::End => {
                    self.frames.pop();
                }
            }
            at += 1;
        }
    }

    /// Writes a literal: its lines have no indentation, and end as those of the file.
    fn literal(&mut self, start: u32, end: u32, out: &mut String) {
        let text = self.document.slice(start, end).replace("\r\n", "\n");
        let mut lines = text.split('\n');
        out.extend(lines.next());
        for line in lines {
            out.push_str(self.page.newline);
            out.push_str(line);
            self.column = width(line);
        }
        self.measured = false;
    }

    /// The frame of what starts at `at`; none if it isn't there at all.
    fn enter(
        &mut self,
        tag: Tag,
        at: usize,
        end: usize,
        frame: LayoutFrame,
    ) -> Option<LayoutFrame> {
        match tag {
            Tag::Group(id, spread) => Some(self.group(id, spread, at, frame)),
            Tag::GroupIfBroken(on, spread) if self.mode(on) == Mode::Broken => {
                Some(self.group(None, spread, at, frame))
            }
            Tag::Rescue(id) => {
                let flat = self.group(Some(id), Spread::IfTooLong, at, frame);
                let own = self.document.flat_width(at, end) + frame.indent + INDENT;
                if flat.mode == Mode::Flat || own <= self.page.width {
                    return Some(flat);
                }
                self.set_mode(Some(id), Mode::Flat);
                self.measured = false;
                Some(frame)
            }
            Tag::Brackets(on, _) => {
                if self.mode(on) == Mode::Flat {
                    // They were measured as broken; now it's to be seen whether they have to be.
                    self.measured = false;
                }
                Some(frame)
            }
            other => self.inner(other, frame),
        }
    }

    /// The frame of what is no group.
    fn inner(&self, tag: Tag, frame: LayoutFrame) -> Option<LayoutFrame> {
        let indented = LayoutFrame { indent: frame.indent + INDENT, ..frame };
        match tag {
            Tag::Indent => Some(indented),
            Tag::IndentIfBroken(on) if self.mode(on) == Mode::Broken => Some(indented),
            Tag::IfBroken(on) if self.mode(on) != Mode::Broken => None,
            Tag::IfFlat(on) if self.mode(on) == Mode::Broken => None,
            Tag::WhenBroken if frame.mode == Mode::Flat => None,
            _ => Some(frame),
        }
    }

    fn group(
        &mut self,
        id: Option<GroupId>,
        spread: Spread,
        at: usize,
        frame: LayoutFrame,
    ) -> LayoutFrame {
        let mode = match spread {
            Spread::Always => Mode::Broken,
            Spread::IfTooLong if frame.mode == Mode::Flat && self.measured => {
                self.set_mode(id, Mode::Tight);
                return frame;
            }
            Spread::IfTooLong => {
                self.measured = true;
                self.set_mode(id, Mode::Flat);
                let flat = LayoutFrame { mode: Mode::Flat, ..frame };
                if self.fits(at + 1, flat) { Mode::Flat } else { Mode::Broken }
            }
        };
        self.set_mode(id, mode);
        LayoutFrame { mode, ..frame }
    }

    fn mode(&self, group: GroupId) -> Mode {
        self.modes.get(group.0 as usize).copied().unwrap_or(Mode::Flat)
    }

    fn set_mode(&mut self, group: Option<GroupId>, mode: Mode) {
        if let Some(own) = group.and_then(|group| self.modes.get_mut(group.0 as usize)) {
            *own = mode;
        }
    }

    /// Whether what begins at `at` in `first`, and what follows it, fits.
    fn fits(&mut self, at: usize, first: LayoutFrame) -> bool {
        let mut outer = self.frames.len();
        let mut at = at;
        let mut column = self.column;
        self.measuring.clear();
        self.measuring.push(first);
        while let Some(element) = self.document.elements.get(at) {
            let Some(frame) = self.measuring.last().copied() else { return true };
            match *element {
                Element::Token(token) => column += token.len(),
                Element::Text { width, .. } | Element::Room(width) => column += width as usize,
                Element::Lines { start, end } => {
                    let mut lines = self.document.slice(start, end).split('\n');
                    column += lines.next().map_or(0, width);
                    if !frame.all_lines {
                        return column <= self.page.width;
                    }
                    if column > self.page.width {
                        return false;
                    }
                    column = lines.next_back().map_or(0, width);
                }
                Element::Break(flat) => match (frame.mode, flat) {
                    (Mode::Flat, Break::Nothing) => {}
                    (Mode::Flat, Break::Space) => column += 1,
                    _ if frame.all_lines => column = frame.indent,
                    _ => return true,
                },
                Element::Start(tag, end) => match self.measured_frame(tag, frame) {
                    Ok(Some(inner)) => self.measuring.push(inner),
                    Ok(None) => at = end as usize,
                    Err(TooLong) => return false,
                },
                Element::End => {
                    self.measuring.pop();
                    if self.measuring.is_empty() {
                        outer = outer.saturating_sub(1);
                        let rest = self.frames.get(outer).copied();
                        self.measuring.extend(rest.map(|f| LayoutFrame { all_lines: false, ..f }));
                    }
                }
            }
            if column > self.page.width {
                return false;
            }
            at += 1;
        }
        true
    }

    /// The frame in which what starts here is measured; none if it isn't there.
    fn measured_frame(
        &mut self,
        tag: Tag,
        frame: LayoutFrame,
    ) -> Result<Option<LayoutFrame>, TooLong> {
        let spread_mode = |spread| match spread {
            Spread::Always => Mode::Broken,
            Spread::IfTooLong => frame.mode,
        };
        Ok(match tag {
            Tag::Group(id, spread) => {
                let mode = spread_mode(spread);
                self.set_mode(id, if mode == Mode::Flat { Mode::Tight } else { mode });
                Some(LayoutFrame { mode, ..frame })
            }
            Tag::Rescue(id) => {
                self.set_mode(Some(id), frame.mode);
                Some(frame)
            }
            Tag::GroupIfBroken(on, spread) if self.mode(on) == Mode::Broken => {
                Some(LayoutFrame { mode: spread_mode(spread), ..frame })
            }
            Tag::Brackets(on, spread) => match (frame.mode, self.mode(on)) {
                (Mode::Flat, Mode::Flat) => {
                    Some(LayoutFrame { mode: Mode::Broken, all_lines: true, ..frame })
                }
                (Mode::Flat, _) if spread == Spread::Always => return Err(TooLong),
                _ => Some(frame),
            },
            other => self.inner(other, frame),
        })
    }
}

/// What is measured can't be on one line.
struct TooLong;
