//! The habits of the house that a machine can check; CONTRIBUTING.md lists them for people.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "reads the sources")]

mod house;

use house::File;

/// The most lines of a file.
const FILE_LINES: usize = 500;

/// The most lines of a function.
const FUNCTION_LINES: usize = 80;

/// Everything that a person reads.
const ALL: &[&str] = &[
    "src",
    "tests",
    "fuzz/src",
    "fuzz/fuzz_targets",
    "fuzz/kept",
    "fuzz/Cargo.toml",
    "book",
    "corpus",
    ".ci",
    "Cargo.toml",
    "clippy.toml",
    "deny.toml",
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
];

fn rust_files() -> Vec<File> {
    house::files(&["src", "tests", "fuzz/src", "fuzz/fuzz_targets"], &[".rs"])
}

/// A complaint about a line, counted from 0.
fn at(file: &File, line: usize, what: &str) -> String {
    format!("{}:{}: {what}", file.path, line + 1)
}

#[test]
fn each_file_says_what_it_is_for() {
    let silent = |file: &File| !file.text.starts_with("//! ");
    let silent = rust_files().into_iter().filter(silent).map(|f| f.path);
    house::none(&silent.collect::<Vec<_>>());
}

#[test]
fn no_file_is_too_long() {
    let long = rust_files().into_iter().filter(|f| f.text.lines().count() > FILE_LINES);
    let lines = |f: File| format!("{}: {} lines", f.path, f.text.lines().count());
    house::none(&long.map(lines).collect::<Vec<_>>());
}

#[test]
fn no_function_is_too_long() {
    let mut complaints = Vec::new();
    // A table of cases is as long as it is.
    for file in rust_files().into_iter().filter(|f| !f.path.ends_with("/tests.rs")) {
        let code = file.code_outside_tests();
        for (start, _) in code.match_indices("fn ") {
            let ends_name = |c: char| c.is_alphanumeric() || c == '_';
            if code[..start].ends_with(ends_name) {
                continue;
            }
            let end = house::item_end(&code, start);
            let lines = code[start..end].lines().count();
            if lines > FUNCTION_LINES {
                let line = code[..start].lines().count().saturating_sub(1);
                complaints.push(at(&file, line, &format!("a function of {lines} lines")));
            }
        }
    }
    house::none(&complaints);
}

#[test]
fn nothing_is_left_unfinished() {
    let mut complaints = Vec::new();
    for file in rust_files() {
        for (line, code) in file.code().lines().enumerate() {
            for word in ["todo!", "unimplemented!", "dbg!", "#[ignore"] {
                if code.contains(word) {
                    complaints.push(at(&file, line, word));
                }
            }
        }
    }
    house::none(&complaints);
}

#[test]
fn what_can_panic_has_its_proof_above_it() {
    const CALLS: &[&str] =
        &[".unwrap()", ".unwrap_err()", ".expect(", ".expect_err(", "panic!(", "unreachable!("];
    let mut complaints = Vec::new();
    for file in house::files(&["src"], &[".rs"]) {
        if file.path.ends_with("/tests.rs") {
            continue;
        }
        let text: Vec<_> = file.text.lines().map(str::trim).collect();
        for (line, code) in file.code_outside_tests().lines().enumerate() {
            let call = CALLS.iter().find(|call| code.contains(*call));
            if let Some(call) = call.filter(|_| !has_comment_above(&text, line)) {
                complaints.push(at(
                    &file,
                    line,
                    &format!("{call} without a comment that says why"),
                ));
            }
        }
    }
    house::none(&complaints);
}

/// Whether there is a comment just above the line, or above the chain of calls it belongs to.
fn has_comment_above(text: &[&str], line: usize) -> bool {
    let is_comment = |line: &str| line.starts_with("//") && !line.starts_with("///");
    let chain = text[..=line].iter().rev().take_while(|line| line.starts_with('.')).count();
    (line.saturating_sub(chain)..=line).any(|l| l > 0 && is_comment(text[l - 1]))
}

#[test]
fn input_and_output_are_allowed_in_the_command_only() {
    let mut complaints = Vec::new();
    for file in house::files(&["src"], &[".rs"]) {
        if file.path != "src/cli.rs" && file.code_outside_tests().contains("clippy::disallowed") {
            complaints.push(file.path);
        }
    }
    house::none(&complaints);
}

#[test]
fn no_path_of_a_machine_is_written_down() {
    let homes = ["home", "root", "Users", "work", "farm"].map(|name| format!("/{name}/"));
    let mut complaints = Vec::new();
    for file in house::files(ALL, &[".rs", ".py", ".md", ".toml", ".snap", "/run"]) {
        for (line, text) in file.text.lines().enumerate() {
            let is_path = |home: &String| {
                text.match_indices(&**home)
                    .any(|(at, _)| !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '.'))
            };
            if homes.iter().any(is_path) {
                complaints.push(at(&file, line, text.trim()));
            }
        }
    }
    house::none(&complaints);
}

/// Where a newcomer looks first.
const GUIDES: &[&str] = &["ARCHITECTURE.md", "CONTRIBUTING.md"];

#[test]
fn guides_name_files_and_modules_that_exist() {
    let mut complaints = Vec::new();
    for guide in house::files(GUIDES, &[".md"]) {
        for (line, text) in guide.text.lines().enumerate() {
            let words: Vec<_> = text.split('`').collect();
            for named in words.iter().skip(1).step_by(2) {
                if named_path(named).is_some_and(|path| !house::exists(&path)) {
                    complaints.push(at(&guide, line, named));
                }
            }
            for (item, path) in items_in(&words) {
                if !house::files(&[path], &["rs", "py"]).iter().any(|f| f.text.contains(item)) {
                    complaints.push(at(&guide, line, &format!("{item} isn't in {path}")));
                }
            }
        }
    }
    house::none(&complaints);
}

/// What a line, split at its backticks, says is in which file: "`item` in `src/path.rs`".
fn items_in<'w>(words: &[&'w str]) -> Vec<(&'w str, &'w str)> {
    let named = |window: &&[&'w str]| window[1] == " in " && named_path(window[2]).is_some();
    words.windows(3).filter(named).map(|window| (window[0], window[2])).collect()
}

/// The path of the file, folder or module that a word of a guide names, if it names one: not
/// `src/cli/VERB.rs`, which stands for many, nor `Driver::settled`, which is in a file.
fn named_path(word: &str) -> Option<String> {
    let is_path = |word: &str| word.chars().all(|c| c.is_ascii_lowercase() || "/._:".contains(c));
    let folders = ["src/", "tests/", "book/", "corpus/", "fuzz/", "benches/", "snapshots/"];
    if !is_path(word) {
        return None;
    }
    match word.split_once("::") {
        Some((floor, _)) if house::exists(&format!("src/{floor}.rs")) => {
            Some(format!("src/{}.rs", word.replace("::", "/")))
        }
        _ => folders.iter().any(|folder| word.starts_with(folder)).then(|| word.to_owned()),
    }
}

#[test]
fn prose_is_in_british_spelling() {
    const AMERICAN: &[&str] = &[
        "analyze",
        "behavior",
        "canceled",
        "catalog",
        "center",
        "color",
        "favor",
        "favorite",
        "gray",
        "honor",
        "initialize",
        "labeled",
        "modeled",
        "neighbor",
        "normalize",
        "optimize",
        "organize",
        "recognize",
        "serialize",
        "specialize",
        "summarize",
        "traveled",
    ];
    let mut complaints = Vec::new();
    for file in house::files(ALL, &[".rs", ".md"]) {
        for (line, prose) in prose(&file).enumerate() {
            let prose = prose.to_lowercase();
            let words = prose.split(|c: char| !c.is_alphabetic());
            for word in words.filter(|w| AMERICAN.iter().any(|a| is_form(w, a))) {
                complaints.push(at(&file, line, word));
            }
        }
    }
    house::none(&complaints);
}

/// Whether a word is an American one, or a form of it: `colors`, `colored`, `analyzing`.
fn is_form(word: &str, american: &str) -> bool {
    let stem = american.strip_suffix('e').unwrap_or(american);
    let Some(ending) = word.strip_prefix(stem) else { return false };
    ["", "e", "s", "es", "ed", "er", "ers", "ing", "al"].contains(&ending)
}

/// Each line's prose: comments of Rust, the text of Markdown, without what is in backticks.
fn prose(file: &File) -> impl Iterator<Item = String> {
    let is_rust = file.path.ends_with(".rs");
    let mut in_block = false;
    file.text.lines().map(move |line| {
        let text = match line.find("//").filter(|_| is_rust) {
            Some(start) => &line[start..],
            None if is_rust => return String::new(),
            None => line,
        };
        if text.trim_start_matches(['/', '!', ' ']).starts_with("```") {
            in_block = !in_block;
        }
        if in_block { String::new() } else { text.split('`').step_by(2).collect() }
    })
}

#[test]
fn the_checks_see_what_they_should() {
    let text = ["// Never empty.", "let x = list", ".first()", ".unwrap();", "y.unwrap();"];
    assert!(has_comment_above(&text, 3) && !has_comment_above(&text, 4));
    assert_eq!(named_path("scope::flow").as_deref(), Some("src/scope/flow.rs"));
    assert_eq!(named_path("src/nowhere.rs").as_deref(), Some("src/nowhere.rs"));
    assert_eq!(named_path("src/cli/VERB.rs"), None);
    let line = "a field of `Limits` in `src/host/session.rs`".split('`').collect::<Vec<_>>();
    assert_eq!(items_in(&line), [("Limits", "src/host/session.rs")]);
    assert!(is_form("colouring", "colour") && is_form("analyzing", "analyze"));
    assert!(!is_form("grayling", "gray"));
    let file = File { path: "a.md".to_owned(), text: "say `color`\n```\ncolor\n```\n".to_owned() };
    assert!(prose(&file).all(|line| !line.contains("color")));
}
