//! What compile-time Python computes is what CPython computes.
//!
//! Each expression of `conformance/expressions.txt`, one a line, is the body of a macro; expanded, it
//! must give what `python3` gives, the class of the exception where it raises one. The list holds what
//! every CPython from 3.8 on agrees about.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "runs programs")]

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

/// What `python3` prints for a program.
fn printed(program: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let output = Command::new("python3").args(["-W", "ignore"]).arg(program).output()?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?.lines().map(str::to_owned).collect())
}

/// A program that prints what each function gives, or the exception that it raises.
fn program(decorator: &str, expressions: &[&str]) -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    for (number, expression) in expressions.iter().enumerate() {
        writeln!(text, "{decorator}\ndef e{number}():\n    try:\n        return {expression}")?;
        writeln!(text, "    except Exception as error:\n        return type(error).__name__")?;
    }
    for number in 0..expressions.len() {
        writeln!(text, "print(ascii(e{number}()))")?;
    }
    Ok(text)
}

#[test]
fn expressions_give_what_python_gives() -> Result<(), Box<dyn Error>> {
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/expressions.txt");
    let list = fs::read_to_string(list)?;
    let expressions: Vec<&str> = list.lines().collect();
    let folder = tempfile::tempdir()?;
    let [plain, macros, expanded] =
        ["plain.py", "macros.py", "expanded.py"].map(|name| folder.path().join(name));
    fs::write(&plain, program("", &expressions)?)?;
    let text = program("@macro", &expressions)?;
    fs::write(&macros, format!("from uneval.meta import macro\n{text}"))?;
    let uneval = Command::new(env!("CARGO_BIN_EXE_uneval"))
        .arg("expand")
        .arg(&macros)
        .arg("-o")
        .arg(&expanded)
        .output()?;
    assert!(uneval.status.success(), "{}", String::from_utf8_lossy(&uneval.stderr));
    let pairs = printed(&plain)?.into_iter().zip(printed(&expanded)?);
    let wrong: Vec<String> = expressions
        .iter()
        .zip(pairs)
        .filter(|(_, (right, own))| right != own)
        .map(|(expression, (right, own))| format!("{expression}: {right}, here {own}"))
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {} differ:\n{}",
        wrong.len(),
        expressions.len(),
        wrong.join("\n")
    );
    Ok(())
}
