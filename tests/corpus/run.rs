//! Runs a program on `python3`: expanded; where its macros are plain functions also as it was
//! written (the law of language.md §1); where there are modules that do the same at run time, with
//! these instead. What it prints is compared.

use std::fs;
use std::io;
use std::path::PathBuf;
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
    let files = |content: &dyn Fn(&Expanded) -> Vec<u8>| -> Vec<(PathBuf, Vec<u8>)> {
        expanded.iter().map(|file| (file.path.clone(), content(file))).collect()
    };
    let source = |file: &Expanded| file.source.clone();
    complaints.extend(differs("expanded", &wanted, run(case, &files(&output))));
    if expanded.iter().all(|file| is_plain(&file.source)) {
        complaints.extend(differs("not expanded", &wanted, run(case, &files(&source))));
    }
    if !case.runtime.is_empty() {
        let mut files = files(&source);
        files.extend(case.runtime.iter().map(|path| (path.clone(), read(path))));
        complaints.extend(differs("with the run-time modules", &wanted, run(case, &files)));
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

fn read(path: &PathBuf) -> Vec<u8> {
    fs::read(path).unwrap_or_default()
}

/// What the case prints with these contents in its files, of which the later ones replace the
/// earlier ones: its output, then its errors.
fn run(case: &Case, files: &[(PathBuf, Vec<u8>)]) -> io::Result<String> {
    let scratch = tempfile::tempdir()?;
    let package = scratch.path().join("cython");
    fs::create_dir(&package)?;
    fs::write(package.join("__init__.py"), STUB)?;
    fs::write(package.join("meta.py"), STUB)?;
    for (path, content) in files {
        let path = scratch.path().join(case.place(path));
        fs::create_dir_all(path.parent().unwrap_or(&path))?;
        fs::write(path, content)?;
    }
    let mut python = Command::new("python3");
    let entry = scratch.path().join(case.place(&case.entry));
    python.args(["-B", "-X", "utf8"]).arg(entry).current_dir(scratch.path());
    let output = python.output()?;
    let printed = String::from_utf8_lossy(&output.stdout).replace("\r\n", "\n");
    Ok(printed + &String::from_utf8_lossy(&output.stderr))
}
