//! Programs with macros, put together from pieces.
//!
//! There are three writers of them: that of the differential test, whose macros never uneval, that
//! of the test of following variables, and one whose macros look into code and build it.

mod pieces;

use super::law::{self, Fate, Program};
use super::random::{self, Random, Weights};

#[path = "../../tests/differential/expressions.rs"]
mod expressions;
#[path = "../../tests/differential/program.rs"]
mod program;
#[path = "../../tests/differential/statements.rs"]
mod statements;
#[path = "../../tests/differential/units.rs"]
mod units;
#[path = "../../tests/following/write.rs"]
mod write;
#[path = "../../tests/differential/writer.rs"]
mod writer;

/// The macros of [`write`].
const MACROS: &str = include_str!("../../tests/following/macros.py");

/// What [`pieces`] import.
const LIB: &str = "\
from cython.meta import macro, uneval


class Base:
    pass


@macro
def h(*parts):
    return [uneval(part) for part in parts]


def g(*parts):
    return parts
";

/// What stands before a file's name where a program is written down.
const MARK: &str = "--- ";

/// Holds the laws against the program that these bytes choose.
pub fn run(data: &[u8]) -> Fate {
    let program = program_of(data);
    law::fate(&program, &law::expand(&program))
}

fn program_of(data: &[u8]) -> Program {
    let mut random = Random::chosen(data);
    match random.below(4) {
        0 => {
            let files = program::write(&mut random, &Weights::default()).render();
            files.into_iter().map(|file| (file.name.to_owned(), file.text.into_bytes())).collect()
        }
        1 => named([("app.py", &write::write(random)), ("macros.py", MACROS)]),
        _ => named([("app.py", &pieces::write(&mut random)), ("lib.py", LIB)]),
    }
}

fn named(files: [(&str, &str); 2]) -> Program {
    files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).into()
}

/// Runs a program that was kept, as a failure shows it: each file after its name.
pub fn again(kept: &[u8]) -> Fate {
    let text = String::from_utf8_lossy(kept);
    let mut program = Program::new();
    for line in text.split_inclusive('\n') {
        match (line.strip_prefix(MARK), program.last_mut()) {
            (Some(name), _) => program.push((name.trim().to_owned(), Vec::new())),
            (None, Some((_, bytes))) => bytes.extend_from_slice(line.as_bytes()),
            (None, None) => {}
        }
    }
    law::fate(&program, &law::expand(&program))
}
