//! The prompt as a person meets it: on a terminal, and as what runs a script.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test of the command")]

#[path = "repl/terminal.rs"]
mod terminal;
#[path = "repl/transcript.rs"]
mod transcript;

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use terminal::{Seen, fed, on_terminal, transcribed};
use transcript::Transcript;

/// A macro of a file, with what it needs from there at run time.
const CALCULUS: &str = "\
from cython.meta import macro, uneval

RATE = 3

def helper(x):
    return x * 100

@macro
def scaled(x):
    node = uneval(x)
    return (node + 1).eval() * RATE + helper(1)
";

/// A run of `uneval repl` without a terminal: its output, what it complains of, its status.
fn without_terminal(folder: &Path, arguments: &[&str], input: &str) -> (String, String, i32) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_uneval"));
    command.arg("repl").args(arguments).current_dir(folder);
    let output = fed(&mut command, input.as_bytes());
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap())
}

/// A folder with a module of macros.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("lib")).unwrap();
    fs::write(folder.path().join("lib/calculus.py"), CALCULUS).unwrap();
    folder
}

fn run(plan: &Value) -> Seen {
    on_terminal(folder().path(), &["--root", "lib"], plan)
}

#[test]
fn transcripts_are_true() {
    let mut wrong = Vec::new();
    let entries = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/repl")).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files.iter().filter(|file| file.extension().is_some_and(|e| e == "txt")) {
        let text = fs::read_to_string(file).unwrap();
        let transcript = Transcript::read(&text);
        let shown = transcribed(&transcript, folder().path(), &["--root", "lib"]);
        if std::env::var_os("UPDATE_TRANSCRIPTS").is_some() {
            fs::write(file, &shown).unwrap();
        } else if shown != text {
            wrong.push(format!("{}:\n{shown}", file.display()));
        }
    }
    assert!(wrong.is_empty(), "not what the transcripts say\n{}", wrong.join("\n"));
}

#[test]
fn a_transcript_without_values_runs_as_a_script() {
    let transcript = Transcript::read(include_str!("repl/effects.txt"));
    let script: String = transcript.inputs().map(|input| input + "\n").collect();
    let printed: String = transcript.outputs().collect();
    let folder = folder();
    let expected = (printed, String::new(), 0);
    assert_eq!(without_terminal(folder.path(), &[], &script), expected);
    assert_eq!(without_terminal(folder.path(), &["-c", &script], ""), expected);
    fs::write(folder.path().join("script.py"), &script).unwrap();
    assert_eq!(without_terminal(folder.path(), &["script.py"], ""), expected);
}

#[test]
fn a_script_that_fails_says_where_and_ends_with_an_error() {
    let folder = folder();
    let (out, err, status) = without_terminal(folder.path(), &[], "print(1)\n1 + 1\nnowhere\n");
    assert_eq!((out.as_str(), status), ("1\n", 1));
    let expected = "Traceback (most recent call last):\n  File \"<stdin>\", line 3, in <module>\n    \
                    nowhere\nNameError: name 'nowhere' is not defined\n";
    assert_eq!(err, expected);
    let (out, err, status) = without_terminal(folder.path(), &["-c", "print(1)\nx = = 1"], "");
    assert_eq!((out.as_str(), status), ("", 1));
    assert!(err.contains("error[E0103]") && err.contains("<string>:2:5"), "{err}");
    assert_eq!(without_terminal(folder.path(), &["-c", "raise SystemExit(7)"], "").2, 7);
    let (_, err, status) = without_terminal(folder.path(), &["-c", "exit('gone')"], "");
    assert_eq!((err.as_str(), status), ("gone\n", 1));
    assert_eq!(without_terminal(folder.path(), &["nothing.py"], "").2, 1);
}

#[test]
fn macros_and_modules_of_files_are_imported() {
    let code = "from calculus import scaled, helper\nn = 4\nprint(scaled(n), helper(2))\n";
    let (out, err, status) = without_terminal(folder().path(), &["--root", "lib"], code);
    assert_eq!((out.as_str(), err.as_str(), status), ("115 200\n", "", 0));
}

#[test]
fn what_comes_from_the_future_goes_for_all_that_follows() {
    let code = "from __future__ import annotations\n\ndef f(x: nowhere): pass\n\n\
                print(f.__annotations__)\n";
    let expected = ("{'x': 'nowhere'}\n".to_owned(), String::new(), 0);
    assert_eq!(without_terminal(folder().path(), &[], code), expected);
}

#[test]
fn a_session_greets_and_ends_as_the_program_wants() {
    let seen = run(&json!([["type", "x = 2"], ["type", "exit(x + 1)"]]));
    assert!(seen.banner.starts_with("uneval "), "{}", seen.banner);
    assert_eq!(seen.status, 3);
    let seen = run(&json!([["keys", "\u{4}", ""], ["finish"]]));
    assert_eq!((seen.inputs, seen.status), (vec![String::new()], 0));
}

#[test]
fn several_statements_of_one_paste_run_one_by_one() {
    let seen = run(&json!([["type", "x = 1\nprint(x)\ndef f():\n    return x\nf()"]]));
    assert_eq!(seen.inputs, ["1\n1\n"]);
}

#[test]
fn a_running_input_can_be_stopped() {
    let seen = run(&json!([
        ["type", "x = 41"],
        ["start", "print('running')\nwhile True: pass\n"],
        ["wait", "running\n"],
        ["interrupt"],
        ["finish"],
        ["type", "x + 1"],
    ]));
    assert!(seen.inputs[1].ends_with("KeyboardInterrupt\n"), "{}", seen.inputs[1]);
    assert_eq!(seen.inputs[2], "42\n");
}

#[test]
fn a_macro_that_runs_can_be_stopped() {
    let seen = run(&json!([
        ["type", "@macro\ndef endless(x):\n    while True: pass\n"],
        ["start", "print('running')\nendless(1)"],
        ["wait", "running\n"],
        ["interrupt"],
        ["finish"],
        ["type", "1 + 1"],
    ]));
    assert!(seen.inputs[1].contains("KeyboardInterrupt"), "{}", seen.inputs[1]);
    assert_eq!(seen.inputs[2], "2\n");
}

#[test]
fn an_interrupt_is_an_exception_of_the_program() {
    let waits = "try:\n    print('running')\n    while True: pass\nexcept KeyboardInterrupt:\n    \
                 print('stopped')\n";
    let seen = run(&json!([["start", waits], ["wait", "running\n"], ["interrupt"], ["finish"]]));
    assert!(seen.inputs[0].ends_with("stopped\n"), "{}", seen.inputs[0]);
}

#[test]
fn code_however_deep_is_read() {
    let deep = format!("x = {}1{}", "(".repeat(3000), ")".repeat(3000));
    let seen = run(&json!([["type", deep], ["type", "x"]]));
    assert_eq!(seen.inputs, ["", "1\n"]);
}

#[test]
fn what_cannot_be_stopped_is_left_behind() {
    let seen = run(&json!([
        ["type", "x = [1]; print('once')"],
        ["type", "x.append(2); 1 / 0"],
        // However early it is interrupted, it comes to what can't be.
        ["start", "while True:\n    try: sum(range(10**18))\n    except KeyboardInterrupt: pass\n"],
        ["insist"],
        ["type", "x"],
    ]));
    assert!(seen.inputs[2].contains("That couldn't be stopped"), "{}", seen.inputs[2]);
    assert_eq!(seen.inputs[3], "[1, 2]\n");
}

#[test]
fn an_input_with_an_error_is_in_the_history() {
    let up = "\u{1b}[A";
    let seen = run(&json!([["type", "x = = 1"], ["keys", up, ">>> x = = 1"]]));
    assert!(seen.inputs[0].contains("error[E0103]"), "{}", seen.inputs[0]);
}

#[test]
fn the_history_outlives_the_session() {
    let (folder, up) = (folder(), "\u{1b}[A");
    let typed = json!([["type", "def f():\n    return 1\n"], ["type", "f()"]]);
    on_terminal(folder.path(), &[], &typed);
    let recalled =
        json!([["keys", up, ">>> f()"], ["keys", up, "def f():"], ["type", "\n"], ["type", "f()"]]);
    assert_eq!(on_terminal(folder.path(), &[], &recalled).inputs, ["", "1\n"]);
    let none = json!([["keys", up, ""], ["type", "7"]]);
    assert_eq!(on_terminal(folder.path(), &["--no-history"], &none).inputs, ["7\n"]);
}

#[test]
fn tab_completes_names_attributes_and_imports() {
    let seen = run(&json!([
        ["type", "a_long_name = 5"],
        ["keys", "a_lo\t", "a_long_name"],
        ["type", " + 1"],
        ["keys", "a_long_name.bit_c\t", "bit_count"],
        ["type", "()"],
        ["keys", "from cython.meta import FLOORD\t", "FLOORDIV"],
        ["type", ""],
        ["type", "FLOORDIV"],
    ]));
    assert_eq!(seen.inputs, ["", "6\n", "2\n", "", "FLOORDIV\n"]);
}

#[test]
fn lines_are_indented_as_they_are_typed() {
    let seen = run(&json!([
        ["keys", "def f():\r", "... "],
        ["keys", "if 1:\r", "... "],
        ["keys", "return 7\r", "... "],
        ["type", "\n"],
        ["type", "f()"],
    ]));
    assert_eq!(seen.inputs.last().unwrap(), "7\n");
}

#[test]
fn a_session_can_be_saved_and_loaded() {
    let folder = folder();
    let save = [
        ["type", "x = 3  # three"],
        ["type", "@macro\ndef half(x):\n    return x / 2\n"],
        ["type", "nowhere"],
        ["type", "y = 1; z = 2"],
        ["type", "print(half(x))"],
        ["type", ":save saved.py"],
    ];
    let seen = on_terminal(folder.path(), &[], &json!(save));
    assert_eq!(seen.inputs[4..], ["1.5\n", ""]);
    let saved = fs::read_to_string(folder.path().join("saved.py")).unwrap();
    let expected = "from cython.meta import macro\n\nx = 3  # three\n@macro\ndef half(x):\n    \
                    return x / 2\ny = 1\nz = 2\nprint(half(x))\n";
    assert_eq!(saved, expected);
    let load = json!([["type", ":load saved.py"], ["type", "half(x + 1)"]]);
    assert_eq!(on_terminal(folder.path(), &[], &load).inputs, ["1.5\n", "2.0\n"]);
}
