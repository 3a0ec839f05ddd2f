//! The floor plan holds: a module uses only modules declared above it, at every level.
//!
//! The plan is read off the `mod` lines of each file, lowest first. Every path that starts with
//! `crate::`, `self::` or `super::` is followed to the module it leads to, through re-exports.
//! Where the two modules' own paths part, the module that is used must be declared first. A
//! module may use what its parents themselves define, and all of its own children.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "reads the sources")]

mod house;

use std::collections::BTreeMap;

use house::{File, tokens};

/// The floors, lowest first.
const FLOORS: &[&str] = &[
    "source",
    "diagnostic",
    "screen",
    "scope",
    "codenode",
    "print",
    "picture",
    "residual",
    "staging",
    "host",
    "expand",
    "driver",
    "cli",
];

/// The modules that may know a crate; all others know nothing of it.
const CRATES: &[(&str, &[&str])] = &[
    ("cap", &["cli::memory"]),
    ("clap", &["cli"]),
    ("codespan_reporting", &["diagnostic::render"]),
    ("encoding_rs", &["source"]),
    ("ctrlc", &["cli::repl::engine"]),
    ("logos", &["screen", "cli::repl::highlight"]),
    ("pretty", &["codenode"]),
    ("reedline", &["cli::repl"]),
    ("rustpython_codegen", &["host"]),
    ("rustpython_pylib", &["host"]),
    ("rustpython_stdlib", &["host"]),
    ("rustpython_vm", &["host"]),
    ("serde", &["cli"]),
    ("serde_json", &["codenode::json", "cli"]),
    ("similar", &["cli"]),
    ("strsim", &["diagnostic::spelling"]),
    ("tempfile", &["cli"]),
    ("toml_edit", &["cli::settings"]),
];

/// A path from the crate's root: `["screen", "skim"]`.
type Path = Vec<String>;

#[derive(Default)]
struct Module {
    file: String,
    code: String,
    /// Child modules, in the order of their `mod` lines.
    children: Vec<String>,
    /// What is re-exported, or just imported, from a child.
    imported: BTreeMap<String, Path>,
}

/// All modules of the crate by their paths.
struct Plan(BTreeMap<Path, Module>);

impl Plan {
    fn read() -> Plan {
        let files = house::files(&["src"], &[".rs"]);
        let mut plan = Plan(BTreeMap::new());
        plan.add(&files, Vec::new(), "src/lib.rs");
        plan
    }

    fn add(&mut self, files: &[File], path: Path, file: &str) {
        let code = match files.iter().find(|f| f.path == file) {
            Some(file) => file.code_outside_tests(),
            None => panic!("there is no {file}"),
        };
        let children = children(&code);
        for child in &children {
            let child_path = [&path[..], std::slice::from_ref(child)].concat();
            self.add(files, child_path.clone(), &format!("src/{}.rs", child_path.join("/")));
        }
        let mut imported = BTreeMap::new();
        for (path_used, name) in uses(&code) {
            if path_used.first().is_some_and(|first| children.contains(first)) {
                imported.insert(name, [&path[..], &path_used].concat());
            }
        }
        self.0.insert(path, Module { file: file.to_owned(), code, children, imported });
    }

    /// The module that a path from the root leads to.
    fn follow(&self, path: &[String]) -> Path {
        let mut here = Path::new();
        for (index, name) in path.iter().enumerate() {
            let module = &self.0[&here];
            if module.children.contains(name) {
                here.push(name.clone());
            } else if let Some(origin) = module.imported.get(name) {
                return self.follow(&[origin, &path[index + 1..]].concat());
            } else {
                break;
            }
        }
        here
    }

    /// Whether the module at `user` may use the one at `used`.
    fn allows(&self, user: &Path, used: &Path) -> bool {
        let common = user.iter().zip(used).take_while(|(a, b)| a == b).count();
        let (Some(user), Some(other)) = (user.get(common), used.get(common)) else { return true };
        let siblings = &self.0[&used[..common]].children;
        let floor = |name| siblings.iter().position(|sibling| sibling == name);
        floor(other) < floor(user)
    }
}

/// The names of the `mod` lines.
fn children(code: &str) -> Vec<String> {
    let tokens = tokens(code);
    let mods = tokens.windows(3).filter(|w| w[0] == "mod" && w[2] == ";");
    mods.map(|w| w[1].to_owned()).collect()
}

/// What each `use` brings in: the path, and the name it gets here.
fn uses(code: &str) -> Vec<(Path, String)> {
    let tokens = tokens(code);
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if *token == "use" {
            read_tree(&tokens[at + 1..], &Path::new(), &mut found);
        }
    }
    found
}

/// Every path in the code that starts at the crate, this module or the one above it.
fn paths(code: &str) -> Vec<Path> {
    let tokens = tokens(code);
    let mut found = Vec::new();
    for (at, pair) in tokens.windows(2).enumerate() {
        let inner = at > 0 && tokens[at - 1] == "::";
        if matches!(pair, ["crate" | "self" | "super", "::"]) && !inner {
            read_tree(&tokens[at..], &Path::new(), &mut found);
        }
    }
    found.into_iter().map(|(path, _)| path).collect()
}

/// Reads `a::b::{c, d as e}` and gives the number of tokens read.
fn read_tree(tokens: &[&str], before: &Path, found: &mut Vec<(Path, String)>) -> usize {
    let mut path = before.clone();
    let mut at = 0;
    loop {
        match tokens.get(at) {
            Some(&"{") => return at + read_group(&tokens[at..], &path, found),
            Some(name) => path.push((*name).to_owned()),
            None => {}
        }
        at += 1;
        if tokens.get(at) != Some(&"::") {
            break;
        }
        at += 1;
    }
    let mut name = path.last().cloned().unwrap_or_default();
    if let Some(["as", alias]) = tokens.get(at..at + 2) {
        name = (*alias).to_owned();
        at += 2;
    }
    found.push((path, name));
    at
}

fn read_group(tokens: &[&str], before: &Path, found: &mut Vec<(Path, String)>) -> usize {
    let mut at = 1;
    while tokens.get(at).is_some_and(|token| *token != "}") {
        at += read_tree(&tokens[at..], before, found);
        at += usize::from(tokens.get(at) == Some(&","));
    }
    at + 1
}

/// The path from the root, of a path used in the module at `module`.
fn absolute(module: &Path, path: &[String]) -> Path {
    let parent = &module[..module.len().saturating_sub(1)];
    let base = match path[0].as_str() {
        "crate" => &[],
        "super" => parent,
        _ => &module[..],
    };
    [base, &path[1..]].concat()
}

#[test]
fn the_floors_are_in_order() {
    assert_eq!(Plan::read().0[&Path::new()].children, FLOORS);
}

#[test]
fn no_module_uses_one_that_is_declared_after_it() {
    let plan = Plan::read();
    let mut complaints = Vec::new();
    for (user, module) in &plan.0 {
        for path in paths(&module.code) {
            let used = plan.follow(&absolute(user, &path));
            if !plan.allows(user, &used) {
                let used = used.join("::");
                complaints.push(format!("{} uses {used}, which is above it", module.file));
            }
        }
    }
    complaints.sort();
    complaints.dedup();
    house::none(&complaints);
}

#[test]
fn nobody_climbs_two_floors_at_once() {
    let plan = Plan::read();
    let climbs =
        |module: &&Module| tokens(&module.code).windows(3).any(|w| w == ["super", "::", "super"]);
    let complaints: Vec<_> = plan.0.values().filter(climbs).map(|m| m.file.clone()).collect();
    house::none(&complaints);
}

#[test]
fn a_crate_is_known_only_where_it_belongs() {
    let plan = Plan::read();
    let mut complaints = Vec::new();
    for (path, module) in &plan.0 {
        let path = path.join("::");
        let tokens = tokens(&module.code);
        for (name, homes) in CRATES {
            let at_home = homes.iter().any(|home| {
                path.strip_prefix(home)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
            });
            if !at_home && tokens.windows(2).any(|w| w == [*name, "::"]) {
                complaints.push(format!("{} knows {name}", module.file));
            }
        }
    }
    house::none(&complaints);
}

#[test]
fn every_file_belongs_to_a_module() {
    let plan = Plan::read();
    let known = |file: &File| plan.0.values().any(|module| module.file == file.path);
    let outside = ["src/main.rs"];
    let strays: Vec<_> = house::files(&["src"], &[".rs"])
        .into_iter()
        .filter(|f| !known(f) && !outside.contains(&&*f.path) && !f.path.ends_with("/tests.rs"))
        .map(|f| f.path)
        .collect();
    house::none(&strays);
}

#[test]
fn trees_of_paths_are_read() {
    let code = "use a::{self, b::{c as d, e}, f}; pub use g::*; h(crate::x::y::<T>());";
    let found: Vec<_> = uses(code).into_iter().map(|(p, n)| (p.join("."), n)).collect();
    let expected = ["a.self self", "a.b.c d", "a.b.e e", "a.f f", "g.* *"];
    assert_eq!(found.iter().map(|(p, n)| format!("{p} {n}")).collect::<Vec<_>>(), expected);
    assert_eq!(paths(code), [["crate", "x", "y", "<"]].map(|p| p.map(str::to_owned).to_vec()));
}
