//! Levels in the driver: what is allowed isn't shown, and what is denied keeps the file from having
//! an output.

use std::io;
use std::path::Path;

use uneval::diagnostic::render::{Style, render};
use uneval::diagnostic::{Level, Levels};
use uneval::driver::{Driver, Files, Options};

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

/// There are no other files.
struct Nothing;

impl Files for Nothing {
    fn read(&self, _: &Path) -> io::Result<Vec<u8>> {
        Err(io::ErrorKind::NotFound.into())
    }

    fn is_file(&self, _: &Path) -> bool {
        false
    }

    fn is_dir(&self, _: &Path) -> bool {
        false
    }
}

/// The first words of each finding, and whether there is an output.
fn expanded(said: &[(&str, Level)]) -> (Vec<String>, bool) {
    let mut levels = Levels::default();
    said.iter().for_each(|(selector, level)| levels.set(selector.parse().unwrap(), *level));
    let mut driver = Driver::new(&Nothing, Options { levels, ..Options::default() });
    let outcome = driver.expand_bytes(Path::new("app.py"), TEXT.as_bytes());
    let shown = render(&outcome.findings, driver.sources(), Style::Plain);
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
