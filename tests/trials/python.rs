//! A `python3` that runs one program after the other.

use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use super::expansion::Texts;

/// What all runners use.
const SHARED: &[(&str, &str)] = &[
    ("protocol.py", include_str!("protocol.py")),
    ("reductions.py", include_str!("reductions.py")),
];

/// How to run a program.
#[derive(Clone, Copy, Debug)]
pub enum Way {
    /// With decorators that change nothing.
    Plain,
    /// Without any compile-time module.
    Expanded,
}

/// A running `runner.py`.
pub struct Python {
    child: Child,
    requests: ChildStdin,
    answers: BufReader<ChildStdout>,
    /// The text that smaller ones were last asked for of, and those.
    reduced: (String, Vec<String>),
    /// Where the runner's files are.
    _folder: tempfile::TempDir,
}

impl Python {
    /// Starts `runner.py`, one of these files.
    pub fn start(files: &[(&str, &str)]) -> io::Result<Python> {
        let folder = tempfile::tempdir()?;
        for (name, text) in [files, SHARED].concat() {
            fs::write(folder.path().join(name), text)?;
        }
        let mut command = Command::new("python3");
        command.args(["-B", "-X", "utf8"]).arg(folder.path().join("runner.py"));
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn()?;
        let requests = child.stdin.take().ok_or(io::ErrorKind::BrokenPipe)?;
        let answers = BufReader::new(child.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?);
        let reduced = Default::default();
        Ok(Python { child, requests, answers, reduced, _folder: folder })
    }

    /// What the program prints, and how it ends.
    pub fn run(&mut self, way: Way, texts: &Texts) -> io::Result<String> {
        let word = match way {
            Way::Plain => "plain",
            Way::Expanded => "expanded",
        };
        let files: Vec<_> = texts.iter().map(|(name, text)| (&**name, &**text)).collect();
        Ok(self.ask(word, &files)?.pop().unwrap_or_default())
    }

    /// The `at`-th of the smaller texts that are Python, the boldest first.
    pub fn reduction(&mut self, text: &str, at: usize) -> io::Result<Option<String>> {
        if self.reduced.0 != text {
            self.reduced = (text.to_owned(), self.ask("reduce", &[("text", text)])?);
        }
        Ok(self.reduced.1.get(at).cloned())
    }

    /// The runner's answer to a request.
    fn ask(&mut self, word: &str, files: &[(&str, &str)]) -> io::Result<Vec<String>> {
        let mut request = format!("{word} {}\n", files.len()).into_bytes();
        for (name, text) in files {
            request.extend(format!("{name} {}\n", text.len()).bytes());
            request.extend(text.bytes());
        }
        self.requests.write_all(&request)?;
        self.requests.flush()?;
        let count = self.number()?;
        (0..count).map(|_| self.text()).collect()
    }

    fn number(&mut self) -> io::Result<usize> {
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        line.trim().parse().map_err(|_| io::Error::other("the runner ended"))
    }

    fn text(&mut self) -> io::Result<String> {
        let mut bytes = vec![0; self.number()?];
        self.answers.read_exact(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

impl Drop for Python {
    fn drop(&mut self) {
        // It may have ended by itself.
        _ = self.child.kill();
        _ = self.child.wait();
    }
}
