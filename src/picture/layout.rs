//! Where the boxes of a tree stand: a tidy drawing, in linear time.
//!
//! The algorithm is that of Christoph Buchheim, Michael Jünger and Sebastian Leipert, "Improving
//! Walker's Algorithm to Run in Linear Time" (Graph Drawing 2002, LNCS 2528), which draws as
//! Reingold and Tilford's does, for any number of children. Subtrees are put beside each other from
//! left to right, each as near to those before it as their contours allow, and a parent over the
//! middle of its children. Contours are followed by *threads* from one subtree into another, and
//! the shift of a subtree is spread over the smaller ones between by sums that are made up once for
//! each parent. The walks are loops, so that a deep tree costs no stack. The distance of two boxes
//! depends on their widths, which the paper leaves open: contours are compared row by row, so only
//! boxes of one row have to keep off each other.

use std::ops::{Index, IndexMut};

/// A tree of boxes, by their numbers: parents come before their children, the root is the first.
pub(super) struct Boxes<'a> {
    pub parents: &'a [Option<usize>],
    pub children: &'a [Vec<usize>],
    pub widths: &'a [f64],
    /// The least room between boxes of one row.
    pub gap: f64,
}

impl Boxes<'_> {
    fn parent(&self, node: usize) -> Option<usize> {
        self.parents.get(node).copied().flatten()
    }

    fn children(&self, node: usize) -> &[usize] {
        self.children.get(node).map_or(&[], Vec::as_slice)
    }

    fn width(&self, node: usize) -> f64 {
        self.widths.get(node).copied().unwrap_or_default()
    }
}

/// The middle of each box on the horizontal axis.
pub(super) fn middles(boxes: &Boxes<'_>) -> Vec<f64> {
    let mut walk = ContourWalk::new(boxes);
    for node in postorder(boxes.children) {
        walk.place(node);
        walk.put_beside_siblings(node);
    }
    let mut offsets = Column(vec![0.0; boxes.widths.len()]);
    let mut middles = Vec::with_capacity(boxes.widths.len());
    for (node, parent) in boxes.parents.iter().enumerate() {
        offsets[node] = parent.map_or(0.0, |parent| offsets[parent] + walk.modifier[parent]);
        middles.push(walk.prelim[node] + offsets[node]);
    }
    middles
}

/// The nodes, children before parents and from left to right.
fn postorder(children: &[Vec<usize>]) -> Vec<usize> {
    let mut order = Vec::with_capacity(children.len());
    let mut open: Vec<usize> = if children.is_empty() { Vec::new() } else { vec![0] };
    while let Some(node) = open.pop() {
        order.push(node);
        open.extend(children.get(node).into_iter().flatten());
    }
    order.reverse();
    order
}

/// Something of each node, by its number. A tree's nodes are numbered from 0 without gaps, and a
/// column has a row for each: nothing is looked up that isn't there.
struct Column<T>(Vec<T>);

impl<T> Index<usize> for Column<T> {
    type Output = T;

    #[allow(clippy::indexing_slicing, reason = "each node has a row")]
    fn index(&self, node: usize) -> &T {
        &self.0[node]
    }
}

impl<T> IndexMut<usize> for Column<T> {
    #[allow(clippy::indexing_slicing, reason = "each node has a row")]
    fn index_mut(&mut self, node: usize) -> &mut T {
        &mut self.0[node]
    }
}

/// What the paper's first walk knows of each node, by the names that it has there.
struct ContourWalk<'a> {
    boxes: &'a Boxes<'a>,
    /// The place of a node among its siblings.
    number: Column<usize>,
    prelim: Column<f64>,
    modifier: Column<f64>,
    shift: Column<f64>,
    change: Column<f64>,
    thread: Column<Option<usize>>,
    ancestor: Column<usize>,
    /// Of a parent: the child that stands for those whose ancestor isn't up to date.
    default_ancestor: Column<usize>,
}

impl<'a> ContourWalk<'a> {
    fn new(boxes: &'a Boxes<'a>) -> ContourWalk<'a> {
        let count = boxes.widths.len();
        let mut number = Column(vec![0; count]);
        for children in boxes.children {
            for (place, child) in children.iter().enumerate() {
                number[*child] = place;
            }
        }
        let first = |children: &Vec<usize>| children.first().copied().unwrap_or_default();
        ContourWalk {
            boxes,
            number,
            prelim: Column(vec![0.0; count]),
            modifier: Column(vec![0.0; count]),
            shift: Column(vec![0.0; count]),
            change: Column(vec![0.0; count]),
            thread: Column(vec![None; count]),
            ancestor: Column((0..count).collect()),
            default_ancestor: Column(boxes.children.iter().map(first).collect()),
        }
    }

    /// How far apart the middles of two boxes of one row are at least.
    fn distance(&self, left: usize, right: usize) -> f64 {
        (self.boxes.width(left) + self.boxes.width(right)) / 2.0 + self.boxes.gap
    }

    fn left_sibling(&self, node: usize) -> Option<usize> {
        let siblings = self.boxes.children(self.boxes.parent(node)?);
        siblings.get(self.number[node].checked_sub(1)?).copied()
    }

    /// The next node on the left contour.
    fn next_left(&self, node: usize) -> Option<usize> {
        self.boxes.children(node).first().copied().or(self.thread[node])
    }

    /// The next node on the right contour.
    fn next_right(&self, node: usize) -> Option<usize> {
        self.boxes.children(node).last().copied().or(self.thread[node])
    }

    /// Puts a node over its children, and right of the sibling before it.
    fn place(&mut self, node: usize) {
        self.execute_shifts(node);
        let children = self.boxes.children(node);
        let middle = match (children.first(), children.last()) {
            (Some(first), Some(last)) => (self.prelim[*first] + self.prelim[*last]) / 2.0,
            _ => 0.0,
        };
        match self.left_sibling(node) {
            Some(left) => {
                self.prelim[node] = self.prelim[left] + self.distance(left, node);
                self.modifier[node] = self.prelim[node] - middle;
            }
            None => self.prelim[node] = middle,
        }
    }

    /// Moves a subtree away from those before it, whose right contour is in its way ("apportion").
    fn put_beside_siblings(&mut self, node: usize) {
        let (Some(left), Some(parent)) = (self.left_sibling(node), self.boxes.parent(node)) else {
            return;
        };
        let Some(first) = self.boxes.children(parent).first() else { return };
        let mut default = self.default_ancestor[parent];
        let (mut inner_right, mut outer_right) = (node, node);
        let (mut inner_left, mut outer_left) = (left, *first);
        let mut sums = [inner_right, outer_right, inner_left, outer_left].map(|v| self.modifier[v]);
        while let (Some(il), Some(ir)) = (self.next_right(inner_left), self.next_left(inner_right))
            && let Some(ol) = self.next_left(outer_left)
            && let Some(or) = self.next_right(outer_right)
        {
            (inner_left, inner_right, outer_left, outer_right) = (il, ir, ol, or);
            self.ancestor[or] = node;
            let [sum_ir, sum_or, sum_il, sum_ol] = sums;
            let shift = self.prelim[il] + sum_il - self.prelim[ir] - sum_ir + self.distance(il, ir);
            if shift > 0.0 {
                let moved = self.ancestor[il];
                let is_sibling = self.boxes.parent(moved) == Some(parent);
                self.move_subtree(if is_sibling { moved } else { default }, node, shift);
                sums = [sum_ir + shift, sum_or + shift, sum_il, sum_ol];
            }
            for (sum, v) in sums.iter_mut().zip([ir, or, il, ol]) {
                *sum += self.modifier[v];
            }
        }
        let [sum_ir, sum_or, sum_il, sum_ol] = sums;
        if let Some(next) = self.next_right(inner_left)
            && self.next_right(outer_right).is_none()
        {
            self.thread[outer_right] = Some(next);
            self.modifier[outer_right] += sum_il - sum_or;
        }
        if let Some(next) = self.next_left(inner_right)
            && self.next_left(outer_left).is_none()
        {
            self.thread[outer_left] = Some(next);
            self.modifier[outer_left] += sum_ir - sum_ol;
            default = node;
        }
        self.default_ancestor[parent] = default;
    }

    /// Moves `right` away from `left`, and what is between them in proportion, later.
    fn move_subtree(&mut self, left: usize, right: usize, shift: f64) {
        let subtrees = self.number[right].saturating_sub(self.number[left]).max(1) as f64;
        self.change[right] -= shift / subtrees;
        self.shift[right] += shift;
        self.change[left] += shift / subtrees;
        self.prelim[right] += shift;
        self.modifier[right] += shift;
    }

    /// Makes up for what was put off when the children were moved.
    fn execute_shifts(&mut self, node: usize) {
        let (mut shift, mut change) = (0.0, 0.0);
        for &child in self.boxes.children(node).iter().rev() {
            self.prelim[child] += shift;
            self.modifier[child] += shift;
            change += self.change[child];
            shift += self.shift[child] + change;
        }
    }
}

#[cfg(test)]
mod tests;
