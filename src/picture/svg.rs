//! A tree as an SVG image: nothing but boxes, edges and text, in light and dark.
//!
//! Static code stands in green boxes with corners, dynamic code in round blue ones, pieces of forms
//! in dashed grey ones. What a variable holds has a second border. A node that occurs again is a
//! small box there, from which a dashed arrow leads to the node itself. What would be too wide grows
//! from left to right.

mod shapes;

mod arrange;

mod style;

use std::fmt::Write as _;

use super::Titled;
use super::fit::{columns, elided};
use super::outline::{ItemLabel, ItemStage, OutlineItem, outline};
use arrange::{Arranged, second};
use shapes::{Corners, Growth, Rect, SvgText, edge, escaped, reference, text};

/// The room around all.
const MARGIN: f64 = 24.0;

/// Between the trees, and between boxes of one row.
const GAP: f64 = 14.0;

/// The height of a box.
const HEIGHT: f64 = 40.0;

/// What a title takes.
const TITLE: f64 = 30.0;

/// From a line of the legend to the next.
const LEGEND: f64 = 24.0;

/// What a line of the legend may always take.
const LEGEND_WIDTH: f64 = 520.0;

/// The greatest width of a line in a box, in characters.
const WIDTH: usize = 30;

/// The widths of a character in the two sizes of text: all fonts of one width are about as wide.
const WIDE: f64 = 7.9;
const NARROW: f64 = 6.7;

/// The trees one below the other, each below its title.
pub fn svg(trees: &[Titled]) -> String {
    let mut body = String::new();
    let (mut width, mut y): (f64, f64) = (0.0, MARGIN);
    let mut legend = Legend::default();
    for titled in trees {
        if let Some(title) = &titled.title {
            let title = elided(title, 100);
            width = width.max(columns(&title) as f64 * WIDE);
            text(&mut body, &SvgText { x: MARGIN, y: y + 12.0, class: "title", text: &title });
            y += TITLE;
        }
        let items = outline(&titled.tree);
        let arranged = Arranged::new(&items, y);
        write_tree(&items, &arranged, &mut body);
        legend.look_at(&items);
        width = width.max(arranged.width);
        y = arranged.bottom + 2.0 * GAP;
    }
    let (right, bottom) = legend.write(y, width, &mut body);
    (width, y) = (width.max(right - MARGIN), bottom);
    document(trees, width + 2.0 * MARGIN, y - 2.0 * GAP + MARGIN, &body)
}

fn document(trees: &[Titled], width: f64, height: f64, body: &str) -> String {
    let title = match trees {
        [Titled { title: Some(title), .. }, ..] => format!("The code tree of {title}"),
        _ => "A code tree".to_owned(),
    };
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" \
         width=\"{width:.0}\" height=\"{height:.0}\" role=\"img\">\n<title>{}</title>\n{}\
         <rect class=\"ground\" width=\"100%\" height=\"100%\"/>\n{body}</svg>\n",
        escaped(&title),
        style::SHEET
    )
}

/// What of the legend is needed.
#[derive(Default)]
struct Legend {
    is_static: bool,
    is_dynamic: bool,
    is_part: bool,
    is_named: bool,
    is_shared: bool,
}

impl Legend {
    fn look_at(&mut self, items: &[OutlineItem]) {
        for item in items {
            self.is_static |= item.stage == ItemStage::Static;
            self.is_dynamic |= item.stage == ItemStage::Dynamic;
            self.is_part |= item.stage == ItemStage::Part;
            self.is_named |= is_named(item);
            self.is_shared |= item.again.is_some();
        }
    }

    /// Writes the entries that are needed, as many beside each other as there is room for; gives
    /// the right end and the bottom.
    fn write(&self, top: f64, width: f64, out: &mut String) -> (f64, f64) {
        let most = MARGIN + width.max(LEGEND_WIDTH);
        let (mut x, mut y, mut right) = (MARGIN, top, MARGIN);
        for (sample, words) in self.entries() {
            let length = 34.0 + columns(words) as f64 * NARROW;
            if x + length > most && x > MARGIN {
                (x, y) = (MARGIN, y + LEGEND);
            }
            sample.write(x, y, out);
            text(out, &SvgText { x: x + 34.0, y: y + 10.5, class: "legend", text: words });
            right = right.max(x + length);
            x += length + 26.0;
        }
        (right, if x > MARGIN { y + LEGEND + GAP } else { top })
    }

    fn entries(&self) -> Vec<(Sample, &'static str)> {
        let staged = self.is_static && self.is_dynamic;
        [
            (staged, Sample::ItemStage(ItemStage::Static), "static: known at compile time"),
            (staged, Sample::ItemStage(ItemStage::Dynamic), "dynamic: known at run time"),
            (self.is_part, Sample::ItemStage(ItemStage::Part), "a piece of a form"),
            (self.is_named, Sample::Named, "held by a variable"),
            (self.is_shared, Sample::Again, "the same node again"),
        ]
        .into_iter()
        .filter_map(|(needed, sample, words)| needed.then_some((sample, words)))
        .collect()
    }
}

/// A small box of the legend.
enum Sample {
    ItemStage(ItemStage),
    Named,
    Again,
}

impl Sample {
    fn write(&self, x: f64, y: f64, out: &mut String) {
        let rect = Rect { x, y, width: 26.0, height: 14.0 };
        match self {
            Sample::ItemStage(stage) => write_box(&rect, *stage, out),
            Sample::Named => {
                write_box(&rect, ItemStage::Dynamic, out);
                rect.grown(2.5).write("named", Corners::Round, out);
            }
            Sample::Again => rect.write("again", Corners::Round, out),
        }
    }
}

fn write_box(rect: &Rect, stage: ItemStage, out: &mut String) {
    let class = match stage {
        ItemStage::Static => "static",
        ItemStage::Dynamic => "dynamic",
        ItemStage::Part => "part",
    };
    rect.write(class, corners(stage), out);
}

fn corners(stage: ItemStage) -> Corners {
    match stage {
        ItemStage::Static => Corners::Sharp,
        ItemStage::Dynamic => Corners::Round,
        ItemStage::Part => Corners::Soft,
    }
}

fn is_named(item: &OutlineItem) -> bool {
    matches!(item.label, Some(ItemLabel::Variable(_)))
}

/// Writes a tree: edges first, so that boxes hide what runs below them.
fn write_tree(items: &[OutlineItem], arranged: &Arranged, out: &mut String) {
    let boxed = || items.iter().zip(&arranged.boxes);
    let growth = arranged.growth;
    for (item, rect) in boxed() {
        if let Some(parent) = item.parent.and_then(|parent| arranged.boxes.get(parent)) {
            edge(parent, rect, growth, out);
        }
    }
    for (item, rect) in boxed() {
        if let Some(first) = item.again.and_then(|first| arranged.boxes.get(first)) {
            reference(rect, first, growth, out);
        }
    }
    for (item, rect) in boxed() {
        let parent = item.parent.and_then(|parent| arranged.boxes.get(parent));
        if let (Some(role), Some(parent)) = (item.role, parent) {
            write_role(role, rect, parent, growth, out);
        }
        write_item(item, rect, out);
    }
}

/// Writes what a box is for its parent, on the side where the edge doesn't come from.
fn write_role(role: &str, rect: &Rect, parent: &Rect, growth: Growth, out: &mut String) {
    let ((x, y), (parent_x, parent_y)) = (rect.middle(), parent.middle());
    let (x, y, class) = match growth {
        Growth::Down if parent_x > x + 1.0 => (x - 6.0, rect.y - 6.0, "role left"),
        Growth::Down => (x + 6.0, rect.y - 6.0, "role"),
        Growth::Right if parent_y < y - 1.0 => (rect.x - 6.0, y + 12.0, "role left"),
        Growth::Right => (rect.x - 6.0, y - 5.0, "role left"),
    };
    text(out, &SvgText { x, y, class, text: role });
}

fn write_item(item: &OutlineItem, rect: &Rect, out: &mut String) {
    let (middle, y) = (rect.x + rect.width / 2.0, rect.y);
    if item.again.is_some() {
        let class = "reference";
        rect.write("again", Corners::Round, out);
        return text(out, &SvgText { x: middle, y: y + 15.0, class, text: &item.reference() });
    }
    let tip = [&*item.heading(), &item.word, &elided(&item.code, 400)].join(" ");
    // Writing to a string can't fail.
    let _ = writeln!(out, "<g class=\"node\"><title>{}</title>", escaped(tip.trim_end()));
    if is_named(item) {
        rect.grown(3.5).write("named", corners(item.stage), out);
    }
    write_box(rect, item.stage, out);
    let second = second(item);
    let first = if second.is_empty() { y + 24.0 } else { y + 15.5 };
    let heading = elided(&item.heading(), WIDTH);
    text(out, &SvgText { x: middle, y: first, class: "op", text: &heading });
    if !second.is_empty() {
        text(out, &SvgText { x: middle, y: y + 31.0, class: "code", text: &second });
    }
    out.push_str("</g>\n");
}
