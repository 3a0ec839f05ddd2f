//! Snapshots: each shows a case's sources above what became of them.

use std::fmt::Write as _;
use std::path::Path;

use uneval::Source;

use super::case::Case;
use super::expansion::{Expanded, survive};

/// Compares the case with its snapshot.
pub fn compare(case: &Case, expanded: &[Expanded]) -> Option<String> {
    let (folder, name) = case.name.rsplit_once('/').unwrap_or(("", &case.name));
    let mut settings = insta::Settings::clone_current();
    settings
        .set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots").join(folder));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let shown = show(case, expanded);
    let compared = survive(|| settings.bind(|| insta::assert_snapshot!(name.to_owned(), shown)));
    compared.is_none().then(|| "the snapshot shows something else".to_owned())
}

fn show(case: &Case, expanded: &[Expanded]) -> String {
    let mut shown = String::new();
    for file in expanded {
        let name = file.path.strip_prefix(&case.folder).unwrap_or(&file.path).display();
        heading(&mut shown, &name.to_string());
        shown.push_str(&text(&file.source));
        match &file.output {
            Some(output) if *output == file.source => heading(&mut shown, "the same"),
            Some(output) => {
                heading(&mut shown, "expanded");
                shown.push_str(&text(output));
            }
            None => {}
        }
        if !file.inputs.is_empty() {
            heading(&mut shown, "inputs");
            for path in &file.inputs {
                let path = path.strip_prefix(&case.folder).unwrap_or(path).to_string_lossy();
                // Writing to a string can't fail.
                let _ = writeln!(shown, "{}", path.replace('\\', "/"));
            }
        }
        if !file.rendered.is_empty() {
            heading(&mut shown, "findings");
            shown.push_str(&file.rendered);
        }
    }
    shown
}

fn heading(shown: &mut String, words: &str) {
    let line = "─".repeat(84_usize.saturating_sub(words.chars().count()));
    // Writing to a string can't fail.
    let _ = writeln!(shown, "── {words} {line}");
}

/// A file as text in which everything can be seen.
fn text(bytes: &[u8]) -> String {
    let mut text = match Source::decode("shown", bytes) {
        Ok(source) => source.text().to_owned(),
        Err(_) => bytes.escape_ascii().to_string().replace("\\n", "\n"),
    };
    if bytes.starts_with("\u{feff}".as_bytes()) {
        text.insert_str(0, "⟨byte order mark⟩");
    }
    let text = text.replace("\r\n", "␍\n").replace('\r', "␍\n").replace('\x0c', "␌");
    match text.strip_suffix('\n') {
        Some(_) => text,
        None if text.is_empty() => "⟨empty⟩\n".to_owned(),
        None => text + "⟨no newline⟩\n",
    }
}
