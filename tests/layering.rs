//! The floor plan holds: a module uses only modules declared above it, at every level.
//!
//! The plan is read off the `mod` lines of each file, lowest first. Every path that starts with
//! `crate::`, `self::` or `super::` is followed to the module it leads to, through re-exports, and
//! every call of a method to the file that the method is written in (`house/calls.rs` says which
//! calls it sees). Where the two modules' own paths part, the module that is used must be declared
//! first. A module may use what its parents themselves define, and all of its own children.
//!
//! What breaks this and a few more rules today is written down in `house/debts.txt`.
//! `cargo test --test layering number -- --nocapture` prints where the house stands.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "reads the sources")]

mod house;

use house::calls::Call;
use house::debts;
use house::declared::{Declared, Function};
use house::numbers::Numbers;
use house::plan::{self, Module, Path, Plan};
use house::{File, tokens};

/// The floors, lowest first.
const FLOORS: &[&str] = &[
    "source",
    "diagnostic",
    "screen",
    "python",
    "syntax",
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

/// The modules that may know a crate, or a module of one; all others know nothing of it.
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
    ("rustpython_parser", &["syntax"]),
    ("rustpython_pylib", &["host"]),
    ("rustpython_stdlib", &["host"]),
    ("rustpython_vm", &["host"]),
    ("serde", &["cli"]),
    ("serde_json", &["codenode::json", "cli"]),
    ("similar", &["cli"]),
    ("strsim", &["diagnostic::spelling"]),
    ("tempfile", &["cli"]),
    ("toml_edit", &["cli::settings"]),
    ("unicode_ident", &["codenode::check"]),
    ("visitor", &["driver::prompt::forms", "staging::rewrite", "syntax"]),
];

#[test]
fn the_floors_are_in_order() {
    assert_eq!(Plan::read().0[&Path::new()].children, FLOORS);
}

#[test]
fn no_module_uses_one_that_is_declared_after_it() {
    let plan = Plan::read();
    let mut complaints = Vec::new();
    for (user, used) in plan.paths_used() {
        if !plan.allows(user, &used) {
            let (user, used) = (&plan.0[user].file, used.join("::"));
            complaints.push(format!("{user} uses {used}, which is above it"));
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
    let found: Vec<_> = plan::uses(code).into_iter().map(|(p, n)| (p.join("."), n)).collect();
    let expected = ["a a", "a.b.c d", "a.b.e e", "a.f f", "g.* *"];
    assert_eq!(found.iter().map(|(p, n)| format!("{p} {n}")).collect::<Vec<_>>(), expected);
    assert_eq!(
        plan::paths(code),
        [["crate", "x", "y", "<"]].map(|p| p.map(str::to_owned).to_vec())
    );
}

/// A crate in which `low` calls a method of a type of its own that `high` writes.
const PLANTED: &[(&str, &str)] = &[
    ("src/lib.rs", "mod low; mod high;"),
    (
        "src/low.rs",
        "pub struct Held { pub all: Vec<Low> }
         pub struct Low;
         impl Low { pub fn own(&self) {} }
         fn ask(held: &Held) { for low in &held.all { low.own(); low.climb(); } }
         fn guess(held: &Held) { held.all.iter().map(unknown).for_each(|low| low.climb()); }
         fn other(held: &Held) { held.all.push(Low); }",
    ),
    (
        "src/high.rs",
        "use crate::low::Low;
         pub struct High;
         impl High { fn push(&self) { High::make().same(Low.own()) } fn make() -> High { High } }
         impl High { fn same(&self) {} }
         impl Low { pub fn climb(&self) {} }",
    ),
];

#[test]
fn calls_of_methods_are_seen() {
    let file = |&(path, text): &(&str, &str)| File { path: path.into(), text: text.into() };
    let plan = Plan::of(&PLANTED.iter().map(file).collect::<Vec<_>>());
    let declared = Declared::read(&plan);
    let numbers = Numbers::of(&declared);
    let name = |function: &Function| function.signature.ident.to_string();
    let calls = |all: Vec<&Call<'_>>| -> Vec<String> {
        all.iter().map(|call| format!("{} {}", name(call.from), name(call.to))).collect()
    };
    assert_eq!(
        calls(numbers.deeds.calls.iter().collect()),
        ["push make", "push own", "push same", "ask own", "ask climb", "guess climb"]
    );
    assert_eq!(calls(numbers.upward_calls()), ["ask climb", "guess climb"]);
    assert_eq!(numbers.on_a_cycle().len(), 2);
    assert_eq!(numbers.impls_elsewhere().len(), 1);
}

/// Prints the numbers, too.
#[test]
fn no_number_rises() {
    let plan = Plan::read();
    let declared = Declared::read(&plan);
    let numbers = Numbers::of(&declared);
    print!("{numbers}");
    let today = numbers.debts();
    debts::lower(&today);
    let mut complaints = debts::complaints(&debts::allowed(), &today);
    if !complaints.is_empty() {
        complaints.extend(numbers.upward_calls().into_iter().map(Call::to_string));
    }
    let long = numbers.long();
    if long.len() * 100 > declared.functions.len() {
        complaints.extend(long.iter().map(|f| format!("{f}: {} lines", f.lines())));
    }
    house::none(&complaints);
}

#[test]
fn debts_fall_and_are_lowered() {
    let before = debts::parse("# head\n\n[print]\n3 upward calls\n2 fields of A\n");
    assert_eq!(debts::parse(&debts::print(&before)), before);
    let after = debts::parse("[print]\n4 upward calls\n[host]\n17 fields of B\n");
    assert_eq!(
        debts::complaints(&before, &after),
        [
            "print: 0 fields of A: lower the number in tests/house/debts.txt",
            "print: 4 upward calls, 3 allowed",
            "host: 17 fields of B, 0 allowed",
        ]
    );
}
