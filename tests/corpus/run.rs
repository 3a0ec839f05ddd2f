//! Runs a program on `python3`: expanded, and where its macros are plain functions also as it
//! was written (the law of SPEC §1), and compares what it prints.

use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

use super::case::Case;
use super::expansion::Expanded;

/// A run-time `cython.meta` for the plain function that a macro is written as.
const STUB: &str = "def macro(function):\n    return function\n\n\ncomptime = unroll = macro\n";

/// What a program prints other than `case` says, in words.
pub fn compare(case: &Case, expanded: &[Expanded]) -> Option<String> {
    let wanted = fs::read_to_string(case.expected.as_ref()?).ok()?;
    if expanded.iter().any(|file| file.output.is_none()) {
        return Some("there is no output to run".to_owned());
    }
    let output = |file: &Expanded| file.output.clone().unwrap_or_default();
    let mut complaints = Vec::new();
    complaints.extend(differs("expanded", &wanted, run(case, expanded, output)));
    if expanded.iter().all(|file| is_plain(&file.source)) {
        let source = |file: &Expanded| file.source.clone();
        complaints.extend(differs("not expanded", &wanted, run(case, expanded, source)));
    }
    (!complaints.is_empty()).then(|| complaints.join("\n"))
}

/// Whether the file speaks of no compile-time name but the decorators.
fn is_plain(source: &[u8]) -> bool {
    let text = String::from_utf8_lossy(source);
    let beyond = ["uneval", "codenode", "gensym", "embed", "note(", "warn(", "error(", "import op"];
    !beyond.iter().any(|word| text.contains(word))
}

fn differs(what: &str, wanted: &str, printed: io::Result<String>) -> Option<String> {
    match printed {
        Ok(printed) if printed == wanted => None,
        Ok(printed) => Some(format!("{what}, it prints:\n{printed}instead of:\n{wanted}")),
        Err(error) => Some(format!("{what}, it can't be run: {error}")),
    }
}

/// What the case prints with these contents in its files: its output, then its errors.
fn run(
    case: &Case,
    files: &[Expanded],
    content: impl Fn(&Expanded) -> Vec<u8>,
) -> io::Result<String> {
    let scratch = tempfile::tempdir()?;
    let package = scratch.path().join("cython");
    fs::create_dir(&package)?;
    fs::write(package.join("__init__.py"), STUB)?;
    fs::write(package.join("meta.py"), STUB)?;
    let place = |path: &Path| scratch.path().join(path.strip_prefix(&case.folder).unwrap_or(path));
    for file in files {
        let path = place(&file.path);
        fs::create_dir_all(path.parent().unwrap_or(&path))?;
        fs::write(path, content(file))?;
    }
    let mut python = Command::new("python3");
    python.args(["-B", "-X", "utf8"]).arg(place(&case.entry)).current_dir(scratch.path());
    let output = python.output()?;
    let printed = String::from_utf8_lossy(&output.stdout).replace("\r\n", "\n");
    Ok(printed + &String::from_utf8_lossy(&output.stderr))
}
