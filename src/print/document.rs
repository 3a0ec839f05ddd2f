//! The document of a statement: its text with the places where lines may be broken.
//!
//! It is one flat list, so that neither its depth nor its end costs stack. The ideas are those of
//! Wadler and Lindig, with the groups that Prettier and Ruff add to them: a group that decides by
//! whether another one is broken, and brackets that may be broken where all around them is not.

/// A group that others ask about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct GroupId(pub(super) u32);

/// What a place where a line may be broken is in a line that isn't.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Break {
    Nothing,
    Space,
}

/// Whether what holds a text of several lines has to be broken itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spread {
    IfTooLong,
    Always,
}

/// How the elements up to the matching end are laid out.
#[derive(Clone, Copy, Debug)]
pub(super) enum Tag {
    /// On one line, or broken at each of its own breaks.
    Group(Option<GroupId>, Spread),
    /// Broken only if what is in it then fits on a line of its own.
    Rescue(GroupId),
    /// A group if `.0` is broken, nothing special otherwise.
    GroupIfBroken(GroupId, Spread),
    Indent,
    IndentIfBroken(GroupId),
    /// There only if the group is broken.
    IfBroken(GroupId),
    /// There only if the group is on one line.
    IfFlat(GroupId),
    /// There only if what is around it is broken.
    WhenBroken,
    /// Brackets in a group that is on one line, which may be broken all the same.
    Brackets(GroupId, Spread),
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Element {
    Token(&'static str),
    /// A piece of [`Document::texts`] with its width.
    Text {
        start: u32,
        end: u32,
        width: u32,
    },
    /// A text of several lines, which get no indentation: a literal.
    Lines {
        start: u32,
        end: u32,
    },
    /// Room for what will follow.
    Room(u32),
    Break(Break),
    /// What begins here, and where its end is.
    Start(Tag, u32),
    End,
}

#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) elements: Vec<Element>,
    pub(super) texts: String,
    pub(super) groups: u32,
    /// The starts without an end so far.
    open: Vec<u32>,
}

/// Documents are far below 4 GiB, as sources are.
fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The width of a text, in characters.
pub(super) fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}

impl Document {
    pub(super) fn clear(&mut self) {
        self.elements.clear();
        self.texts.clear();
        self.open.clear();
        self.groups = 0;
    }

    pub(super) fn token(&mut self, token: &'static str) {
        self.elements.push(Element::Token(token));
    }

    pub(super) fn text(&mut self, text: &str) {
        let start = index(self.texts.len());
        self.texts.push_str(text);
        let end = index(self.texts.len());
        if text.contains(['\n', '\r']) {
            self.elements.push(Element::Lines { start, end });
            self.spread();
        } else {
            self.elements.push(Element::Text { start, end, width: index(width(text)) });
        }
    }

    /// What holds a text of several lines is broken, up to brackets.
    fn spread(&mut self) {
        for start in self.open.iter().rev() {
            if let Some(Element::Start(tag, _)) = self.elements.get_mut(*start as usize) {
                match tag {
                    Tag::Group(_, spread) | Tag::GroupIfBroken(_, spread) => {
                        *spread = Spread::Always;
                    }
                    Tag::Brackets(_, spread) => {
                        *spread = Spread::Always;
                        break;
                    }
                    _ => {}
                }
            }
        }
    }

    pub(super) fn room(&mut self, width: usize) {
        self.elements.push(Element::Room(index(width)));
    }

    pub(super) fn line(&mut self, flat: Break) {
        self.elements.push(Element::Break(flat));
    }

    pub(super) fn new_group(&mut self) -> GroupId {
        self.groups += 1;
        GroupId(self.groups - 1)
    }

    pub(super) fn start(&mut self, tag: Tag) {
        self.open.push(index(self.elements.len()));
        self.elements.push(Element::Start(tag, 0));
    }

    pub(super) fn end(&mut self) {
        let own = index(self.elements.len());
        self.elements.push(Element::End);
        if let Some(start) = self.open.pop()
            && let Some(Element::Start(_, end)) = self.elements.get_mut(start as usize)
        {
            *end = own;
        }
    }

    pub(super) fn slice(&self, start: u32, end: u32) -> &str {
        self.texts.get(start as usize..end as usize).unwrap_or_default()
    }

    /// All of it on one line, whatever its width.
    pub(super) fn flat(&self) -> String {
        let mut out = String::with_capacity(self.texts.len() + self.elements.len());
        let mut at = 0;
        while let Some(element) = self.elements.get(at) {
            match *element {
                Element::Token(token) => out.push_str(token),
                Element::Text { start, end, .. } | Element::Lines { start, end } => {
                    out.push_str(self.slice(start, end));
                }
                Element::Break(Break::Space) => out.push(' '),
                Element::Start(Tag::IfBroken(_) | Tag::WhenBroken, end) => at = end as usize,
                Element::Room(_) | Element::Break(_) | Element::Start(..) | Element::End => {}
            }
            at += 1;
        }
        out
    }

    /// The width on one line of what begins at `at`.
    pub(super) fn flat_width(&self, at: usize, end: usize) -> usize {
        let mut all = 0;
        let mut at = at;
        while let Some(element) = self.elements.get(at).filter(|_| at < end) {
            match *element {
                Element::Token(token) => all += token.len(),
                Element::Text { width, .. } => all += width as usize,
                Element::Lines { start, end } => all += width(self.slice(start, end)),
                Element::Break(Break::Space) => all += 1,
                Element::Start(Tag::IfBroken(_) | Tag::WhenBroken, end) => at = end as usize,
                Element::Room(_) | Element::Break(_) | Element::Start(..) | Element::End => {}
            }
            at += 1;
        }
        all
    }
}
