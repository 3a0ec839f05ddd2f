//! The colours, lines and fonts of an image, in light and dark.

/// The style sheet, with the arrow's head.
pub(super) const SHEET: &str = r##"<style>
  text { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
  .ground { fill: #ffffff; }
  .title { font-size: 13px; font-weight: 600; fill: #1d2939; }
  .op { font-size: 11px; font-weight: 600; text-anchor: middle; fill: #475467; }
  .code { font-size: 13px; text-anchor: middle; fill: #101828; }
  .role { font-size: 10.5px; font-style: italic; fill: #667085; }
  .left { text-anchor: end; }
  .reference { font-size: 11px; font-weight: 600; text-anchor: middle; fill: #93600b; }
  .legend { font-size: 11px; fill: #667085; }
  rect { stroke-width: 1.3; }
  .static { fill: #e5f5ea; stroke: #2f7d4f; }
  .dynamic { fill: #ebf0fd; stroke: #5470d6; }
  .part { fill: #f9fafb; stroke: #98a2b3; stroke-dasharray: 4 3; }
  .named { fill: none; stroke: #d19a2a; stroke-width: 1.6; }
  .again { fill: #fffaeb; stroke: #d19a2a; stroke-dasharray: 3 3; }
  .edge { fill: none; stroke: #98a2b3; stroke-width: 1.3; }
  .arrow { fill: none; stroke: #d19a2a; stroke-width: 1.3; stroke-dasharray: 4 4; }
  .head { fill: #d19a2a; }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #11151c; }
    .title { fill: #e6eaf0; }
    .op { fill: #a9b4c4; }
    .code { fill: #f0f3f8; }
    .role, .legend { fill: #8f9bad; }
    .reference { fill: #e9b949; }
    .static { fill: #13291d; stroke: #4fae78; }
    .dynamic { fill: #18213d; stroke: #7d95ee; }
    .part { fill: #171c24; stroke: #667085; }
    .named, .again, .arrow { stroke: #c9962e; }
    .again { fill: #241c0c; }
    .edge { stroke: #566274; }
    .head { fill: #c9962e; }
  }
</style>
<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="head" d="M0 0L8 4L0 8z"/></marker></defs>
"##;
