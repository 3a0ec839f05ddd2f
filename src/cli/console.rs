//! What the command says to a person: on standard output, on standard error, by its exit status.

use std::env;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

use clap::ColorChoice;

use crate::diagnostic::render::Colouring;

/// How a run ended; worse is greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// As it should.
    Success,
    /// With errors among the findings, or a file that can't be written.
    Errors,
    /// The command line makes no sense.
    Usage,
    /// As the program that was run wants it to.
    Program(u8),
    /// With a bug of this tool.
    Internal,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Success => 0,
            Status::Errors => 1,
            Status::Usage => 2,
            Status::Program(status) => status,
            Status::Internal => 101,
        })
    }
}

/// Why a verb stops before it is done.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The command line makes no sense; why.
    Usage(String),
    /// Something outside the tool went wrong; what.
    Failure(String),
    /// Whoever reads standard output has had enough.
    Hangup,
}

/// Standard output and standard error.
pub(crate) struct Console {
    choice: ColorChoice,
    style: Colouring,
}

impl Console {
    /// A console that colours as asked.
    pub(crate) fn new(choice: ColorChoice) -> Self {
        let coloured = is_coloured(choice, &io::stderr());
        Self { choice, style: if coloured { Colouring::Coloured } else { Colouring::Plain } }
    }

    /// How findings are to be dressed.
    pub(crate) fn style(&self) -> Colouring {
        self.style
    }

    /// Whether what is printed is to be coloured.
    pub(crate) fn colours_output(&self) -> bool {
        is_coloured(self.choice, &io::stdout())
    }

    /// Writes to standard output.
    pub(crate) fn print(&self, bytes: &[u8]) -> Result<(), Stop> {
        let mut out = io::stdout().lock();
        out.write_all(bytes).and_then(|()| out.flush()).map_err(|error| match error.kind() {
            ErrorKind::BrokenPipe => Stop::Hangup,
            _ => Stop::Failure(format!("can't write to standard output: {error}")),
        })
    }

    /// Writes to standard error. If that is closed there is nobody to tell.
    pub(crate) fn complain(&self, text: &str) {
        let _ = io::stderr().write_all(text.as_bytes());
    }

    /// Says why a verb stopped, and how the run ends because of it.
    pub(crate) fn stop(&self, stop: &Stop) -> Status {
        match stop {
            Stop::Usage(why) => {
                self.complain(&format!("error: {why}\n\nFor more information, try '--help'.\n"));
                Status::Usage
            }
            Stop::Failure(what) => {
                self.complain(&format!("error: {what}\n"));
                Status::Errors
            }
            Stop::Hangup => Status::Success,
        }
    }
}

fn is_coloured(choice: ColorChoice, stream: &impl IsTerminal) -> bool {
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => stream.is_terminal() && !is_plain_wanted(),
    }
}

/// Whether the environment asks for no colours, or has a terminal without them.
fn is_plain_wanted() -> bool {
    let is = |name, test: fn(&str) -> bool| {
        env::var_os(name).is_some_and(|value| test(&value.to_string_lossy()))
    };
    is("NO_COLOR", |value| !value.is_empty()) || is("TERM", |value| value == "dumb")
}
