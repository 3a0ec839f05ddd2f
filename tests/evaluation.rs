//! The traces of evaluation that the unit tests compare the tables with are what `python3` gives;
//! with `UPDATE_TRACES=1` they are made anew.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "runs python3")]

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

#[test]
fn traces_are_what_python_gives() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/codenode/node/evaluation");
    let mut python = Command::new("python3")
        .arg(folder.join("traced.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let forms = fs::read(folder.join("forms.txt"))?;
    python.stdin.take().ok_or("no pipe")?.write_all(&forms)?;
    let output = String::from_utf8(python.wait_with_output()?.stdout)?;
    let traces = folder.join("traces.txt");
    if std::env::var_os("UPDATE_TRACES").is_some() {
        fs::write(traces, &output)?;
    } else {
        assert_eq!(output, fs::read_to_string(traces)?);
    }
    Ok(())
}
