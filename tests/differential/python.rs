//! A `python3` that runs one program after the other.

use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use super::expansion::Texts;

const RUNNER: &str = include_str!("runner.py");
const WORLD: &str = include_str!("world.py");

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
    /// Where the runner's text is.
    _folder: tempfile::TempDir,
}

impl Python {
    /// Starts one.
    pub fn start() -> io::Result<Python> {
        Python::start_with(RUNNER)
    }

    /// Starts one with another runner, which takes the same requests.
    pub fn start_with(runner: &str) -> io::Result<Python> {
        let folder = tempfile::tempdir()?;
        let script = folder.path().join("runner.py");
        fs::write(&script, runner)?;
        let mut command = Command::new("python3");
        command.args(["-B", "-X", "utf8"]).arg(script);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn()?;
        let requests = child.stdin.take().ok_or(io::ErrorKind::BrokenPipe)?;
        let answers = child.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
        Ok(Python { child, requests, answers: BufReader::new(answers), _folder: folder })
    }

    /// What the program prints, and how it ends.
    pub fn run(&mut self, way: Way, texts: &Texts) -> io::Result<String> {
        let word = match way {
            Way::Plain => "plain",
            Way::Expanded => "expanded",
        };
        let mut files: Vec<(&str, &str)> = vec![("world.py", WORLD)];
        files.extend(texts.iter().map(|(name, text)| (&**name, &**text)));
        Ok(self.ask(word, &files)?.pop().unwrap_or_default())
    }

    /// Smaller texts that are Python, the boldest first.
    pub fn reductions(&mut self, text: &str) -> io::Result<Vec<String>> {
        self.ask("reduce", &[("text", text)])
    }

    /// The runner's answer to a request.
    pub fn ask(&mut self, word: &str, files: &[(&str, &str)]) -> io::Result<Vec<String>> {
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
