//! Law: for every expression in the standard library of every Python that is found,
//! `parse(print(tree)) == tree`, as spelled and with all spellings forgotten.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests read the machine's Pythons"
)]

mod pythons;

use rustpython_ast::visitor::{Visitor, walk_stmt};
use rustpython_ast::{Expr, Stmt};
use rustpython_parser::parse_module;
use uneval::codenode::{Node, Plain, Precedence, lower};
use uneval::print::{self, Style};
use uneval::source::{FileId, Source};

#[derive(Default)]
struct Expressions<'a>(Vec<&'a Expr>);

impl<'a> Visitor<'a> for Expressions<'a> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        walk_stmt(self, stmt);
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        self.0.push(expr);
    }
}

fn tree(expr: &Expr, text: &str) -> Node {
    lower(expr, FileId(0), text, &mut Plain)
}

fn forget_spelling(node: &Node) -> Node {
    node.map_args(forget_spelling).with_name(node.name().cloned())
}

/// Prints `node` as an assigned value and reads it back.
fn round_trip(node: &Node) -> Result<(), String> {
    let style = Style { column: 4, precedence: Precedence::Lambda, ..Style::default() };
    let printed = format!("_ = {}\n", print::expression(node, style));
    let module = parse_module(&printed).map_err(|e| format!("{e}\n{printed}"))?.into_syntax();
    match &module.body[..] {
        [Stmt::Assign(assign)] if tree(&assign.value, &printed) == *node => Ok(()),
        _ => Err(format!("another tree:\n{printed}")),
    }
}

fn check_file(path: &std::path::Path) -> (usize, Vec<String>) {
    let Ok(bytes) = std::fs::read(path) else { return (0, Vec::new()) };
    let Ok(source) = Source::decode(path.to_string_lossy(), &bytes) else {
        return (0, Vec::new());
    };
    let Ok(parsed) = parse_module(source.text()) else { return (0, Vec::new()) };
    let mut found = Expressions::default();
    for stmt in parsed.suite() {
        found.visit_stmt(stmt);
    }
    let mut failures = Vec::new();
    let mut count = 0;
    for expr in found.0 {
        let node = tree(expr, source.text());
        if !node.is_expression() {
            continue;
        }
        count += 1;
        for node in [forget_spelling(&node), node] {
            if let Err(why) = round_trip(&node) {
                failures.push(format!("{} at {:?}: {why}", path.display(), node.loc()));
            }
        }
    }
    (count, failures)
}

#[test]
fn every_expression_of_every_standard_library_reads_back() {
    let files = pythons::standard_library_files();
    assert!(!files.is_empty(), "no python3 was found");
    let half = files.len() / 2;
    let (count, failures) = std::thread::scope(|scope| {
        let workers: Vec<_> = [&files[..half], &files[half..]]
            .map(|part| {
                std::thread::Builder::new()
                    .stack_size(1 << 30)
                    .spawn_scoped(scope, move || {
                        let mut total = (0, Vec::new());
                        for file in part {
                            let (count, failures) = check_file(file);
                            total.0 += count;
                            total.1.extend(failures);
                        }
                        total
                    })
                    .unwrap()
            })
            .into();
        workers.into_iter().map(|w| w.join().unwrap()).fold((0, Vec::new()), |mut a, b| {
            a.0 += b.0;
            a.1.extend(b.1);
            a
        })
    });
    println!("{count} expressions in {} files", files.len());
    let shown: Vec<_> = failures.iter().take(20).cloned().collect();
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), shown.join("\n"));
    assert!(count > 100_000, "only {count} expressions were found");
}
