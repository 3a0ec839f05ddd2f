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
fn guides_name_files_and_items_that_exist() {
    let mut complaints = Vec::new();
    for guide in house::files(GUIDES, &[".md"]) {
        let words = words_of(&guide.text);
        for named in words.iter().skip(1).step_by(2) {
            if named_path(named).is_some_and(|path| !house::exists(&path)) {
                complaints.push(format!("{}: there is no {named}", guide.path));
            }
        }
        for (item, path) in items_in(&words) {
            if !house::files(&[path], &["rs", "py"]).iter().any(|f| declarations(f, item) > 0) {
                complaints.push(format!("{}: {item} isn't declared in {path}", guide.path));
            }
        }
    }
    house::none(&complaints);
}

/// A text split at its backticks, the ends of its lines spaces: what is in backticks is at the odd
/// places.
fn words_of(text: &str) -> Vec<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.split('`').map(str::to_owned).collect()
}

/// What is said to be in which file: "`item` in `src/path.rs`".
fn items_in(words: &[String]) -> Vec<(&str, &str)> {
    let named = |window: &&[String]| window[1] == " in " && named_path(&window[2]).is_some();
    words.windows(3).filter(named).map(|window| (&*window[0], &*window[2])).collect()
}

/// How often a file of Rust or Python declares an item.
fn declarations(file: &File, item: &str) -> usize {
    const WORDS: &[&str] =
        &["fn", "struct", "enum", "trait", "type", "const", "static", "macro_rules!", "pub"];
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let declares = |word: &&str| {
        let declared = format!("{word} {item}");
        let ends = file.text.match_indices(&declared).map(|(at, found)| at + found.len());
        // Of what is only public, a field.
        let ends_it = |rest: &str| match *word {
            "pub" => rest.starts_with(": "),
            _ => !rest.starts_with(is_name),
        };
        ends.filter(|end| ends_it(&file.text[*end..])).count()
    };
    let assigned = format!("{item} = ");
    let in_python = file.path.ends_with(".py")
        && file.text.lines().any(|line| line.trim_start().starts_with(&assigned));
    WORDS.iter().map(declares).sum::<usize>() + usize::from(in_python)
}

#[test]
fn the_story_of_a_file_names_what_the_code_has() {
    let guide = house::files(&["ARCHITECTURE.md"], &[".md"]).remove(0);
    let story = guide.text.split("## The story of a file").nth(1).unwrap();
    let words = words_of(story.split("\n## ").next().unwrap());
    let is_path = |word: &&String| word.chars().all(|c| c.is_alphanumeric() || "_:".contains(c));
    let code = house::files(&["src"], &[".rs"]);
    let mut complaints = Vec::new();
    for named in words.iter().skip(1).step_by(2).filter(is_path) {
        if house::exists(&format!("src/{named}.rs")) {
            continue;
        }
        let (owner, item) = named.rsplit_once("::").unwrap_or(("", named));
        let is_of_owner = |file: &&File| {
            let is_module = file.path.split(['/', '.']).any(|part| part == owner);
            is_module || file.text.contains(&format!(" {owner}"))
        };
        let homes = code.iter().filter(is_of_owner);
        match homes.map(|file| declarations(file, item)).sum() {
            0 => complaints.push(format!("there is no {named}")),
            1 => {}
            several if owner.is_empty() => {
                complaints.push(format!("{named} may be any of {several}"));
            }
            _ => {}
        }
    }
    house::none(&complaints);
}

#[test]
fn architecture_has_a_row_for_each_floor_and_each_room_of_expand() {
    let guide = house::files(&["ARCHITECTURE.md"], &[".md"]).remove(0);
    let first_cell = |line: &str| Some(line.strip_prefix("| `")?.split('`').next()?.to_owned());
    let rows: Vec<String> = guide.text.lines().filter_map(first_cell).collect();
    for (file, above) in [("src/lib.rs", ""), ("src/expand.rs", "expand::")] {
        let file = house::files(&[file], &[".rs"]).remove(0);
        let modules = file.text.lines().filter_map(|line| line.strip_prefix("mod "));
        let modules: Vec<&str> = modules.map(|name| name.trim_end_matches(';')).collect();
        let own = rows.iter().filter_map(|row| row.strip_prefix(above));
        let own: Vec<&str> = own.filter(|row| !row.contains("::")).collect();
        assert_eq!(own, modules, "the rows for the modules of {}", file.path);
    }
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
    let words = words_of("a field of `Limits` in\n`src/host/session.rs`");
    assert_eq!(items_in(&words), [("Limits", "src/host/session.rs")]);
    let text = "pub fn name() {}\nfn names() {}\nstruct S { pub name: u8, pub named: u8 }";
    let file = File { path: "a.rs".to_owned(), text: text.to_owned() };
    assert_eq!(
        ["name", "named", "S", "S::name", "fn"].map(|i| declarations(&file, i)),
        [2, 1, 1, 0, 0]
    );
    assert!(is_form("colouring", "colour") && is_form("analyzing", "analyze"));
    assert!(!is_form("grayling", "gray"));
    let file = File { path: "a.md".to_owned(), text: "say `color`\n```\ncolor\n```\n".to_owned() };
    assert!(prose(&file).all(|line| !line.contains("color")));
}
