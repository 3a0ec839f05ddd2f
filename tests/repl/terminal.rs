//! Sessions of `uneval repl` on a terminal, which a script in Python drives.

#![allow(dead_code, reason = "each test uses a part of it")]
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test of the command")]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

use crate::transcript::Transcript;

/// What a person sees of a session on a terminal.
pub struct Seen {
    pub banner: String,
    pub inputs: Vec<String>,
    pub status: i64,
}

/// A session on a terminal, in `folder`.
pub fn on_terminal(folder: &Path, arguments: &[&str], plan: &Value) -> Seen {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pty/session.py");
    let mut command = Command::new("python3");
    command.args([script, env!("CARGO_BIN_EXE_uneval"), "repl"]).args(arguments);
    command.env("XDG_DATA_HOME", folder).env("TERM", "xterm").env("NO_COLOR", "1");
    let output = fed(command.current_dir(folder), plan.to_string().as_bytes());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let seen: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{said}"));
    let inputs = seen["inputs"].as_array().unwrap().iter();
    Seen {
        banner: seen["banner"].as_str().unwrap().to_owned(),
        inputs: inputs.map(|input| input.as_str().unwrap().to_owned()).collect(),
        status: seen["status"].as_i64().unwrap(),
    }
}

/// The transcript with what a session shows for its inputs.
pub fn transcribed(transcript: &Transcript, folder: &Path, arguments: &[&str]) -> String {
    let steps = transcript.inputs().map(|input| json!(["type", input]));
    transcript.with_outputs(&on_terminal(folder, arguments, &Value::Array(steps.collect())).inputs)
}

/// Runs a command with this on its standard input.
pub fn fed(command: &mut Command, input: &[u8]) -> Output {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // It may end without reading.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}
