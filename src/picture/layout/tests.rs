//! What holds of every drawing, on trees by chance.

use super::*;

/// A tree of boxes that owns its parts.
struct Tree {
    parents: Vec<Option<usize>>,
    children: Vec<Vec<usize>>,
    widths: Vec<f64>,
    depths: Vec<usize>,
}

const GAP: f64 = 10.0;

impl Tree {
    /// A tree of `count` boxes. Each node's parent is one of the `spread` last nodes before it, so
    /// that a small number gives deep trees; nodes are then numbered in preorder.
    fn by_chance(count: usize, spread: usize, seed: u64) -> Tree {
        let mut state = seed;
        let mut chance = move |below: usize| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        let mut shape: Vec<Vec<usize>> = vec![Vec::new(); count];
        for node in 1..count {
            let parent = node - 1 - chance(spread.min(node));
            shape[parent].push(node);
        }
        let (mut parents, mut children) = (Vec::new(), Vec::<Vec<usize>>::new());
        let (mut widths, mut depths) = (Vec::new(), Vec::new());
        let mut open = vec![(0, None)];
        while let Some((node, parent)) = open.pop() {
            let index = parents.len();
            if let Some(parent) = parent {
                let above: &mut Vec<usize> = &mut children[parent];
                above.push(index);
            }
            depths.push(parent.map_or(0, |parent: usize| depths[parent] + 1));
            parents.push(parent);
            children.push(Vec::new());
            widths.push(20.0 + chance(200) as f64);
            open.extend(shape[node].iter().rev().map(|child| (*child, Some(index))));
        }
        Tree { parents, children, widths, depths }
    }

    fn middles(&self) -> Vec<f64> {
        let Tree { parents, children, widths, .. } = self;
        middles(&Boxes { parents, children, widths, gap: GAP })
    }

    /// The boxes of each row, in preorder.
    fn rows(&self) -> Vec<Vec<usize>> {
        let mut rows: Vec<Vec<usize>> = Vec::new();
        for (node, depth) in self.depths.iter().enumerate() {
            rows.resize(rows.len().max(depth + 1), Vec::new());
            rows[*depth].push(node);
        }
        rows
    }
}

#[test]
fn no_two_boxes_overlap_and_their_order_is_kept() {
    for seed in 0..400 {
        let tree = Tree::by_chance(2 + seed as usize % 90, 1 + seed as usize % 13, seed);
        let middles = tree.middles();
        for row in tree.rows() {
            for pair in row.windows(2) {
                let room = middles[pair[1]] - middles[pair[0]];
                let least = (tree.widths[pair[0]] + tree.widths[pair[1]]) / 2.0 + GAP;
                assert!(room > least - 1e-6, "seed {seed}: {pair:?} are {room} apart, not {least}");
            }
        }
    }
}

#[test]
fn parents_stand_over_the_middle_of_their_children() {
    for seed in 0..200 {
        let tree = Tree::by_chance(60, 1 + seed as usize % 20, seed);
        let middles = tree.middles();
        for (node, children) in tree.children.iter().enumerate() {
            if let (Some(first), Some(last)) = (children.first(), children.last()) {
                let middle = (middles[*first] + middles[*last]) / 2.0;
                assert!((middles[node] - middle).abs() < 1e-6, "seed {seed}: {node}");
            }
        }
    }
}

#[test]
fn a_drawing_is_as_narrow_as_its_widest_row_allows() {
    let parents = [None, Some(0), Some(0), Some(0)];
    let children = [vec![1, 2, 3], vec![], vec![], vec![]];
    let widths = [10.0, 20.0, 40.0, 20.0];
    let boxes = Boxes { parents: &parents, children: &children, widths: &widths, gap: GAP };
    assert_eq!(middles(&boxes), [40.0, 0.0, 40.0, 80.0]);
}

#[test]
fn a_deep_tree_costs_no_stack() {
    let tree = Tree::by_chance(200_000, 1, 1);
    assert_eq!(tree.middles().len(), 200_000);
}
