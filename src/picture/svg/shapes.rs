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

    /// The same box with another height.
    pub fn with_height(&self, height: f64) -> Rect {
        Rect { height, ..*self }
    }

    /// Writes the box.
    pub fn write(&self, class: &str, corners: Corners, out: &mut String) {
        let Rect { x, y, width, height } = self;
        let radius = match corners {
            Corners::Sharp => 2.0,
            Corners::Soft => 6.0,
            Corners::Round => height / 2.0,
        };
        // Writing to a string can't fail.
        let _ = writeln!(
            out,
            "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" \
             height=\"{height:.1}\" rx=\"{radius:.1}\"/>"
        );
    }
}

/// What the corners of a box are like.
#[derive(Clone, Copy, Debug)]
pub(super) enum Corners {
    Sharp,
    Soft,
    Round,
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

/// The arrow from a box that refers to another: it leaves below, where that box has no edges, and
/// comes to the right end of the other, from above if that stands lower.
pub(super) fn reference(from: &Rect, to: &Rect, out: &mut String) {
    let (x, y) = (from.x + from.width / 2.0, from.y + from.height);
    let to_x = to.x + to.width - 14.0;
    let (to_y, sign) = match to.y > y {
        true => (to.y - 5.0, -1.0),
        false => (to.y + to.height + 5.0, 1.0),
    };
    let bend = ((x - to_x).abs() / 3.0).clamp(22.0, 70.0);
    let (down, back) = (y + bend, to_y + sign * bend);
    // Writing to a string can't fail.
    let _ = writeln!(
        out,
        "<path class=\"arrow\" marker-end=\"url(#head)\" d=\"M{x:.1} {y:.1}C{x:.1} {down:.1} \
         {to_x:.1} {back:.1} {to_x:.1} {to_y:.1}\"/>"
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
