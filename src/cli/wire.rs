//! How the command and its workers talk: frames on pipes, a header in JSON and bytes behind it.
//!
//! ```text
//! command → worker    WorkerSetup, then Expand + the file's bytes, as often as there are files
//! worker → command    Starts, Ends, Starts, … and then ExpandedFile + the output's bytes
//! ```

use std::io::{self, ErrorKind, Read, Write};
use std::path::PathBuf;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::os_path;
use super::report::Report;
use super::settings::Settings;
use crate::driver::Barrier;

/// What a worker is told.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum WorkerRequest {
    /// How to expand: the first request of all.
    Setup(Box<WorkerSetup>),
    /// Expand the file at this path, whose bytes follow.
    Expand {
        #[serde(with = "os_path")]
        path: PathBuf,
        /// What ended workers before.
        deaths: Vec<MetBarrier>,
    },
}

/// How to expand.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct WorkerSetup {
    pub settings: Settings,
    /// The files of the run.
    #[serde(with = "os_path::list")]
    pub files: Vec<PathBuf>,
    /// Whether findings are coloured.
    pub coloured: bool,
    /// Whether the steps are wanted, and how.
    pub steps: Steps,
}

/// Whether the steps of expansions are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Steps {
    Unwanted,
    Plain,
    Coloured,
}

/// What a worker answers.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Reply {
    /// Compile-time code starts to run for this place.
    Starts(CodePlace),
    /// What started last has ended.
    Ends,
    /// The file is done; the output's bytes follow, if there is one.
    ExpandedFile(ExpandedFile),
    /// A bug of this tool, in words. The worker ends.
    Crashed(String),
}

/// What became of a file.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct ExpandedFile {
    /// The expanded file; none if there is an error among the findings.
    #[serde(skip)]
    pub output: Option<Vec<u8>>,
    pub has_output: bool,
    pub findings: Vec<Report>,
    /// The steps, rendered.
    pub steps: String,
    /// Whether the output goes with its source.
    pub accompanied: bool,
    /// The megabytes that the worker has taken.
    pub memory: u64,
}

/// A place that compile-time code runs for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodePlace {
    #[serde(with = "os_path")]
    pub path: PathBuf,
    /// In bytes of the file's text.
    pub start: u32,
    pub end: u32,
}

/// What ended a worker, and the place that code ran for then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MetBarrier {
    pub place: CodePlace,
    #[serde(with = "BarrierForm")]
    pub barrier: Barrier,
}

/// How a [`Barrier`] is written: the same variants, by the names of which it is read.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Barrier")]
enum BarrierForm {
    Time(u64),
    Memory(u64),
    Stack,
    Bug(String),
}

/// Sends a header and what belongs to it.
///
/// # Errors
/// When the other side has gone.
pub(crate) fn send(to: &mut impl Write, header: &impl Serialize, bytes: &[u8]) -> io::Result<()> {
    let header = serde_json::to_vec(header)?;
    let lengths = [header.len() as u64, bytes.len() as u64].map(u64::to_le_bytes);
    // One write, so that a small frame is one piece on its way.
    to.write_all(&[&lengths.concat(), &header, bytes].concat())?;
    to.flush()
}

/// The next header with what belongs to it; none at the end.
///
/// # Errors
/// When the other side has gone in the middle of a frame.
pub(crate) fn receive<T: DeserializeOwned>(
    from: &mut impl Read,
) -> io::Result<Option<(T, Vec<u8>)>> {
    let mut lengths = [0; 16];
    match from.read_exact(&mut lengths) {
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
        result => result?,
    }
    let (header, bytes) = lengths.split_at(8);
    let header = take(from, header)?;
    let bytes = take(from, bytes)?;
    Ok(Some((serde_json::from_slice(&header)?, bytes)))
}

fn take(from: &mut impl Read, length: &[u8]) -> io::Result<Vec<u8>> {
    let length = length.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte));
    let mut bytes = Vec::new();
    match from.take(length).read_to_end(&mut bytes)? as u64 == length {
        true => Ok(bytes),
        false => Err(ErrorKind::UnexpectedEof.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_as_they_went() {
        let place = CodePlace { path: "a.py".into(), start: 3, end: 7 };
        let deaths = vec![MetBarrier { place, barrier: Barrier::Time(2) }];
        let expand = WorkerRequest::Expand { path: "b.py".into(), deaths };
        let mut pipe = Vec::new();
        send(&mut pipe, &expand, b"x = 1\n").unwrap();
        send(&mut pipe, &Reply::Ends, b"").unwrap();
        let whole = pipe.clone();
        let mut from = &pipe[..];
        let (header, bytes) = receive::<WorkerRequest>(&mut from).unwrap().unwrap();
        assert_eq!((format!("{header:?}"), &bytes[..]), (format!("{expand:?}"), &b"x = 1\n"[..]));
        assert!(matches!(receive::<Reply>(&mut from), Ok(Some((Reply::Ends, _)))));
        assert!(matches!(receive::<Reply>(&mut from), Ok(None)));
        // Whatever is cut off is told from an end.
        let cut = whole.len() - 1;
        let mut from = &whole[..cut];
        receive::<WorkerRequest>(&mut from).unwrap();
        assert!(receive::<Reply>(&mut from).is_err());
    }
}
