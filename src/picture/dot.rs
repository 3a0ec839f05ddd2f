//! A tree in the language of Graphviz.

use std::fmt::Write as _;

use super::Titled;
use super::fit::elided;
use super::outline::{ItemLabel, ItemStage, OutlineItem, outline};

/// The greatest width of a line in a box.
const WIDTH: usize = 32;

/// The trees as one graph; those with a title each in a frame.
pub fn dot(trees: &[Titled]) -> String {
    let mut out = String::from(
        "digraph tree {\n  graph [ordering=out, fontname=\"monospace\", fontsize=12];\n  \
         node [fontname=\"monospace\", fontsize=11, margin=\"0.12,0.06\"];\n  \
         edge [fontname=\"monospace\", fontsize=9, arrowsize=0.6, color=\"#667085\"];\n",
    );
    for (number, titled) in trees.iter().enumerate() {
        // Writing to a string can't fail.
        match &titled.title {
            Some(title) => {
                let title = quoted(&elided(title, 2 * WIDTH));
                let _ = writeln!(out, "  subgraph cluster{number} {{\n  label={title};");
            }
            None => out.push_str("  subgraph {\n"),
        }
        for (index, item) in outline(&titled.tree).iter().enumerate() {
            write_item(&format!("t{number}n"), index, item, &mut out);
        }
        out.push_str("  }\n");
    }
    out.push_str("}\n");
    out
}

fn write_item(tree: &str, index: usize, item: &OutlineItem, out: &mut String) {
    // Writing to a string can't fail.
    if item.again.is_none() {
        let mut label = item.heading();
        let second = if item.word.is_empty() { &item.code } else { &item.word };
        if !second.is_empty() {
            label = format!("{label}\n{}", elided(second, WIDTH));
        }
        let (style, colours) = match item.stage {
            ItemStage::Static => ("filled", "fillcolor=\"#e3f4e8\", color=\"#2f7d4f\""),
            ItemStage::Dynamic => ("filled,rounded", "fillcolor=\"#e9eefc\", color=\"#4563c9\""),
            ItemStage::Part => ("dashed,rounded", "color=\"#98a2b3\""),
        };
        let borders = if matches!(item.label, Some(ItemLabel::Variable(_))) { 2 } else { 1 };
        let _ = writeln!(
            out,
            "  {tree}{index} [shape=box, style=\"{style}\", {colours}, peripheries={borders}, \
             label={}];",
            quoted(&label)
        );
    }
    if let Some(parent) = item.parent {
        let child = item.again.unwrap_or(index);
        let role = item.role.map_or(String::new(), |role| format!("label={}", quoted(role)));
        let style = if item.again.is_some() { "style=dashed, constraint=false" } else { "" };
        let attributes: Vec<&str> = [&*role, style].into_iter().filter(|a| !a.is_empty()).collect();
        let attributes = match attributes.is_empty() {
            true => String::new(),
            false => format!(" [{}]", attributes.join(", ")),
        };
        let _ = writeln!(out, "  {tree}{parent} -> {tree}{child}{attributes};");
    }
}

/// A text of Graphviz.
fn quoted(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    format!("\"{text}\"")
}
