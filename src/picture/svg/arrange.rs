//! Where the boxes of an image stand, and how big they are.

use super::shapes::{Growth, Rect};
use super::{GAP, HEIGHT, MARGIN, NARROW, WIDE, WIDTH};
use crate::picture::fit::{columns, elided};
use crate::picture::layout::{Boxes, middles};
use crate::picture::outline::OutlineItem;

/// From the top of a row to that of the next.
const ROW: f64 = 82.0;

/// Between two columns, besides what is written there.
const COLUMN_GAP: f64 = 40.0;

/// The height of a box that refers to another.
const REFERENCE: f64 = 22.0;

/// A tree that would be wider than this grows to the right.
const WIDEST: f64 = 2000.0;

/// The places of a tree's boxes.
pub(super) struct Arranged {
    pub growth: Growth,
    pub boxes: Vec<Rect>,
    pub width: f64,
    pub bottom: f64,
}

impl Arranged {
    /// The boxes of the items, the highest at `top`.
    pub(crate) fn new(items: &[OutlineItem], top: f64) -> Arranged {
        let mut depths: Vec<usize> = Vec::with_capacity(items.len());
        for item in items {
            let parent = item.parent.and_then(|parent| depths.get(parent));
            depths.push(parent.map_or(0, |depth| depth + 1));
        }
        let down = growing_down(items, &depths, top);
        if down.width <= WIDEST { down } else { growing_right(items, &depths, top) }
    }
}

fn growing_down(items: &[OutlineItem], depths: &[usize], top: f64) -> Arranged {
    // What a box is for stands on one side of the edge that comes from above.
    let span = |item: &OutlineItem| width(item).max(2.0 * role_width(item));
    let spans: Vec<f64> = items.iter().map(span).collect();
    let (middles, span) = spread(items, &spans);
    let boxes = items.iter().zip(middles).zip(depths).map(|((item, middle), depth)| {
        let (width, height) = (width(item), height(item));
        let y = top + *depth as f64 * ROW;
        Rect { x: MARGIN + middle - width / 2.0, y, width, height }
    });
    let deepest = depths.iter().max().copied().unwrap_or_default();
    let bottom = top + deepest as f64 * ROW + HEIGHT;
    Arranged { growth: Growth::Down, boxes: boxes.collect(), width: span, bottom }
}

fn growing_right(items: &[OutlineItem], depths: &[usize], top: f64) -> Arranged {
    let deepest = depths.iter().max().copied().unwrap_or_default();
    let mut columns = vec![(0.0_f64, 0.0_f64); deepest + 1];
    for (item, depth) in items.iter().zip(depths) {
        if let Some((own, role)) = columns.get_mut(*depth) {
            *own = own.max(width(item));
            *role = role.max(role_width(item));
        }
    }
    let mut starts = Vec::with_capacity(columns.len());
    let mut end = MARGIN;
    for (depth, (width, role)) in columns.iter().enumerate() {
        let start = end + if depth > 0 { COLUMN_GAP + role } else { 0.0 };
        starts.push(start);
        end = start + width;
    }
    let heights: Vec<f64> = items.iter().map(height).collect();
    let (middles, span) = spread(items, &heights);
    let boxes = items.iter().zip(middles).zip(depths).map(|((item, middle), depth)| {
        let (width, height) = (width(item), height(item));
        let x = starts.get(*depth).copied().unwrap_or(MARGIN);
        Rect { x, y: top + middle - height / 2.0, width, height }
    });
    let boxes = boxes.collect();
    Arranged { growth: Growth::Right, boxes, width: end - MARGIN, bottom: top + span }
}

/// The middle of each box on the axis of siblings, from the beginning of the first, and how much
/// of it they take, if they take so much each.
fn spread(items: &[OutlineItem], sizes: &[f64]) -> (Vec<f64>, f64) {
    let parents: Vec<_> = items.iter().map(|item| item.parent).collect();
    let children: Vec<_> = items.iter().map(|item| item.children.clone()).collect();
    let tree = Boxes { parents: &parents, children: &children, widths: sizes, gap: GAP };
    let mut middles = middles(&tree);
    let sides = || middles.iter().zip(sizes);
    let start = sides().map(|(x, size)| x - size / 2.0).fold(f64::MAX, f64::min);
    let end = sides().map(|(x, size)| x + size / 2.0).fold(f64::MIN, f64::max);
    for middle in &mut middles {
        *middle -= start;
    }
    (middles, end - start)
}

fn role_width(item: &OutlineItem) -> f64 {
    item.role.map_or(0.0, |role| columns(role) as f64 * NARROW + 8.0)
}

fn height(item: &OutlineItem) -> f64 {
    if item.again.is_some() { REFERENCE } else { HEIGHT }
}

/// The second line of a box.
pub(super) fn second(item: &OutlineItem) -> String {
    elided(if item.word.is_empty() { &item.code } else { &item.word }, WIDTH)
}

/// The width of the box of an item.
fn width(item: &OutlineItem) -> f64 {
    let (first, second) = match item.again {
        Some(_) => (item.reference(), String::new()),
        None => (elided(&item.heading(), WIDTH), second(item)),
    };
    let text = (columns(&first) as f64 * NARROW).max(columns(&second) as f64 * WIDE);
    (text + 24.0).max(46.0)
}
