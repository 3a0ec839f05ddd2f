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
    pub(crate) fn grown(&self, by: f64) -> Rect {
        let (width, height) = (self.width + 2.0 * by, self.height + 2.0 * by);
        Rect { x: self.x - by, y: self.y - by, width, height }
    }

    pub(crate) fn middle(&self) -> (f64, f64) {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// Writes the box.
    pub(crate) fn write(&self, class: &str, corners: Corners, out: &mut String) {
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

/// Where children stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Growth {
    /// Below their parent.
    Down,
    /// Right of it: a page may be long, but not wide.
    Right,
}

/// A line of text.
pub(super) struct SvgText<'t> {
    pub x: f64,
    /// Of the line it stands on.
    pub y: f64,
    pub class: &'t str,
    pub text: &'t str,
}

/// Writes a line of text.
pub(super) fn text(out: &mut String, line: &SvgText<'_>) {
    let SvgText { x, y, class, text } = line;
    let text = escaped(text);
    // Writing to a string can't fail.
    let _ = writeln!(
        out,
        "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" xml:space=\"preserve\">{text}</text>"
    );
}

/// How round an elbow is.
const ELBOW: f64 = 10.0;

/// The edge from a box to one of its children.
pub(super) fn edge(parent: &Rect, child: &Rect, growth: Growth, out: &mut String) {
    let class = "class=\"edge\"";
    let ((x, y), (to_x, to_y)) = (parent.middle(), child.middle());
    match growth {
        Growth::Down => {
            let y = parent.y + parent.height;
            let half = (y + child.y) / 2.0;
            curve(class, (x, y), [(x, half), (to_x, half)], (to_x, child.y), out);
        }
        // With elbows: the edges to many children run in one line.
        Growth::Right => {
            let x = parent.x + parent.width;
            let (trunk, end) = (x + 2.0 * ELBOW, child.x);
            let round = (to_y - y).clamp(-2.0 * ELBOW, 2.0 * ELBOW) / 2.0;
            let (leave, arrive) = (y + round, to_y - round);
            let out_of = trunk - ELBOW;
            let into = trunk + ELBOW;
            // Writing to a string can't fail.
            let _ = writeln!(
                out,
                "<path {class} d=\"M{x:.1} {y:.1}H{out_of:.1}Q{trunk:.1} {y:.1} {trunk:.1} \
                 {leave:.1}V{arrive:.1}Q{trunk:.1} {to_y:.1} {into:.1} {to_y:.1}H{end:.1}\"/>"
            );
        }
    }
}

/// The arrow from a box that refers to another: it leaves where that box has no edges, and comes to
/// the right end of the other, from above if that stands lower.
pub(super) fn reference(from: &Rect, to: &Rect, growth: Growth, out: &mut String) {
    let start = match growth {
        Growth::Down => (from.middle().0, from.y + from.height),
        Growth::Right => (from.x + from.width, from.middle().1),
    };
    let x = to.x + to.width - 14.0;
    let (y, sign) = match to.y > start.1 {
        true => (to.y - 5.0, -1.0),
        false => (to.y + to.height + 5.0, 1.0),
    };
    let bend = ((start.0 - x).abs() / 3.0).clamp(22.0, 70.0);
    let away = match growth {
        Growth::Down => (start.0, start.1 + bend),
        Growth::Right => (start.0 + bend, start.1),
    };
    let class = "class=\"arrow\" marker-end=\"url(#head)\"";
    curve(class, start, [away, (x, y + sign * bend)], (x, y), out);
}

/// A curve by its ends and what bends it.
fn curve(class: &str, from: (f64, f64), bends: [(f64, f64); 2], to: (f64, f64), out: &mut String) {
    let point = |(x, y): (f64, f64)| format!("{x:.1} {y:.1}");
    let [one, other] = bends.map(point);
    let (from, to) = (point(from), point(to));
    // Writing to a string can't fail.
    let _ = writeln!(out, "<path {class} d=\"M{from}C{one} {other} {to}\"/>");
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
