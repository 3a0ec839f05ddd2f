//! The traces of evaluation that the unit tests compare the tables with are what `python3` gives.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "runs python3")]

use std::io::Write as _;
use std::process::{Command, Stdio};

#[test]
fn traces_are_what_python_gives() -> Result<(), Box<dyn std::error::Error>> {
    let mut python = Command::new("python3")
        .args(["-c", include_str!("../src/codenode/node/evaluation/traced.py")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let forms = include_bytes!("../src/codenode/node/evaluation/forms.txt");
    python.stdin.take().ok_or("no pipe")?.write_all(forms)?;
    let output = String::from_utf8(python.wait_with_output()?.stdout)?;
    assert_eq!(output, include_str!("../src/codenode/node/evaluation/traces.txt"));
    Ok(())
}
