//! Outputs are written whole or not at all, whatever goes wrong meanwhile.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test of the command")]
#![cfg(unix)]

mod sandbox;

use std::fs;
use std::os::unix::fs::symlink;
use std::process::{Command, Stdio};
use std::thread;

use sandbox::{APP, PLAIN, Run, Sandbox};

/// How many files are built in the test that kills.
const MANY: usize = 60;

/// A source of about 40 kB with the number, and what it expands to.
fn source(number: usize) -> (String, String) {
    let filler = format!("# {number} {}\n", "x".repeat(78)).repeat(500);
    let with = |call: &str| format!("{filler}print({call})\n");
    (
        format!("from lib import half\n{}", with("half(9)")),
        // The import has gone with its line.
        with("4.5"),
    )
}

const LIB: &str = "from cython.meta import macro\n\n@macro\ndef half(x):\n    return x / 2\n";

#[test]
fn killed_at_any_moment_the_old_or_the_new_file_stands() {
    let sandbox = Sandbox::new(&[("lib.py", LIB.as_bytes())]);
    let old = |number: usize| format!("# the old file {number}\n").repeat(1000);
    for number in 0..MANY {
        sandbox.write(&format!("src/f{number:02}.py"), source(number).0);
    }
    // Each time it is killed when one more file has come out.
    for round in 0..12 {
        for number in 0..MANY {
            sandbox.write(&format!("out/f{number:02}.py"), old(number));
        }
        let mut command = sandbox.command("expand src -o out --root .");
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let last = sandbox.path(&format!("out/f{:02}.py", round * 5));
        while child.try_wait().unwrap().is_none()
            && fs::read_to_string(&last).is_ok_and(|text| text.starts_with("# the old"))
        {
            thread::yield_now();
        }
        let _ = child.kill();
        child.wait().unwrap();
        let mut new = 0;
        for number in 0..MANY {
            let text = sandbox.read(&format!("out/f{number:02}.py"));
            let is_new = text == source(number).1;
            assert!(is_new || text == old(number), "round {round}, file {number} is neither");
            new += usize::from(is_new);
        }
        assert!(new > round * 5, "round {round} came to {new} only");
    }
    // And the next run does it all.
    let run = sandbox.run("expand src -o out --root .");
    assert_eq!(run.status, 0, "{}", run.err);
    assert_eq!(sandbox.read("out/f59.py"), source(59).1);
}

#[test]
fn a_full_disk_leaves_the_old_file() {
    let sandbox = Sandbox::new(&[("lib.py", LIB.as_bytes()), ("out/big.py", b"old")]);
    sandbox.write("src/big.py", source(1).0);
    sandbox.write("src/small.py", APP);
    // Files may have 4 kB (or 8, as the shell counts): the big one meets that.
    let script = "trap '' XFSZ; ulimit -f 8; exec \"$0\" expand src -o out --root .";
    let mut command = Command::new("sh");
    command.args(["-c", script, env!("CARGO_BIN_EXE_uneval")]).current_dir(sandbox.path(""));
    let run = Run::of(command.output().unwrap());
    assert_eq!(run.status, 1, "{}", run.err);
    assert!(run.err.starts_with("error[E0105]: out/big.py can't be written: "), "{}", run.err);
    assert_eq!(sandbox.read("out/big.py"), "old");
    // The rest went on, and nothing is left over.
    let written = ["lib.py", "out/big.py", "out/small.py", "out/small.py.uneval"];
    assert_eq!(sandbox.files(), [&written[..], &["src/big.py", "src/small.py"]].concat());
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_takes_no_files_is_a_finding() {
    let sandbox = Sandbox::new(&[("src/a.py", APP.as_bytes()), ("src/b.py", PLAIN)]);
    let run = sandbox.run("expand src -o /proc/sys");
    assert_eq!(run.status, 1);
    assert_eq!(run.err.matches("error[E0105]: /proc/sys/").count(), 2, "{}", run.err);
}

#[test]
fn links_do_not_lead_out_of_the_output() {
    let sandbox = Sandbox::new(&[
        ("src/a.py", APP.as_bytes()),
        ("src/b/c.py", PLAIN),
        ("src/d.py", PLAIN),
        ("src/e.py", PLAIN),
        ("elsewhere/a.py", b"mine"),
        ("out/real.py", b"old"),
    ]);
    symlink("../elsewhere/a.py", sandbox.path("out/a.py")).unwrap();
    symlink("../elsewhere", sandbox.path("out/b")).unwrap();
    symlink("../elsewhere/new.py", sandbox.path("out/d.py")).unwrap();
    // A link that stays is followed.
    symlink("real.py", sandbox.path("out/e.py")).unwrap();
    let run = sandbox.run("expand src -o out");
    assert_eq!(run.status, 1);
    let why = "a symbolic link leads out of out there";
    assert_eq!(run.err.matches(why).count(), 3, "{}", run.err);
    assert_eq!(sandbox.read("elsewhere/a.py"), "mine");
    assert_eq!(fs::read_dir(sandbox.path("elsewhere")).unwrap().count(), 1);
    assert_eq!(sandbox.read("out/real.py").as_bytes(), PLAIN);
    // A link that is named as the output itself is what is meant.
    symlink("elsewhere/a.py", sandbox.path("link.py")).unwrap();
    sandbox.run("expand src/e.py -o link.py").expect(0, "", "");
    assert_eq!(sandbox.read("elsewhere/a.py").as_bytes(), PLAIN);
    // Circles of links lead nowhere: the file takes the link's place.
    symlink("x.py", sandbox.path("y.py")).unwrap();
    symlink("y.py", sandbox.path("x.py")).unwrap();
    sandbox.run("expand src/e.py -o x.py").expect(0, "", "");
    assert_eq!(sandbox.read("x.py").as_bytes(), PLAIN);
}

#[test]
fn the_output_inside_the_input_is_no_input() {
    let sandbox = Sandbox::new(&[("a.py", APP.as_bytes()), ("b/c.py", PLAIN)]);
    for _ in 0..2 {
        let run = sandbox.run("expand . -o b/out");
        assert_eq!((run.status, &*run.err), (0, ""));
        let written = ["b/out/a.py", "b/out/a.py.uneval", "b/out/b/c.py"];
        assert_eq!(sandbox.files(), [&["a.py", "b/c.py"][..], &written].concat());
    }
}

#[test]
fn a_source_that_changes_meanwhile_is_not_taken_for_done() {
    let sandbox = Sandbox::new(&[("src/a.py", PLAIN), ("src/b.py", b"old = 1\n")]);
    sandbox.write("src/c.py", PLAIN);
    sandbox.write("out/b.py", "older = 1\n");
    // Whoever writes to a pipe waits for its reader.
    let pipe = sandbox.path("out/a.py");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let mut command = sandbox.command("expand src -o out");
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    sandbox.write("src/b.py", "new = 1\n");
    fs::remove_file(sandbox.path("src/c.py")).unwrap();
    assert_eq!(fs::read(&pipe).unwrap(), PLAIN);
    let run = Run::of(child.wait_with_output().unwrap());
    // It was read before the change, and nothing is written, or after it.
    match run.err.contains("src/b.py has changed meanwhile") {
        true => assert_eq!(sandbox.read("out/b.py"), "older = 1\n"),
        false => assert_eq!(sandbox.read("out/b.py"), "new = 1\n"),
    }
    // What has gone doesn't come out, and is told of if it was there when the folder was read.
    assert!(!sandbox.path("out/c.py").exists());
    let is_told = ["`src/c.py` can't be read", "out/c.py can't be written"];
    let is_told = is_told.iter().any(|words| run.err.contains(words));
    assert!(is_told || !run.err.contains("c.py"), "{}", run.err);
    assert_eq!(run.status, i32::from(!run.err.is_empty()));
}
