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

/// A tree of boxes, by their numbers: parents come before their children, the root is the first.
pub(super) struct Boxes<'a> {
    pub parents: &'a [Option<usize>],
    pub children: &'a [Vec<usize>],
    pub widths: &'a [f64],
    /// The least room between boxes of one row.
    pub gap: f64,
}

/// The middle of each box on the horizontal axis.
pub(super) fn middles(boxes: &Boxes<'_>) -> Vec<f64> {
    let mut walk = Walk::new(boxes);
    for node in postorder(boxes.children) {
        walk.place(node);
        walk.put_beside_siblings(node);
    }
    let mut offsets = vec![0.0; walk.prelim.len()];
    let mut middles = Vec::with_capacity(walk.prelim.len());
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
        open.extend(&children[node]);
    }
    order.reverse();
    order
}

/// What the paper's first walk knows of each node, by the names that it has there.
struct Walk<'a> {
    boxes: &'a Boxes<'a>,
    /// The place of a node among its siblings.
    number: Vec<usize>,
    prelim: Vec<f64>,
    modifier: Vec<f64>,
    shift: Vec<f64>,
    change: Vec<f64>,
    thread: Vec<Option<usize>>,
    ancestor: Vec<usize>,
    /// Of a parent: the child that stands for those whose ancestor isn't up to date.
    default_ancestor: Vec<usize>,
}

impl<'a> Walk<'a> {
    fn new(boxes: &'a Boxes<'a>) -> Walk<'a> {
        let count = boxes.widths.len();
        let mut number = vec![0; count];
        for children in boxes.children {
            for (place, child) in children.iter().enumerate() {
                number[*child] = place;
            }
        }
        let first = |children: &Vec<usize>| children.first().copied().unwrap_or_default();
        Walk {
            boxes,
            number,
            prelim: vec![0.0; count],
            modifier: vec![0.0; count],
            shift: vec![0.0; count],
            change: vec![0.0; count],
            thread: vec![None; count],
            ancestor: (0..count).collect(),
            default_ancestor: boxes.children.iter().map(first).collect(),
        }
    }

    /// How far apart the middles of two boxes of one row are at least.
    fn distance(&self, left: usize, right: usize) -> f64 {
        (self.boxes.widths[left] + self.boxes.widths[right]) / 2.0 + self.boxes.gap
    }

    fn left_sibling(&self, node: usize) -> Option<usize> {
        let siblings = &self.boxes.children[self.boxes.parents[node]?];
        siblings.get(self.number[node].checked_sub(1)?).copied()
    }

    /// The next node on the left contour.
    fn next_left(&self, node: usize) -> Option<usize> {
        self.boxes.children[node].first().copied().or(self.thread[node])
    }

    /// The next node on the right contour.
    fn next_right(&self, node: usize) -> Option<usize> {
        self.boxes.children[node].last().copied().or(self.thread[node])
    }

    /// Puts a node over its children, and right of the sibling before it.
    fn place(&mut self, node: usize) {
        self.execute_shifts(node);
        let children = &self.boxes.children[node];
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
        let (Some(left), Some(parent)) = (self.left_sibling(node), self.boxes.parents[node]) else {
            return;
        };
        let mut default = self.default_ancestor[parent];
        let (mut inner_right, mut outer_right) = (node, node);
        let (mut inner_left, mut outer_left) = (left, self.boxes.children[parent][0]);
        let mut sums = [inner_right, outer_right, inner_left, outer_left].map(|v| self.modifier[v]);
        while let (Some(il), Some(ir)) = (self.next_right(inner_left), self.next_left(inner_right))
            && let Some(ol) = self.next_left(outer_left)
            && let Some(or) = self.next_right(outer_right)
        {
            (inner_left, inner_right, outer_left, outer_right) = (il, ir, ol, or);
            self.ancestor[or] = node;
            let [sum_ir, sum_or, sum_il, _] = sums;
            let shift = self.prelim[il] + sum_il - self.prelim[ir] - sum_ir + self.distance(il, ir);
            if shift > 0.0 {
                let moved = self.ancestor[il];
                let is_sibling = self.boxes.parents[moved] == Some(parent);
                self.move_subtree(if is_sibling { moved } else { default }, node, shift);
                sums[0] = sum_ir + shift;
                sums[1] = sum_or + shift;
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
        for &child in self.boxes.children[node].iter().rev() {
            self.prelim[child] += shift;
            self.modifier[child] += shift;
            change += self.change[child];
            shift += self.shift[child] + change;
        }
    }
}

#[cfg(test)]
mod tests;
