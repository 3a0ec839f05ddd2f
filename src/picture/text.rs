//! A tree as lines of text: a node a line, the code that it is beside it.

use super::Titled;
use super::fit::{columns, elided};
use super::outline::{ItemStage, OutlineItem, outline};

/// Whether the lines are coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Characters only.
    Plain,
    /// With the codes that terminals know.
    Coloured,
}

/// The greatest width of a constant or a name.
const WORD: usize = 48;

/// The greatest width of the code at the right.
const CODE: usize = 60;

/// How far to the right the code may stand for the sake of one column.
const FARTHEST: usize = 56;

/// The level below which nodes are only counted: who indents without end shows nothing.
const DEEPEST: usize = 120;

const LEGEND: &str = "■ static: known at compile time   ○ dynamic: known at run time";

/// The trees one below the other, each below its title.
pub fn text(trees: &[Titled], ink: Ink) -> String {
    let mut out = String::new();
    let mut stages = Vec::new();
    for titled in trees {
        if !out.is_empty() {
            out.push('\n');
        }
        if let Some(title) = &titled.title {
            paint(&mut out, ink, Paint::Title, &elided(title, 2 * CODE));
            out.push('\n');
        }
        let items = outline(&titled.tree);
        stages.extend(items.iter().map(|item| item.stage));
        draw(&items, ink, &mut out);
    }
    if stages.contains(&ItemStage::Static) && stages.contains(&ItemStage::Dynamic) {
        out.push('\n');
        paint(&mut out, ink, Paint::Faint, LEGEND);
        out.push('\n');
    }
    out
}

/// A line before its code is put beside it.
struct TextLine<'i> {
    /// The branches that lead to it.
    branches: String,
    item: &'i OutlineItem,
    /// How many nodes are below it that aren't shown.
    hidden: usize,
}

fn draw(items: &[OutlineItem], ink: Ink, out: &mut String) {
    let lines = lines(items);
    let width = |line: &TextLine<'_>| columns(&line.branches) + columns(&plain(line.item));
    let with_code = lines.iter().filter(|line| !line.item.code.is_empty());
    let column = with_code.map(width).filter(|width| *width <= FARTHEST).max().unwrap_or_default();
    for line in &lines {
        paint(out, ink, Paint::Faint, &line.branches);
        node(line.item, ink, out);
        if !line.item.code.is_empty() {
            let room = column.saturating_sub(width(line)) + 3;
            out.extend(std::iter::repeat_n(' ', room));
            paint(out, ink, Paint::Faint, &elided(&line.item.code, CODE));
        }
        if line.hidden > 0 {
            paint(out, ink, Paint::Faint, &format!("   … and {} more below", line.hidden));
        }
        out.push('\n');
    }
}

/// The lines of the items that aren't too deep.
fn lines(items: &[OutlineItem]) -> Vec<TextLine<'_>> {
    let mut lines: Vec<TextLine<'_>> = Vec::new();
    // The items on the way to this one, each with what stands before the lines below it.
    let mut way: Vec<(usize, String)> = Vec::new();
    for (index, item) in items.iter().enumerate() {
        while way.last().is_some_and(|(open, _)| Some(*open) != item.parent) {
            way.pop();
        }
        let (mut branches, mut below) = (String::new(), String::new());
        if let Some((parent, before)) = way.last() {
            let last = items.get(*parent).and_then(|parent| parent.children.last());
            let is_last = last == Some(&index);
            branches = format!("{before}{}", if is_last { "└─ " } else { "├─ " });
            below = format!("{before}{}", if is_last { "   " } else { "│  " });
        }
        match lines.last_mut() {
            Some(last) if way.len() >= DEEPEST => {
                last.hidden += 1;
                below.clear();
            }
            _ => lines.push(TextLine { branches, item, hidden: 0 }),
        }
        way.push((index, below));
    }
    lines
}

/// The item as [`node`] writes it, without colours.
fn plain(item: &OutlineItem) -> String {
    let mut out = String::new();
    node(item, Ink::Plain, &mut out);
    out
}

fn node(item: &OutlineItem, ink: Ink, out: &mut String) {
    if let Some(role) = item.role {
        paint(out, ink, Paint::Faint, &format!("{role}: "));
    }
    if item.again.is_some() {
        return paint(out, ink, Paint::Name, &item.reference());
    }
    let (sign, colour) = match item.stage {
        ItemStage::Static => ("■ ", Paint::Static),
        ItemStage::Dynamic => ("○ ", Paint::Dynamic),
        ItemStage::Part => ("", Paint::Faint),
    };
    paint(out, ink, colour, sign);
    let heading = item.heading();
    let op = item.op.name();
    paint(out, ink, Paint::Name, heading.strip_suffix(op).unwrap_or_default());
    paint(out, ink, Paint::Op, op);
    if !item.word.is_empty() {
        out.push(' ');
        paint(out, ink, colour, &elided(&item.word, WORD));
    }
}

/// What a piece of a line is.
#[derive(Clone, Copy)]
enum Paint {
    Title,
    Op,
    Name,
    Static,
    Dynamic,
    Faint,
}

fn paint(out: &mut String, ink: Ink, paint: Paint, text: &str) {
    if ink == Ink::Plain || text.is_empty() {
        return out.push_str(text);
    }
    let code = match paint {
        Paint::Title => "1;4",
        Paint::Op => "1",
        Paint::Name => "33",
        Paint::Static => "32",
        Paint::Dynamic => "34",
        Paint::Faint => "2",
    };
    out.push_str("\u{1b}[");
    out.push_str(code);
    out.push('m');
    out.push_str(text);
    out.push_str("\u{1b}[0m");
}
