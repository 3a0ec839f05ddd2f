//! A folder of its own for a test of the command, and runs of the command in it.

#![allow(dead_code, reason = "each test uses a part of it")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A program with a macro, and what it expands to.
pub const APP: &str = "\
from cython.meta import macro

@macro
def half(x):
    return x / 2

n = 10
print(half(n))     # five
";

/// A program without a macro, in no encoding in particular.
pub const PLAIN: &[u8] = b"# plain\r\nx = 1 # \xc3\xa9\r\n";

/// A program that a macro can't be expanded in.
pub const BROKEN: &str = "\
from cython.meta import macro

@macro
def half(x):
    return x / 2

print(half())
";

/// A folder of its own for a test, and runs of the command in it.
pub struct Sandbox(pub tempfile::TempDir);

pub struct Run {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Sandbox {
    pub fn new(files: &[(&str, &[u8])]) -> Sandbox {
        let sandbox = Sandbox(tempfile::tempdir().unwrap());
        for (name, bytes) in files {
            sandbox.write(name, bytes);
        }
        sandbox
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Every file there is, sorted.
    pub fn files(&self) -> Vec<String> {
        fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() && !path.is_symlink() {
                    collect(&path, files);
                } else {
                    files.push(path);
                }
            }
        }
        let mut files = Vec::new();
        collect(self.0.path(), &mut files);
        let relative = files.iter().map(|f| f.strip_prefix(self.0.path()).unwrap());
        let mut names: Vec<_> = relative.map(|f| f.display().to_string()).collect();
        names.sort();
        names
    }

    pub fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_uneval"));
        command.args(arguments.split_whitespace()).current_dir(self.0.path());
        command
    }

    /// Runs the command with arguments that are separated by spaces.
    pub fn run(&self, arguments: &str) -> Run {
        self.run_with(arguments, b"")
    }

    pub fn run_with(&self, arguments: &str, input: &[u8]) -> Run {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // The command may end without reading.
        let _ = child.stdin.take().unwrap().write_all(input);
        Run::of(child.wait_with_output().unwrap())
    }
}

impl Run {
    pub fn of(output: Output) -> Run {
        Run {
            status: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    #[track_caller]
    pub fn expect(self, status: i32, out: &str, err: &str) {
        assert_eq!((self.status, &*self.out, &*self.err), (status, out, err));
    }

    #[track_caller]
    pub fn refuses(self, why: &str) {
        assert_eq!((self.status, &*self.out), (2, ""), "{}", self.err);
        assert!(self.err.starts_with(&format!("error: {why}\n")), "{}", self.err);
    }
}
