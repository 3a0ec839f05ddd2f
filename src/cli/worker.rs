//! The other end of the pipes: a process that expands files for the command, and may die of them.
//!
//! Its first thread only listens, so that it ends when the command does, whatever it is doing.

use std::cell::RefCell;
use std::io::{self, Stdout, Write};
use std::path::Path;
use std::process::{self, ExitCode};
use std::rc::Rc;
use std::sync::mpsc::{self, Receiver};
use std::thread::Builder;

use rustpython_text_size::TextRange;

use super::disk::Disk;
use super::memory::{self, Memory};
use super::report::Report;
use super::wire::{self, Barrier, Expanded, Place, Reply, Request, Setup, Steps};
use super::{crash, stack, trace};
use crate::diagnostic::render::Style;
use crate::driver::{Driver, Running, Trace, Watch};

type Order = (Request, Vec<u8>);

/// Works until the command closes the pipe.
pub fn main(memory: &'static Memory) -> ExitCode {
    let (orders, work) = mpsc::channel();
    let thread = Builder::new().stack_size(stack::LARGE).spawn(move || run(&work, memory));
    if thread.is_err() {
        return ExitCode::FAILURE;
    }
    let mut input = io::stdin().lock();
    while let Ok(Some(order)) = wire::receive::<Request>(&mut input) {
        if orders.send(order).is_err() {
            break;
        }
    }
    // At once, and without waiting for what may never end.
    process::exit(0)
}

fn run(work: &Receiver<Order>, memory: &Memory) {
    let Ok((Request::Setup(setup), _)) = work.recv() else { return };
    let said = crash::catch(|| serve(&setup, work, memory));
    if let Err(crash) = said {
        let _ = wire::send(&mut io::stdout(), &Reply::Crashed(crash.words().to_owned()), &[]);
    }
    process::exit(0)
}

fn serve(setup: &Setup, work: &Receiver<Order>, memory: &Memory) {
    // The command has seen that they make sense.
    let Ok(options) = setup.settings.options() else { return };
    let trace = if setup.steps == Steps::Unwanted { Trace::Off } else { Trace::On };
    let mut driver = Driver::new(&Disk, crate::driver::Options { trace, ..options });
    let teller = Rc::new(Teller(RefCell::new(io::stdout())));
    driver.guard().watch = Some(teller.clone());
    while let Ok((Request::Expand { path, walls }, bytes)) = work.recv() {
        memory::allow(memory, setup.settings.megabytes());
        driver.guard().walls = walls.into_iter().map(|(p, b)| (p.into(), b.into())).collect();
        let mut expanded = expand(&mut driver, setup, &path, &bytes);
        expanded.memory = memory::taken(memory);
        let output = expanded.output.take().unwrap_or_default();
        if teller.tell(&Reply::Expanded(expanded), &output).is_err() {
            return;
        }
    }
}

fn expand(driver: &mut Driver<'_>, setup: &Setup, path: &Path, bytes: &[u8]) -> Expanded {
    let outcome = driver.expand_bytes(path, bytes);
    let sources = driver.sources();
    let style = if setup.coloured { Style::Coloured } else { Style::Plain };
    let findings = outcome.findings.iter().map(|f| Report::new(f, sources, style)).collect();
    let steps = match setup.steps {
        Steps::Unwanted => String::new(),
        Steps::Plain => trace::render(&outcome.steps, Some(sources), Style::Plain),
        Steps::Coloured => trace::render(&outcome.steps, Some(sources), Style::Coloured),
    };
    let has_output = outcome.output.is_some();
    Expanded { output: outcome.output, has_output, findings, steps, memory: 0 }
}

/// Tells the command what runs.
struct Teller(RefCell<Stdout>);

impl Teller {
    fn tell(&self, reply: &Reply, bytes: &[u8]) -> io::Result<()> {
        let mut out = self.0.borrow_mut();
        wire::send(&mut *out, reply, bytes)?;
        out.flush()
    }
}

impl Watch for Teller {
    fn starts(&self, running: &Running) {
        let (start, end) = (running.range.start().to_u32(), running.range.end().to_u32());
        // If the command has gone, this process is about to go, too.
        let _ = self.tell(&Reply::Starts(Place { path: running.path.clone(), start, end }), &[]);
    }

    fn ends(&self) {
        let _ = self.tell(&Reply::Ends, &[]);
    }
}

impl From<Place> for Running {
    fn from(place: Place) -> Running {
        let (start, end) = (place.start.min(place.end), place.end);
        Running { path: place.path, range: TextRange::new(start.into(), end.into()) }
    }
}

impl From<Barrier> for crate::driver::Wall {
    fn from(barrier: Barrier) -> Self {
        match barrier {
            Barrier::Time(seconds) => Self::Time(seconds),
            Barrier::Memory(megabytes) => Self::Memory(megabytes),
            Barrier::Stack => Self::Stack,
        }
    }
}
