//! A worker as a process: this program once more, with pipes for its input and output.
//!
//! It tells what it is doing. When that takes too long, it is killed; when it dies by itself, the
//! last words of its runtime tell of what.

use std::env;
use std::io::{self, BufReader, ErrorKind, Read};
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::Worker;
use crate::cli::wire::{
    self, CodePlace, ExpandedFile, MetBarrier, Reply, WorkerRequest, WorkerSetup,
};
use crate::driver::Barrier;

/// The hidden verb that makes this program a worker.
pub(crate) const VERB: &str = "worker";

/// A worker that has taken this part of the memory it may take for one file is replaced.
const WORN: u64 = 4;

/// How a worker ended.
#[derive(Debug)]
pub(crate) enum Death {
    /// At a barrier, while code ran for this place; none if it wasn't running any.
    Barrier(Option<CodePlace>, Barrier),
    /// By a bug of this tool, in words.
    Bug(String),
}

/// A process that expands files.
pub(crate) struct Process {
    child: Child,
    requests: ChildStdin,
    replies: Receiver<(Reply, Vec<u8>)>,
    /// Reads the last words.
    words: Option<JoinHandle<String>>,
    seconds: u64,
    megabytes: u64,
    taken: u64,
}

impl Process {
    /// Starts a worker.
    ///
    /// # Errors
    /// When the system doesn't start it.
    pub(crate) fn start(setup: &WorkerSetup) -> io::Result<Process> {
        let mut command = Command::new(env::current_exe()?);
        command.arg(VERB).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        // A worker that is out of memory says so, and nothing else.
        let mut child = command.env("RUST_BACKTRACE", "0").spawn()?;
        let missing = || io::Error::other("it has no pipes");
        let mut requests = child.stdin.take().ok_or_else(missing)?;
        let output = child.stdout.take().ok_or_else(missing)?;
        let errors = child.stderr.take().ok_or_else(missing)?;
        let (replying, replies) = mpsc::channel();
        thread::Builder::new().spawn(move || {
            let mut output = BufReader::new(output);
            while let Ok(Some(reply)) = wire::receive(&mut output) {
                if replying.send(reply).is_err() {
                    break;
                }
            }
        })?;
        let words = thread::Builder::new().spawn(move || last_words(errors))?;
        wire::send(&mut requests, &WorkerRequest::Setup(Box::new(setup.clone())), &[])?;
        let (seconds, megabytes) = (setup.settings.seconds(), setup.settings.megabytes());
        Ok(Process { child, requests, replies, words: Some(words), seconds, megabytes, taken: 0 })
    }

    /// What the worker died of, while code ran for `place`.
    fn died(&mut self, place: Option<CodePlace>) -> Death {
        let status = self.child.wait().map(|status| status.to_string()).unwrap_or_default();
        let words = self.words.take().and_then(|words| words.join().ok()).unwrap_or_default();
        if words.contains("memory allocation of") {
            Death::Barrier(place, Barrier::Memory(self.megabytes))
        } else if words.contains("overflowed its stack") {
            Death::Barrier(place, Barrier::Stack)
        } else {
            let words = words.lines().last().unwrap_or_default();
            Death::Bug(format!("a worker ended ({status}) {words}").trim_end().to_owned())
        }
    }
}

impl Worker for Process {
    fn expand(
        &mut self,
        path: &Path,
        bytes: &[u8],
        deaths: &[MetBarrier],
    ) -> Result<ExpandedFile, Death> {
        let request = WorkerRequest::Expand { path: path.to_owned(), deaths: deaths.to_vec() };
        if let Err(error) = wire::send(&mut self.requests, &request, bytes) {
            return Err(match error.kind() {
                ErrorKind::BrokenPipe => self.died(None),
                _ => Death::Bug(format!("a worker can't be told what to do: {error}")),
            });
        }
        let mut running: Vec<CodePlace> = Vec::new();
        loop {
            match self.replies.recv_timeout(Duration::from_secs(self.seconds)) {
                Ok((Reply::Starts(place), _)) => running.push(place),
                Ok((Reply::Ends, _)) => drop(running.pop()),
                Ok((Reply::ExpandedFile(mut expanded), output)) => {
                    expanded.output = expanded.has_output.then_some(output);
                    self.taken = expanded.memory;
                    return Ok(expanded);
                }
                // A size that no memory has.
                Ok((Reply::Crashed(words), _)) if words.starts_with("capacity overflow") => {
                    return Err(Death::Barrier(running.pop(), Barrier::Memory(self.megabytes)));
                }
                Ok((Reply::Crashed(words), _)) => {
                    return Err(match running.pop() {
                        Some(place) => Death::Barrier(Some(place), Barrier::Bug(words)),
                        None => Death::Bug(words),
                    });
                }
                Err(RecvTimeoutError::Timeout) => {
                    return Err(Death::Barrier(running.pop(), Barrier::Time(self.seconds)));
                }
                Err(RecvTimeoutError::Disconnected) => return Err(self.died(running.pop())),
            }
        }
    }

    fn is_worn(&self) -> bool {
        self.taken > self.megabytes / WORN
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may be dead already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The end of what is written there.
fn last_words(mut from: ChildStderr) -> String {
    const KEPT: usize = 4096;
    let (mut kept, mut piece) = (Vec::new(), [0; KEPT]);
    while let Ok(length @ 1..) = from.read(&mut piece) {
        kept.extend_from_slice(piece.get(..length).unwrap_or_default());
        kept.drain(..kept.len().saturating_sub(KEPT));
    }
    String::from_utf8_lossy(&kept).into_owned()
}
