//! The shapes of an image, written as SVG.

use std::fmt::Write as _;

/// A box.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rect {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

impl Rect {
    /// The box with so much more on each side.
    pub fn grown(&self, by: f64) -> Rect {
        let (width, height) = (self.width + 2.0 * by, self.height + 2.0 * by);
        Rect { x: self.x - by, y: self.y - by, width, height }
    }

    /// A lower box with the same middle.
    pub fn lower_half(&self) -> Rect {
        Rect { y: self.y + self.height / 4.0, height: self.height / 2.0, ..*self }
    }

    /// Writes the box; static ones have corners.
    pub fn write(&self, class: &str, out: &mut String) {
        let Rect { x, y, width, height } = self;
        let radius = match class {
            "static" => 2.0,
            "part" => 6.0,
            _ => height / 2.0,
        };
        // Writing to a string can't fail.
        let _ = writeln!(
            out,
            "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" \
             height=\"{height:.1}\" rx=\"{radius:.1}\"/>"
        );
    }
}

/// A line of text.
pub(super) struct Text<'t> {
    pub x: f64,
    /// Of the line it stands on.
    pub y: f64,
    pub class: &'t str,
    pub text: &'t str,
}

/// Writes a line of text.
pub(super) fn text(out: &mut String, line: &Text<'_>) {
    let Text { x, y, class, text } = line;
    let text = escaped(text);
    // Writing to a string can't fail.
    let _ = writeln!(
        out,
        "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" xml:space=\"preserve\">{text}</text>"
    );
}

/// The edge from a box to one in the row below.
pub(super) fn edge(parent: &Rect, child: &Rect, out: &mut String) {
    let (x, y) = (parent.x + parent.width / 2.0, parent.y + parent.height);
    let (to_x, to_y) = (child.x + child.width / 2.0, child.y);
    let half = (y + to_y) / 2.0;
    // Writing to a string can't fail.
    let _ = writeln!(
        out,
        "<path class=\"edge\" d=\"M{x:.1} {y:.1}C{x:.1} {half:.1} {to_x:.1} {half:.1} \
         {to_x:.1} {to_y:.1}\"/>"
    );
}

/// The arrow from a box that refers to another, which stands left of it.
pub(super) fn reference(from: &Rect, to: &Rect, out: &mut String) {
    let (x, y) = (from.x, from.y + from.height / 2.0);
    let (to_x, to_y) = (to.x + to.width + 4.0, to.y + to.height / 2.0);
    let bend = ((x - to_x) / 2.0).clamp(24.0, 120.0);
    // Writing to a string can't fail.
    let _ = writeln!(
        out,
        "<path class=\"arrow\" marker-end=\"url(#head)\" d=\"M{x:.1} {y:.1}C{:.1} {y:.1} \
         {:.1} {to_y:.1} {to_x:.1} {to_y:.1}\"/>",
        x - bend,
        to_x + bend
    );
}

/// The text as it stands in XML: what XML can't hold is shown as U+FFFD.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push(' '),
            '\0'..' ' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
