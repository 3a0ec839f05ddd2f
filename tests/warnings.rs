//! Warnings in the driver: what is allowed isn't shown, what is denied keeps the file from having an
//! output, and a fix does away with what it is for.

use std::io;
use std::path::Path;

use uneval::Edits;
use uneval::{Code, Finding, Level, Levels};
use uneval::{Colouring, render};
use uneval::{Driver, Files, Options, Outcome};

/// A file in which a macro drops a call, speaks, and is imported for nothing.
const TEXT: &str = "\
from cython.meta import macro, uneval, note, op

@macro
def name_of(code):
    note(\"looked at\")
    return str(uneval(code))

print(name_of(input()))
print(name_of(input()))  # uneval: ignore[W0309]
";

/// A module of macros.
const TOOLS: &str = "\
from cython.meta import macro

@macro
def half(x):
    return x / 2

@macro
def double(x):
    return x + x
";

/// Besides the file that is expanded there are the macros, and nothing else.
struct Tools;

impl Files for Tools {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        match self.is_file(path) {
            true => Ok(TOOLS.as_bytes().to_vec()),
            false => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn is_file(&self, path: &Path) -> bool {
        path == Path::new("tools.py")
    }

    fn is_dir(&self, _: &Path) -> bool {
        false
    }
}

/// The first words of each finding, and whether there is an output.
fn expanded(said: &[(&str, Level)]) -> (Vec<String>, bool) {
    let mut levels = Levels::default();
    said.iter().for_each(|(selector, level)| levels.set(selector.parse().unwrap(), *level));
    let mut driver = Driver::new(&Tools, Options { levels, ..Options::default() });
    let outcome = driver.expand_bytes(Path::new("app.py"), TEXT.as_bytes());
    let shown = render(&outcome.findings, driver.sources(), Colouring::Plain);
    let heads = shown.lines().filter_map(|line| line.split_once("]: "));
    (heads.map(|(head, _)| format!("{head}]")).collect(), outcome.output.is_some())
}

#[test]
fn findings_are_as_bad_as_their_levels_say() {
    use Level::{Allow, Deny, Warn};
    let all = ["warning[W0208]", "warning[W0309]", "note[N0601]", "note[N0601]"];
    let shows = |said: &[_], heads: &[&str], has_output: bool| {
        let (mut found, output) = expanded(said);
        let mut heads: Vec<String> = heads.iter().map(ToString::to_string).collect();
        found.sort();
        heads.sort();
        assert_eq!((found, output), (heads, has_output), "{said:?}");
    };
    shows(&[], &all, true);
    shows(&[("W0208", Allow), ("N0601", Allow)], &["warning[W0309]"], true);
    shows(&[("warnings", Allow)], &all[2..], true);
    let denied = ["error[W0208]", "warning[W0309]", all[2], all[3]];
    shows(&[("W0309", Warn), ("warnings", Deny)], &denied, false);
    shows(&[("warnings", Allow), ("N0601", Deny)], &["error[N0601]", "error[N0601]"], false);
}

fn outcome(text: &str) -> Outcome {
    let mut driver = Driver::new(&Tools, Options::default());
    driver.expand_bytes(Path::new("app.py"), text.as_bytes())
}

/// The text after the fix of its only finding.
fn fixed(text: &str) -> String {
    let findings = outcome(text).findings;
    let [Finding { code: Code::UnusedMacro, fix: Some(fix), .. }] = &findings[..] else {
        panic!("{findings:?}");
    };
    let mut edits = Edits::new();
    fix.edits.iter().for_each(|(range, new)| edits.replace(*range, new));
    edits.splice(text).unwrap()
}

#[test]
fn the_fix_of_an_unused_import_takes_out_what_is_unused() {
    let cases = [
        ("from tools import half\nprint(1)\n", "print(1)\n"),
        ("import os\nfrom tools import half\n\nprint(os)\n", "import os\n\nprint(os)\n"),
        (
            "from tools import half, double\nprint(double(1))\n",
            "from tools import double\nprint(double(1))\n",
        ),
        (
            "from tools import (\n    double,\n    half as h,\n)\nprint(double(1))\n",
            "from tools import (\n    double,\n)\nprint(double(1))\n",
        ),
        ("def f():\n    from tools import half\nf()\n", "def f():\n    pass\nf()\n"),
        ("import os; from tools import half\nprint(os)\n", "import os\nprint(os)\n"),
        ("from tools import half; import os\nprint(os)\n", "import os\nprint(os)\n"),
        ("from cython.meta import op, VALUE\nprint(1)\n", "print(1)\n"),
    ];
    for (text, expected) in cases {
        let fixed = fixed(text);
        assert_eq!(fixed, expected);
        assert!(outcome(&fixed).findings.is_empty(), "{fixed}");
    }
}
