//! Law: for every module of the standard library and the packages of every Python that is found,
//! what is printed for its tree is read as the same tree, and printed as the same text again: as
//! its source spelled it, and with all spellings forgotten.
//!
//! Every twentieth file is looked at; `PRINTER_LAW=all` takes them all, `PRINTER_LAW=7` every
//! seventh, and any other value those whose path holds it.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests read the machine's Pythons"
)]

mod pythons;

#[path = "printer/law.rs"]
mod law;

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use uneval::Source;

use law::{check, check_spelled_again, tree};

/// A thread's stack: syntax trees are as deep as their source.
const STACK: usize = 1 << 30;

/// What was found in some files.
#[derive(Default)]
struct Report {
    files: usize,
    bytes: usize,
    /// Printed with spellings as it was.
    identical: usize,
    refused: Vec<String>,
    failures: Vec<String>,
}

impl Report {
    fn add(&mut self, other: Report) {
        self.files += other.files;
        self.bytes += other.bytes;
        self.identical += other.identical;
        self.refused.extend(other.refused);
        self.failures.extend(other.failures);
    }

    fn file(&mut self, path: &Path) {
        let name = path.display();
        let Ok(bytes) = std::fs::read(path) else { return };
        let source = match Source::decode(path.to_string_lossy(), &bytes) {
            Ok(source) => source,
            Err(_) => return self.refused.push(format!("{name}: it can't be decoded")),
        };
        let text = source.text();
        let node = match tree(text) {
            Ok(node) => node,
            Err(why) => return self.refused.push(format!("{name}: {why}")),
        };
        self.files += 1;
        self.bytes += text.len();
        match check(&node, source.newline(), |node| node) {
            Ok(printed) => self.identical += usize::from(printed == text),
            Err(why) => self.failures.push(format!("{name}: as spelled: {why}")),
        }
        let bare = node.without_spelling();
        if let Err(why) = check(&bare, "\n", |node| node.without_spelling()) {
            self.failures.push(format!("{name}: spelling forgotten: {why}"));
        }
        self.failures.extend(check_spelled_again(&bare).err().map(|why| format!("{name}: {why}")));
    }
}

/// Looks at the files on all processors.
fn examine(files: &[PathBuf]) -> Report {
    let next = AtomicUsize::new(0);
    let total = Mutex::new(Report::default());
    let work = || {
        let mut report = Report::default();
        while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            report.file(path);
        }
        total.lock().unwrap().add(report);
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).unwrap();
        }
    });
    total.into_inner().unwrap()
}

fn chosen() -> Vec<PathBuf> {
    let files = pythons::module_files();
    let wanted = std::env::var("PRINTER_LAW").unwrap_or_else(|_| "20".to_owned());
    match (&*wanted, wanted.parse()) {
        ("all", _) => files,
        (_, Ok(step)) => files.into_iter().step_by(step).collect(),
        (part, Err(_)) => {
            files.into_iter().filter(|file| file.to_string_lossy().contains(part)).collect()
        }
    }
}

#[test]
fn every_module_reads_back() {
    let files = chosen();
    assert!(!files.is_empty(), "no python3 was found");
    let report = examine(&files);
    println!(
        "{} files, {} bytes; {} are printed as they were; {} refused:",
        report.files,
        report.bytes,
        report.identical,
        report.refused.len()
    );
    for why in &report.refused {
        println!("  {why}");
    }
    let shown: Vec<_> = report.failures.iter().take(40).cloned().collect();
    assert!(shown.is_empty(), "{} failures:\n{}", report.failures.len(), shown.join("\n"));
}

/// CPython's own cases, and some more.
const CASES: &str = include_str!("printer/unparse.txt");

#[test]
fn the_cases_of_cpython_read_back() {
    let mut failures = Vec::new();
    let mut count = 0;
    for case in CASES.split("----\n").skip(1) {
        let node = match tree(case) {
            Ok(node) => node,
            Err(why) => {
                failures.push(format!("{case}\nis refused: {why}"));
                continue;
            }
        };
        count += 1;
        let bare = node.without_spelling();
        let parts = [check(&node, "\n", |n| n), check(&bare, "\n", |n| n.without_spelling())];
        for why in parts.into_iter().filter_map(Result::err) {
            failures.push(format!("{case}\n{why}"));
        }
    }
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
    assert!(count > 300, "only {count} cases were found");
}

/// Code that is as deep as it is long.
fn deep() -> Vec<(&'static str, String)> {
    let nested = |open: &str, close: &str, times: usize| {
        format!("x = {}1{}\n", open.repeat(times), close.repeat(times))
    };
    let functions = (0..1000).map(|depth| format!("{}def f():\n", " ".repeat(depth)));
    vec![
        ("nested parentheses", nested("(", ")", 10_000)),
        ("nested lists", nested("[", "]", 5_000)),
        ("nested calls", nested("f(", ")", 5_000)),
        ("a long sum", format!("x = {}1\n", "1 + ".repeat(10_000))),
        ("a long chain", format!("x = a{}\n", ".b(c)[d]".repeat(5_000))),
        ("many nots", nested("not ", "", 5_000)),
        ("many minuses", nested("-", "", 5_000)),
        ("nested lambdas", nested("lambda: ", "", 5_000)),
        ("a long conditional", format!("x = {}1\n", "1 if 1 else ".repeat(5_000))),
        ("nested functions", functions.collect::<String>() + &" ".repeat(1000) + "pass\n"),
        ("many alternatives", format!("if 1: pass\n{}", "elif 1: pass\n".repeat(5_000))),
    ]
}

#[test]
fn deep_code_is_printed() {
    let work = || {
        for (name, text) in deep() {
            // What the parser finds too deep isn't printed.
            let Ok(node) = tree(&text) else {
                println!("{name}: refused by the parser");
                continue;
            };
            let bare = node.without_spelling();
            if let Err(why) = check(&bare, "\n", |node| node.without_spelling()) {
                panic!("{name}: {}", why.chars().take(500).collect::<String>());
            }
        }
    };
    let worker = std::thread::Builder::new().stack_size(STACK).spawn(work).unwrap();
    assert!(worker.join().is_ok(), "see above");
}
