//! The command as a user meets it: arguments, exit status, files, standard output and error.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test of the command")]

mod sandbox;

use std::fs;
use std::process::Stdio;

use sandbox::{APP, BROKEN, PLAIN, Sandbox};

/// [`APP`] expanded, as one run of the command has it.
fn expanded(sandbox: &Sandbox) -> String {
    let run = sandbox.run_with("expand -", APP.as_bytes());
    assert_eq!((run.status, &*run.err), (0, ""));
    assert!(run.out.contains("print(5.0)     # five\n"), "{}", run.out);
    assert!(!run.out.contains("macro"), "{}", run.out);
    run.out
}

#[test]
fn one_file_goes_to_standard_output() {
    let sandbox = Sandbox::new(&[("app.py", APP.as_bytes()), ("plain.py", PLAIN)]);
    let app = expanded(&sandbox);
    sandbox.run("expand app.py").expect(0, &app, "");
    sandbox.run("expand plain.py").expect(0, str::from_utf8(PLAIN).unwrap(), "");
    assert_eq!(sandbox.files(), ["app.py", "plain.py"]);
}

#[test]
fn one_file_goes_to_a_file_or_into_a_folder() {
    let sandbox = Sandbox::new(&[("app.py", APP.as_bytes()), ("there/x", b"")]);
    let app = expanded(&sandbox);
    for (argument, target) in [
        ("out.py", "out.py"),
        ("new/folder/out.py", "new/folder/out.py"),
        ("new/", "new/app.py"),
        ("there", "there/app.py"),
    ] {
        sandbox.run(&format!("expand app.py -o {argument}")).expect(0, "", "");
        assert_eq!(sandbox.read(target), app);
    }
    sandbox.run("expand app.py -o /dev/stdout").expect(0, &app, "");
    sandbox.run_with("expand - -o stdin.py", APP.as_bytes()).expect(0, "", "");
    assert_eq!(sandbox.read("stdin.py"), app);
}

#[test]
fn a_folder_is_mirrored() {
    let sandbox = Sandbox::new(&[
        ("src/app.py", APP.as_bytes()),
        ("src/pkg/plain.py", PLAIN),
        ("src/pkg/data.txt", b"not copied"),
        ("src/.hidden/a.py", PLAIN),
        ("src/__pycache__/a.py", PLAIN),
        ("more.py", PLAIN),
    ]);
    sandbox.run("expand src -o out").expect(0, "", "");
    let of = |folder: &str| {
        let files = sandbox.files();
        files.into_iter().filter(|f| f.starts_with(folder)).collect::<Vec<_>>()
    };
    assert_eq!(of("out/"), ["out/app.py", "out/app.py.uneval", "out/pkg/plain.py"]);
    assert_eq!(sandbox.read("out/app.py"), expanded(&sandbox));
    sandbox.run("expand src more.py -o both").expect(0, "", "");
    let both = ["more.py", "src/app.py", "src/app.py.uneval", "src/pkg/plain.py"];
    assert_eq!(of("both/"), both.map(|file| format!("both/{file}")));
    // The folder that is written to is no input, so a second run is as the first.
    for _ in 0..2 {
        sandbox.run("expand src -o src/build").expect(0, "", "");
        let built = ["app.py", "app.py.uneval", "pkg/plain.py"];
        assert_eq!(of("src/build/"), built.map(|file| format!("src/build/{file}")));
    }
}

#[cfg(unix)]
#[test]
fn links_are_followed_but_not_in_circles() {
    use std::os::unix::fs::symlink;
    let sandbox = Sandbox::new(&[("src/a.py", PLAIN), ("lib/b.py", PLAIN)]);
    symlink("..", sandbox.path("src/up")).unwrap();
    symlink(".", sandbox.path("src/here")).unwrap();
    symlink("../lib", sandbox.path("src/lib")).unwrap();
    symlink("nowhere", sandbox.path("src/lost.py")).unwrap();
    sandbox.run("expand src -o out").expect(0, "", "");
    let files = sandbox.files();
    let out: Vec<_> = files.iter().filter(|f| f.starts_with("out/")).collect();
    assert_eq!(out, ["out/a.py", "out/lib/b.py", "out/up/lib/b.py"]);
}

#[test]
fn several_files_need_somewhere_to_go() {
    let sandbox = Sandbox::new(&[("a.py", PLAIN), ("b.py", PLAIN), ("d/a.py", PLAIN)]);
    let several = "several files, or a folder, need -o OUT to go to";
    sandbox.run("expand a.py b.py").refuses(several);
    sandbox.run("expand d").refuses(several);
    sandbox.run("expand a.py b.py -o b.py").refuses("b.py is a file, and several need a folder");
    sandbox
        .run("expand a.py d/a.py -o out")
        .refuses("two inputs would both be written to out/a.py");
    sandbox.run("expand - a.py -o out").refuses("standard input has no name to go by in a folder");
    sandbox.run("expand - -o d").refuses("standard input has no name to go by in a folder");
    sandbox.run("expand - - --diff").refuses("standard input can be read only once");
    assert_eq!(sandbox.files(), ["a.py", "b.py", "d/a.py"]);
}

#[test]
fn no_input_is_written_over() {
    let sandbox = Sandbox::new(&[("a.py", APP.as_bytes()), ("d/a.py", APP.as_bytes())]);
    let refused = |path: &str| format!("{path} would be written over, and is an input");
    sandbox.run("expand a.py -o a.py").refuses(&refused("a.py"));
    sandbox.run("expand a.py -o ./d/../a.py").refuses(&refused("./d/../a.py"));
    sandbox.run("expand a.py -o .").refuses(&refused("./a.py"));
    sandbox.run("expand d -o d").refuses(&refused("d/a.py"));
    assert_eq!((sandbox.read("a.py"), sandbox.read("d/a.py")), (APP.into(), APP.into()));
}

#[test]
fn bad_usage_is_explained() {
    let sandbox = Sandbox::new(&[("a.py", PLAIN)]);
    for arguments in ["", "expnd", "expand", "expand a.py --diff -o b.py"] {
        let run = sandbox.run(arguments);
        assert_eq!((run.status, &*run.out), (2, ""), "{arguments}: {}", run.err);
        assert!(run.err.contains("Usage: uneval"), "{}", run.err);
    }
    sandbox.run("expand a.py --width 0").refuses("width 0: it can be from 1 to 10000");
    sandbox
        .run("expand a.py --max-recursion 9")
        .refuses("max-recursion 9: it can be from 100 to 1000000");
    sandbox.run("expand a.py --root nowhere").refuses("root nowhere: there is no such folder");
}

#[test]
fn errors_leave_the_old_output() {
    let sandbox = Sandbox::new(&[
        ("src/a.py", APP.as_bytes()),
        ("src/b.py", BROKEN.as_bytes()),
        ("src/c.py", BROKEN.as_bytes()),
        ("src/d.py", PLAIN),
        ("out/b.py", b"old"),
    ]);
    let run = sandbox.run("expand src -o out");
    assert_eq!((run.status, &*run.out), (1, ""));
    assert!(run.err.ends_with("2 of 4 files have errors\n"), "{}", run.err);
    let places: Vec<_> = run.err.lines().filter(|l| l.contains("┌─ ")).collect();
    assert_eq!(places.len(), 2, "{}", run.err);
    assert!(places[0].contains("src/b.py:7:7") && places[1].contains("src/c.py:7:7"));
    assert_eq!(sandbox.read("out/b.py"), "old");
    let out: Vec<_> = sandbox.files().into_iter().filter(|f| f.starts_with("out/")).collect();
    assert_eq!(out, ["out/a.py", "out/a.py.uneval", "out/b.py", "out/d.py"]);
    // One file needs no summary.
    let run = sandbox.run("expand src/b.py");
    assert_eq!((run.status, &*run.out), (1, ""));
    assert!(
        run.err.starts_with("error[E0303]: ") && !run.err.contains("files have"),
        "{}",
        run.err
    );
}

#[test]
fn a_missing_file_is_a_finding() {
    let sandbox = Sandbox::new(&[("a.py", PLAIN)]);
    let run = sandbox.run("expand nowhere.py");
    assert_eq!((run.status, &*run.out), (1, ""));
    assert!(run.err.starts_with("error[E0101]: ") && run.err.contains("nowhere.py"), "{}", run.err);
    let run = sandbox.run("expand nowhere.py a.py -o out");
    assert_eq!(run.status, 1, "{}", run.err);
    assert_eq!(sandbox.files(), ["a.py", "out/a.py"]);
}

#[test]
fn an_output_that_cannot_be_written_is_an_error() {
    let sandbox = Sandbox::new(&[("src/a.py", PLAIN), ("src/b.py", PLAIN), ("out/a.py/x", b"")]);
    let run = sandbox.run("expand src -o out");
    assert_eq!(run.status, 1);
    assert!(run.err.starts_with("error[E0105]: out/a.py can't be written: "), "{}", run.err);
    assert_eq!(sandbox.files(), ["out/a.py/x", "out/b.py", "src/a.py", "src/b.py"]);
}

#[test]
fn an_unchanged_output_keeps_its_time() {
    let sandbox = Sandbox::new(&[("app.py", APP.as_bytes())]);
    sandbox.run("expand app.py -o out.py").expect(0, "", "");
    let long_ago = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000);
    let file = fs::File::options().write(true).open(sandbox.path("out.py")).unwrap();
    file.set_modified(long_ago).unwrap();
    let changed = || fs::metadata(sandbox.path("out.py")).unwrap().modified().unwrap();
    sandbox.run("expand app.py -o out.py").expect(0, "", "");
    assert_eq!(changed(), long_ago);
    sandbox.write("app.py", format!("{APP}# more\n"));
    sandbox.run("expand app.py -o out.py").expect(0, "", "");
    assert!(changed() > long_ago && sandbox.read("out.py").ends_with("# more\n"));
}

#[cfg(unix)]
#[test]
fn permissions_are_kept_and_links_stay_links() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let sandbox = Sandbox::new(&[("app.py", APP.as_bytes())]);
    let mode = |name| fs::metadata(sandbox.path(name)).unwrap().permissions().mode() & 0o777;
    for bits in [0o755, 0o640, 0o444] {
        fs::set_permissions(sandbox.path("app.py"), PermissionsExt::from_mode(bits)).unwrap();
        sandbox.run("expand app.py -o out.py").expect(0, "", "");
        assert_eq!(mode("out.py"), bits);
    }
    sandbox.write("real.py", "old");
    symlink("real.py", sandbox.path("link.py")).unwrap();
    sandbox.run("expand app.py -o link.py").expect(0, "", "");
    assert!(sandbox.path("link.py").is_symlink());
    assert_eq!(sandbox.read("real.py"), expanded(&sandbox));
    // What has no source gets the permissions of any new file.
    sandbox.run_with("expand - -o stdin.py", b"").expect(0, "", "");
    sandbox.write("usual.py", "");
    assert_eq!(mode("stdin.py"), mode("usual.py"));
}

#[test]
fn a_diff_shows_what_changes() {
    let sandbox = Sandbox::new(&[("a.py", APP.as_bytes()), ("d/plain.py", PLAIN)]);
    let run = sandbox.run("expand --diff a.py d");
    assert_eq!((run.status, &*run.err), (0, ""));
    assert!(run.out.starts_with("--- a.py\n+++ a.py\n@@ "), "{}", run.out);
    assert!(run.out.contains("\n-print(half(n))     # five\n"), "{}", run.out);
    assert!(run.out.contains("\n+print(5.0)     # five\n"), "{}", run.out);
    assert!(!run.out.contains("plain"), "{}", run.out);
    let run = sandbox.run_with("expand --diff -", APP.as_bytes());
    assert!(run.out.starts_with("--- <stdin>\n+++ <stdin>\n"), "{}", run.out);
}

#[test]
fn findings_are_coloured_when_asked() {
    let sandbox = Sandbox::new(&[("a.py", BROKEN.as_bytes())]);
    assert!(sandbox.run("expand a.py --color always").err.contains("\x1b["));
    assert!(!sandbox.run("expand a.py --color never").err.contains("\x1b["));
    assert!(!sandbox.run("expand a.py").err.contains("\x1b["));
}

#[test]
fn a_reader_may_leave_early() {
    let sandbox = Sandbox::new(&[("a.py", "x = 1\n".repeat(100_000).as_bytes())]);
    let mut command = sandbox.command("expand a.py");
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn explain_prints_a_page_or_the_list() {
    let sandbox = Sandbox::new(&[]);
    for code in ["E0301", "e0301"] {
        let run = sandbox.run(&format!("explain {code}"));
        assert_eq!((run.status, &*run.err), (0, ""));
        assert!(run.out.starts_with("# E0301: run-time-only value\n"), "{}", run.out);
    }
    let list = sandbox.run("explain");
    assert_eq!((list.status, &*list.err), (0, ""));
    assert!(list.out.contains("\nE0303  bad argument list\n"), "{}", list.out);
    sandbox.run("explain E301").refuses("there is no code E301; did you mean `E0301`?");
}

#[test]
fn trees_and_the_prompt_have_the_projects_settings() {
    const FAR: &[u8] = b"\
from cython.meta import macro

@macro
def half(x):
    for _ in range(100):
        pass
    return x / 2
";
    let sandbox = Sandbox::new(&[
        ("pyproject.toml", b"[tool.uneval]\nroots = [\"lib\"]\nmax-steps = 50\n"),
        ("lib/far.py", FAR),
        ("a.py", b"from far import half\nprint(half(3))\n"),
    ]);
    // The module is found below the project's root, and the macro takes more steps than it may.
    let tree = sandbox.run("tree a.py:2 --repr");
    assert!(tree.out.starts_with("# argument 1 of half"), "{}{}", tree.out, tree.err);
    let ran = sandbox.run("repl a.py");
    assert_eq!((ran.status, &*ran.out), (1, ""));
    assert!(ran.err.contains("error[E0401]"), "{}", ran.err);
    sandbox.run("repl a.py --max-steps 1000").expect(0, "1.5\n", "");
    for verb in ["tree -e x", "repl -c x"] {
        let of_width = "width 0: it can be from 1 to 10000";
        sandbox.run(&format!("{verb} --width 0")).refuses(of_width);
        let of_root = "root nowhere: there is no such folder";
        sandbox.run(&format!("{verb} --root nowhere")).refuses(of_root);
    }
}

/// A program whose trees are looked at.
const SHOWN: &str = "\
from a import half

@half
def f(x):
    return half(x + 1) + half(
        half(y=2)
    )

n = [
    0x10, *f]; m = n
if n: pass
";

#[test]
fn tree_shows_what_macros_get_and_values_of_statements() {
    let sandbox = Sandbox::new(&[("a.py", APP.as_bytes()), ("b.py", SHOWN.as_bytes())]);
    let repr = |place: &str| {
        let run = sandbox.run(&format!("tree --repr {place}"));
        assert_eq!((run.status, &*run.err), (0, ""), "{place}");
        run.out.replace("\n    ", " ").replace("codenode", "")
    };
    let half = "# argument 1 of half(…), line";
    let inner = "(op=CALL, args=[ (name=\"half\", op=VAR, args=[]), (name=\"y\", op=KEYWORD";
    let both = repr("b.py:5");
    assert!(both.starts_with(&format!("{half} 5:12\n(op=PLUS, args=[")), "{both}");
    assert!(both.contains(&format!("{half} 5:26\n{inner}")), "{both}");
    assert_eq!(repr("b.py:6"), "# argument y of half(…), line 6:9\n(op=VALUE, args=[2])\n");
    assert!(repr("b.py:5:18").starts_with("(op=PLUS, args=[ (name=\"x\""));
    // Two statements start there; the line before belongs to the first.
    let list = "(op=LIST, args=[ (op=VALUE, args=[16]), (op=STAR";
    let both = repr("b.py:9");
    assert!(both.starts_with(list), "{both}");
    assert!(repr("b.py:10").starts_with("(name=\"n\", op=LIST"));
    assert!(repr("b.py:11").starts_with("(op=IF, args=[ (name=\"n\""));
}

#[test]
fn tree_follows_variables_in_arguments_of_macros() {
    let program = "from a import half\n\ndef f(x: float):\n    y = x ** 3\n    y2 = g(y) + y\n    \
                   return half(y2 + y)\n";
    let sandbox = Sandbox::new(&[("a.py", APP.as_bytes()), ("b.py", program.as_bytes())]);
    sandbox.run("tree b.py:6").expect(
        0,
        "argument 1 of half(…), line 6:12\n\
         ○ PLUS               y2 + y\n\
         ├─ ○ y2 = PLUS       g(y) + y\n\
         │  ├─ ○ CALL         g(y)\n\
         │  │  ├─ ○ VAR g\n\
         │  │  └─ ○ y = EXP   x ** 3\n\
         │  │     ├─ ○ VAR x\n\
         │  │     └─ ■ VALUE 3\n\
         │  └─ → y\n\
         └─ → y\n\n\
         ■ static: known at compile time   ○ dynamic: known at run time\n",
        "",
    );
    assert!(sandbox.run("tree b.py:5").out.contains("○ y = EXP   x ** 3\n"));
}

#[test]
fn a_trace_shows_one_use_of_a_macro_after_the_other() {
    let program = "from a import half\n\ndef h(x):\n    return half(x) + half(half(1) + x)\n";
    let sandbox = Sandbox::new(&[("a.py", APP.as_bytes()), ("b.py", program.as_bytes())]);
    let steps = "b.py:4:12: half\n- half(x)\n+ x / 2\n\n\
                 b.py:4:27: half\n- half(1)\n+ 0.5\n\n\
                 b.py:4:22: half\n- half(half(1) + x)\n+ (0.5 + x) / 2\n\n";
    sandbox.run("expand --trace b.py").expect(0, steps, "");
    sandbox.run("expand --step b.py").expect(0, steps, "");
    assert!(sandbox.run("expand --trace b.py --color always").out.contains("\x1b[32m+ 0.5"));
    assert_eq!(sandbox.run("expand --trace b.py -o c.py").status, 2);
}

#[test]
fn tree_takes_code_and_writes_files() {
    let sandbox = Sandbox::new(&[]);
    sandbox.run("tree -e x").expect(0, "○ VAR x\n", "");
    sandbox.run("tree -e -1").expect(0, "■ NEG   -1\n└─ ■ VALUE 1\n", "");
    sandbox.run("tree -e x --color always").expect(
        0,
        "\x1b[34m○ \x1b[0m\x1b[1mVAR\x1b[0m \x1b[34mx\x1b[0m\n",
        "",
    );
    let json = "{\"format\": \"codenode\", \"version\": 1, \"nodes\": [\n  {\"op\": \"PASS\", \
                \"loc\": {\"file\": \"<code>\", \"line\": 1, \"column\": 1}}\n]}\n";
    sandbox.run("tree -e pass --json").expect(0, json, "");
    assert!(sandbox.run("tree -e x --dot").out.starts_with("digraph tree {\n"));
    sandbox.run("tree -e x --svg -o out/x.svg --color always").expect(0, "", "");
    assert!(sandbox.read("out/x.svg").starts_with("<svg xmlns="));
    let run = sandbox.run("tree -e x -o .");
    assert_eq!((run.status, &*run.out), (1, ""));
    assert!(run.err.starts_with("error: can't write .: "), "{}", run.err);
}

#[test]
fn tree_says_why_there_is_none() {
    let sandbox = Sandbox::new(&[("a.py", b"x = [\n  1]\n\n"), ("bad.py", b"x = (\n")]);
    let fails = |place: &str, why: &str| sandbox.run(&format!("tree {place}")).expect(1, "", why);
    fails(
        "a.py:2",
        "error: no statement starts on line 2; the one that stands there starts on line 1\n",
    );
    fails("a.py:3", "error: there is no code on line 3\n");
    fails("a.py:9", "error: there is no line 9: a.py has 4 lines\n");
    fails("a.py:0", "error: there is no line 0: a.py has 4 lines\n");
    fails("a.py:1:3", "error: no expression stands at line 1, column 3\n");
    fails("a.py:1:99", "error: no expression stands at line 1, column 99\n");
    assert!(sandbox.run("tree no.py:1").err.starts_with("error[E0101]: `no.py` can't be read: "));
    assert!(sandbox.run("tree bad.py:1").err.starts_with("error[E0103]: "));
    assert!(sandbox.run("tree -e 1+").err.contains("<code>:1:3"));
    sandbox.run("tree a.py").refuses("which line of a.py? Say FILE:LINE or FILE:LINE:COLUMN");
    for arguments in ["tree", "tree a.py:1 -e x", "tree -e x --svg --dot"] {
        assert_eq!(sandbox.run(arguments).status, 2, "{arguments}");
    }
}
