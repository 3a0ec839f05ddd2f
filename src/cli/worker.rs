//! The other end of the pipes: a process that expands files for the command, and may die of them.
//!
//! Its first thread only listens, so that it ends when the command does, whatever it is doing.

use std::cell::RefCell;
use std::io::{self, Stdout};
use std::path::Path;
use std::process::{self, ExitCode};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::thread::Builder;

use rustpython_text_size::TextRange;

use super::disk::Disk;
use super::memory::{self, Memory};
use super::report::Report;
use super::wire::{self, CodePlace, ExpandedFile, Reply, Steps, WorkerRequest, WorkerSetup};
use super::{stack, trace};
use crate::diagnostic::render::Colouring;
use crate::driver::{Driver, Options, RunFiles, Running, Trace, Watch};

type Order = (WorkerRequest, Vec<u8>);

/// Works until the command closes the pipe.
pub(crate) fn main(memory: &'static Memory) -> ExitCode {
    let (orders, work) = mpsc::channel();
    let thread = Builder::new().spawn(move || run(work, memory));
    if thread.is_err() {
        return ExitCode::FAILURE;
    }
    let mut input = io::stdin().lock();
    while let Ok(Some(order)) = wire::receive::<WorkerRequest>(&mut input) {
        if orders.send(order).is_err() {
            break;
        }
    }
    // At once, and without waiting for what may never end.
    process::exit(0)
}

fn run(mut work: Receiver<Order>, memory: &Memory) {
    let Ok((WorkerRequest::Setup(setup), _)) = work.recv() else { return };
    let files = Arc::new(RunFiles::new(setup.files.clone()));
    loop {
        // The compile-time Python belongs to its thread. When code of a file may have done something
        // to its modules, that isn't to be seen by the code of other files.
        match stack::with_large(|| serve(&setup, &files, work, memory)) {
            Ok(Some(rest)) => work = rest,
            Ok(None) => break,
            Err(crash) => {
                let reply = Reply::Crashed(crash.words().to_owned());
                let _ = wire::send(&mut io::stdout(), &reply, &[]);
                break;
            }
        }
    }
    process::exit(0)
}

/// Expands files with one driver, until there are none, or it is used up: then the rest is given
/// back.
fn serve(
    setup: &WorkerSetup,
    files: &Arc<RunFiles>,
    work: Receiver<Order>,
    memory: &Memory,
) -> Option<Receiver<Order>> {
    // The command has seen that the settings make sense.
    let options = setup.settings.options().ok()?;
    let trace = if setup.steps == Steps::Unwanted { Trace::Off } else { Trace::On };
    let files = Arc::clone(files);
    let mut driver = Driver::new(&Disk, Options { trace, files, ..options });
    driver.guard().watch = Some(Rc::new(Teller(RefCell::new(io::stdout()))));
    while let Ok((WorkerRequest::Expand { path, deaths }, bytes)) = work.recv() {
        memory::allow(memory, setup.settings.megabytes());
        let barriers = deaths.into_iter().map(|death| (death.place.into(), death.barrier));
        driver.guard().barriers = barriers.collect();
        let mut expanded = expand(&mut driver, setup, &path, &bytes);
        expanded.memory = memory::taken(memory);
        let output = expanded.output.take().unwrap_or_default();
        wire::send(&mut io::stdout(), &Reply::ExpandedFile(expanded), &output).ok()?;
        if driver.is_used() {
            return Some(work);
        }
    }
    None
}

fn expand(driver: &mut Driver<'_>, setup: &WorkerSetup, path: &Path, bytes: &[u8]) -> ExpandedFile {
    let outcome = driver.expand_bytes(path, bytes);
    let sources = driver.sources();
    let style = if setup.coloured { Colouring::Coloured } else { Colouring::Plain };
    let findings = outcome.findings.iter().map(|f| Report::new(f, sources, style)).collect();
    let steps = match setup.steps {
        Steps::Unwanted => String::new(),
        Steps::Plain => trace::render(&outcome.steps, Some(sources), Colouring::Plain),
        Steps::Coloured => trace::render(&outcome.steps, Some(sources), Colouring::Coloured),
    };
    let has_output = outcome.output.is_some();
    let accompanied = outcome.accompanied;
    ExpandedFile { output: outcome.output, has_output, findings, steps, accompanied, memory: 0 }
}

/// Tells the command what runs.
struct Teller(RefCell<Stdout>);

impl Teller {
    fn tell(&self, reply: &Reply) {
        // If the command has gone, this process is about to go, too.
        let _ = wire::send(&mut *self.0.borrow_mut(), reply, &[]);
    }
}

impl Watch for Teller {
    fn starts(&self, running: &Running) {
        let (start, end) = (running.range.start().to_u32(), running.range.end().to_u32());
        self.tell(&Reply::Starts(CodePlace { path: running.path.clone(), start, end }));
    }

    fn ends(&self) {
        self.tell(&Reply::Ends);
    }
}

impl From<CodePlace> for Running {
    fn from(place: CodePlace) -> Running {
        let (start, end) = (place.start.min(place.end), place.end);
        Running { path: place.path, range: TextRange::new(start.into(), end.into()) }
    }
}
