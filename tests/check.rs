//! `uneval check` as a user meets it, and the walls around compile-time code.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test of the command")]

mod sandbox;

use sandbox::{APP, BROKEN, PLAIN, Sandbox};
use serde_json::Value;

/// A module of macros with an error of its own, and one that can't end.
const LIB: &str = "\
from cython.meta import macro, uneval

@macro
def half(x):
    return x / 2

@macro
async def late(x):
    return uneval(x)
";

const USE: &str = "\
from lib import half

print(half(3), half())
";

fn project() -> Sandbox {
    Sandbox::new(&[
        ("lib.py", LIB.as_bytes()),
        ("src/app.py", APP.as_bytes()),
        ("src/broken.py", BROKEN.as_bytes()),
        ("src/plain.py", PLAIN),
        ("src/syntax.py", b"from cython.meta import macro\nx = = 1\n"),
    ])
}

fn json(sandbox: &Sandbox, arguments: &str) -> Value {
    serde_json::from_str(&sandbox.run(arguments).out).unwrap()
}

#[test]
fn all_findings_of_a_tree_are_shown_and_nothing_is_written() {
    let sandbox = project();
    let before = sandbox.files();
    let run = sandbox.run("check src");
    assert_eq!((run.status, &*run.err), (1, ""));
    let codes: Vec<_> = run.out.lines().filter(|line| line.starts_with("error[")).collect();
    assert_eq!(codes.len(), 2, "{}", run.out);
    assert!(codes[0].starts_with("error[E0303]: half()"), "{}", run.out);
    assert!(codes[1].starts_with("error[E0103]: "), "{}", run.out);
    assert!(run.out.ends_with("4 files checked: 2 errors in 2 files\n"), "{}", run.out);
    assert_eq!(sandbox.files(), before);
    sandbox.run("check src/app.py").expect(0, "1 file checked: no findings\n", "");
    let run = sandbox.run("check");
    assert!(run.out.contains("5 files checked: 3 errors in 3 files"), "{}", run.out);
}

#[test]
fn a_bad_module_is_reported_once() {
    let sandbox = Sandbox::new(&[("lib.py", LIB.as_bytes())]);
    for name in ["a.py", "b.py", "c.py"] {
        sandbox.write(name, USE);
    }
    let run = sandbox.run("check .");
    assert_eq!(run.out.matches("E0205").count(), 1, "{}", run.out);
    assert_eq!(run.out.matches("E0303").count(), 3, "{}", run.out);
    let run = sandbox.run("expand a.py b.py -o out");
    assert_eq!(run.err.matches("E0205").count(), 1, "{}", run.err);
}

#[cfg(target_os = "linux")]
#[test]
fn names_need_not_be_unicode() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let sandbox = Sandbox::new(&[]);
    for name in [&b"\xff.py"[..], b"-x.py", b"a\nb.py", b"q\"'%,:.py"] {
        let path = sandbox.path("src/x").with_file_name(OsStr::from_bytes(name));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, BROKEN).unwrap();
    }
    let run = sandbox.run("check src");
    assert_eq!((run.status, &*run.err), (1, ""));
    assert!(run.out.ends_with("4 files checked: 4 errors in 4 files\n"), "{}", run.out);
}

#[test]
fn findings_as_json() {
    let sandbox = project();
    let document = json(&sandbox, "check src --format json");
    assert_eq!(document["version"], 1);
    assert_eq!((&document["files"], &document["errors"]), (&4.into(), &2.into()));
    let finding = &document["findings"][0];
    assert_eq!(finding["code"], "E0303");
    assert_eq!(finding["severity"], "error");
    let primary = &finding["primary"];
    assert_eq!(primary["file"], "src/broken.py");
    assert_eq!((&primary["start"]["line"], &primary["start"]["column"]), (&7.into(), &7.into()));
    assert_eq!(primary["start"]["offset"], BROKEN.find("half())").unwrap());
    assert_eq!(primary["end"]["offset"], BROKEN.find("half())").unwrap() + 6);
}

#[test]
fn findings_as_sarif() {
    let sandbox = project();
    let log = json(&sandbox, "check src --format sarif");
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert_eq!((rules.len(), results.len()), (2, 2));
    for result in results {
        let rule = &rules[result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!((&rule["id"], &result["level"]), (&result["ruleId"], &"error".into()));
    }
    let place = &results[0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "src/broken.py");
    assert_eq!(place["region"]["startLine"], 7);
}

#[test]
fn findings_as_annotations_and_statistics() {
    let sandbox = project();
    let run = sandbox.run("check src/broken.py --format github");
    let start = "::error file=src/broken.py,line=7,col=7,endLine=7,endColumn=13,\
                 title=E0303%3A bad argument list::half() missing";
    assert!(run.out.starts_with(start), "{}", run.out);
    let expected = "     1  E0103  syntax error\n     1  E0303  bad argument list\n\
                    4 files checked: 2 errors in 2 files\n";
    sandbox.run("check src --statistics").expect(1, expected, "");
}

#[test]
fn settings_of_the_project_are_heard() {
    let sandbox = Sandbox::new(&[
        ("pyproject.toml", b"[tool.uneval]\nmax-rounds = 5\nroots = [\"lib\"]\n"),
        ("lib/tools.py", APP.as_bytes()),
        ("src/a.py", b"from tools import half\nprint(half(2))\n"),
        ("src/b.py", b"from cython.meta import unroll\nfor i in unroll(range(6)):\n    print(i)\n"),
    ]);
    let run = sandbox.run("check src");
    assert_eq!(run.status, 1);
    assert!(
        run.out.contains("error[E0404]: the loop would have more than 5 rounds"),
        "{}",
        run.out
    );
    assert!(run.out.ends_with("2 files checked: 1 error in 1 file\n"), "{}", run.out);
    // What the command line says goes first.
    let run = sandbox.run("check src --max-rounds 6");
    assert_eq!((run.status, &*run.out), (0, "2 files checked: no findings\n"));
    sandbox.write("pyproject.toml", "[tool.uneval]\nmax-round = 5\n");
    let run = sandbox.run("check src");
    assert_eq!((run.status, &*run.out), (2, ""));
    let place = "pyproject.toml:2:1: there is no setting `max-round`";
    assert!(run.err.contains(place), "{}", run.err);
}

/// A program with an import that is left over, and one with a warning that isn't certain to fix.
const UNUSED: &str = "\
# coding: latin-1
from lib import half, third
from lib import half as h

print(half(3))  # \u{e9}
";

const THIRDS: &str = "\
from cython.meta import macro

@macro
def half(x):
    return x / 2

@macro
def third(x):
    return x / 3
";

#[test]
fn certain_fixes_are_applied() {
    let sandbox = Sandbox::new(&[("lib.py", THIRDS.as_bytes())]);
    let latin: Vec<u8> = UNUSED.chars().map(|c| c as u8).collect();
    sandbox.write("app.py", &latin);
    let run = sandbox.run("check app.py");
    assert_eq!(run.status, 0, "{}", run.out);
    assert_eq!(run.out.matches("warning[W0208]").count(), 2, "{}", run.out);
    sandbox.run("check app.py --fix").expect(0, "1 file checked: no findings; 2 fixed\n", "");
    let fixed = "# coding: latin-1\nfrom lib import half\n\nprint(half(3))  # \u{e9}\n";
    let latin: Vec<u8> = fixed.chars().map(|c| c as u8).collect();
    assert_eq!(std::fs::read(sandbox.path("app.py")).unwrap(), latin);
}

#[test]
fn levels_come_from_the_project_and_the_command_line() {
    let sandbox = Sandbox::new(&[("lib.py", THIRDS.as_bytes())]);
    sandbox.write("app.py", UNUSED.replace('\u{e9}', "e"));
    assert_eq!(sandbox.run("expand app.py -o out.py").status, 0);
    assert_eq!(sandbox.run("expand app.py -o new.py --deny warnings").status, 1);
    assert!(!sandbox.path("new.py").exists());
    let denied = sandbox.run("check app.py --deny warnings");
    assert_eq!((denied.status, denied.out.matches("error[W0208]").count()), (1, 2));
    let allowed = "1 file checked: no findings\n";
    sandbox.run("check app.py --deny warnings --allow W0208").expect(0, allowed, "");
    sandbox.write("pyproject.toml", "[tool.uneval]\ndeny = [\"warnings\"]\n");
    assert_eq!(sandbox.run("check app.py").status, 1);
    assert_eq!(sandbox.run("check app.py --warn warnings").status, 0);
    sandbox.run("check app.py --allow warnings").expect(0, allowed, "");
    sandbox
        .run("check app.py --deny E0301")
        .refuses("E0301 is an error: only warnings and notes have a level");
}

/// Statements that would never end, take all memory, or nest without end, each with the code of
/// what is found.
const WALLS: [(&str, &str); 10] = [
    ("print(now(sum(range(10**18))))", "E0403"),
    ("print(now(re.match('(a|aa)+$', 'a' * 100 + 'b')))", "E0403"),
    ("print(now(10**10**10))", "E040"),
    ("print(now('x' * 10**12))", "E0405"),
    ("print(now([0] * 10**12))", "E0405"),
    ("print(now(list(range(10**12))))", "E040"),
    ("print(now([0] * 10**30))", "E0305"),
    ("print(loop())", "E040"),
    ("print(deep(1))", "E040"),
    ("print(half())", "E0303"),
];

/// The macros of these.
const MACROS: &str = "\
import re
from cython.meta import macro, comptime as now

@macro
def loop():
    while True:
        pass

@macro
def deep(n):
    return deep(n + 1)

@macro
def half(x):
    return x / 2

";

#[test]
fn what_never_ends_is_a_finding_and_the_rest_goes_on() {
    let walls: String = WALLS.iter().map(|(statement, _)| format!("{statement}\n")).collect();
    let sandbox = Sandbox::new(&[("b.py", APP.as_bytes())]);
    sandbox.write("a.py", format!("{MACROS}{walls}"));
    let run = sandbox.run("expand a.py b.py -o out --max-seconds 1 --max-memory 500");
    assert_eq!(run.status, 1, "{}", run.err);
    let codes: Vec<_> = run.err.lines().filter_map(|line| line.strip_prefix("error[")).collect();
    assert_eq!(codes.len(), WALLS.len(), "{}", run.err);
    let first = MACROS.lines().count() + 1;
    let places = run.err.lines().filter(|line| line.contains("┌─ "));
    for (index, (place, (statement, code))) in places.zip(WALLS).enumerate() {
        assert!(codes[index].starts_with(code), "{statement}: {}", codes[index]);
        assert!(place.contains(&format!("a.py:{}:", first + index)), "{statement}: {place}");
    }
    assert_eq!(sandbox.files(), ["a.py", "b.py", "out/b.py", "out/b.py.uneval"]);
}

#[test]
fn a_module_that_never_ends_is_waited_for_once() {
    let lib = "from cython.meta import comptime, macro\nN = comptime(sum(range(10**18)))\n\
               @macro\ndef half(x):\n    return x / 2\n";
    let sandbox = Sandbox::new(&[("lib.py", lib.as_bytes())]);
    for name in ["a.py", "b.py", "c.py"] {
        sandbox.write(name, "from lib import half\nprint(half(3))\n");
    }
    let run = sandbox.run("check . --max-seconds 1");
    assert_eq!(run.out.matches("error[E0403]").count(), 1, "{}", run.out);
    assert!(run.out.contains("lib.py:2:5"), "{}", run.out);
}

#[test]
fn a_file_that_is_too_deep_does_not_end_the_run() {
    let deep =
        format!("import cython.meta\nx = {}1{}\n", "(".repeat(1_000_000), ")".repeat(1_000_000));
    let long = format!("import cython.meta\nx = {}1\n", "1 + ".repeat(1_000_000));
    let sandbox = Sandbox::new(&[("deep.py", deep.as_bytes()), ("long.py", long.as_bytes())]);
    sandbox.write("app.py", APP);
    let run = sandbox.run("check .");
    assert!(run.status < 2, "{}", run.err);
    assert!(run.out.contains("3 files checked: "), "{}", run.out);
}
