//! What holds for every program, whatever is in it.
//!
//! - There is no panic and no end in sight.
//! - There is output, or an error among the findings, and never both.
//! - Labels and fixes are in their files, at characters, and the findings can be shown.
//! - Output that isn't the input is Python, and expands to itself.

use std::cell::RefCell;
use std::collections::HashMap;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use rustpython_parser::parse_module;
use rustpython_text_size::TextRange;
use uneval::Limits;
use uneval::{Colouring, render};
use uneval::{Driver, Files, Options, Outcome};
use uneval::{Finding, Label, Severity};
use uneval::{Source, Sources};

use super::heavy::is_heavy;

/// A thread's stack, as the command has it.
const STACK: usize = 1 << 30;

/// How many programs a driver is used for: it keeps all texts, and its interpreter is never freed.
const OF_ONE_DRIVER: usize = 300;

/// How long a program may take, on a machine that has much else to do.
const LONGEST: Duration = Duration::from_secs(60);

/// The files of a program by their names, the first one being the one to run.
pub type Program = Vec<(String, Vec<u8>)>;

/// A file's output; none if there is an error.
pub type Output = Option<Vec<u8>>;

/// What became of a program's first file, for those who count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It wasn't run.
    LeftOut,
    /// There was an error.
    Refused,
    /// It came out as it went in.
    Same,
    Expanded,
}

/// What became of the program's first file.
pub fn fate(program: &Program, outputs: &[Output]) -> Fate {
    match (program.first(), outputs.first()) {
        (_, None) | (None, _) => Fate::LeftOut,
        (_, Some(None)) => Fate::Refused,
        (Some((_, source)), Some(Some(output))) if source == output => Fate::Same,
        _ => Fate::Expanded,
    }
}

/// Expands every file of a program, and panics if a law is broken. Gives no outputs for a program
/// that isn't to be run.
pub fn expand(program: &Program) -> Vec<Output> {
    if program.iter().any(|(_, bytes)| is_heavy(&String::from_utf8_lossy(bytes))) {
        return Vec::new();
    }
    thread_local!(static WORKER: RefCell<Option<Worker>> = const { RefCell::new(None) });
    let answer = WORKER.with_borrow_mut(|worker| {
        let answer = worker.get_or_insert_with(Worker::start).ask(program);
        // After a panic, what it left behind isn't used again.
        if answer.is_err() {
            *worker = None;
        }
        answer
    });
    match answer {
        Ok(outputs) => outputs,
        Err(broken) => panic!("{broken}\n{}", listing(program)),
    }
}

/// Does `work` where deep code fits.
pub fn with_large_stack<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    thread::scope(|scope| {
        let worker = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        match worker.expect("a thread can be started").join() {
            Ok(result) => result,
            Err(payload) => panic::resume_unwind(payload),
        }
    })
}

/// The program for people.
fn listing(program: &Program) -> String {
    let file = |(name, bytes): &(String, Vec<u8>)| match str::from_utf8(bytes) {
        Ok(text) => format!("--- {name}\n{text}\n"),
        Err(_) => format!("--- {name}\n{}\n", bytes.escape_ascii()),
    };
    program.iter().map(file).collect()
}

type Answer = Result<Vec<Output>, String>;

/// A thread with a large stack and a driver.
struct Worker {
    orders: Sender<Program>,
    answers: Receiver<Answer>,
}

impl Worker {
    fn start() -> Worker {
        let (orders, received) = mpsc::channel();
        let (answer, answers) = mpsc::channel();
        let work = move || while work(&received, &answer) {};
        thread::Builder::new().stack_size(STACK).spawn(work).expect("a thread can be started");
        Worker { orders, answers }
    }

    fn ask(&self, program: &Program) -> Answer {
        let gone = |_| "the thread has ended".to_owned();
        self.orders.send(program.clone()).map_err(|_| gone(()))?;
        self.answers.recv_timeout(LONGEST).map_err(|why| format!("no answer: {why}"))?
    }
}

/// Does what is ordered with one driver. Whether there may be more orders.
fn work(orders: &Receiver<Program>, answers: &Sender<Answer>) -> bool {
    let files = InMemory::default();
    #[allow(clippy::needless_update, reason = "a limit that is added has its default here")]
    let limits =
        Limits { steps: 20_000, recursion: 500, rounds: 1_000, output: 1, ..Limits::default() };
    let mut driver = Driver::new(&files, Options { limits, ..Options::default() });
    for number in 0..OF_ONE_DRIVER {
        let Ok(program) = orders.recv() else { return false };
        let check = || check(&mut driver, &files, &program, number);
        match panic::catch_unwind(AssertUnwindSafe(check)) {
            Ok(answer) => {
                if answers.send(answer).is_err() {
                    return false;
                }
            }
            Err(payload) => {
                let word = payload.downcast_ref::<&str>().map(|word| (*word).to_owned());
                let words = payload.downcast_ref::<String>().cloned().or(word);
                // In disorder, it is better not touched again.
                std::mem::forget(driver);
                let _ = answers.send(Err(format!("a panic: {}", words.unwrap_or_default())));
                return false;
            }
        }
    }
    true
}

/// Expands every file of the program, and then every file of its output.
fn check(driver: &mut Driver<'_>, files: &InMemory, program: &Program, number: usize) -> Answer {
    let outputs = expand_all(driver, files, program, &format!("/{number}/source"))?;
    let unchanged = |((_, source), output): (&(String, Vec<u8>), &Output)| {
        output.as_ref().is_none_or(|output| output == source)
    };
    if program.iter().zip(&outputs).all(unchanged) {
        return Ok(outputs);
    }
    let expanded: Program = program
        .iter()
        .zip(&outputs)
        .map(|((name, source), output)| (name.clone(), output.as_ref().unwrap_or(source).clone()))
        .collect();
    let again = expand_all(driver, files, &expanded, &format!("/{number}/output"))?;
    for (((name, before), output), again) in expanded.iter().zip(&outputs).zip(again) {
        if output.is_some() && again.as_ref() != Some(before) {
            let shown = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            let again = again.map_or("an error".to_owned(), |again| shown(&again));
            let before = shown(before);
            return Err(format!("{name} expands to\n{before}\nand that expands to\n{again}"));
        }
    }
    Ok(outputs)
}

/// Expands every file, in a folder of its own: a driver reads a module once.
fn expand_all(
    driver: &mut Driver<'_>,
    files: &InMemory,
    program: &Program,
    folder: &str,
) -> Result<Vec<Output>, String> {
    let path = |name: &String| Path::new(folder).join(name);
    let texts = program.iter().map(|(name, bytes)| (path(name), bytes.clone())).collect();
    *files.0.borrow_mut() = texts;
    let expand = |(name, bytes): &(String, Vec<u8>)| {
        let outcome = driver.expand(&path(name));
        outcome_holds(&outcome, bytes, driver.sources()).map_err(|why| format!("{name}: {why}"))?;
        Ok(outcome.output)
    };
    program.iter().map(expand).collect()
}

fn outcome_holds(outcome: &Outcome, source: &[u8], sources: &Sources) -> Result<(), String> {
    for finding in &outcome.findings {
        finding_holds(finding, sources)?;
    }
    let rendered = render(&outcome.findings, sources, Colouring::Plain);
    let has_error = outcome.findings.iter().any(|f| f.severity() == Severity::Error);
    match &outcome.output {
        None if !has_error => Err(format!("neither output nor an error\n{rendered}")),
        Some(_) if has_error => Err(format!("output in spite of an error\n{rendered}")),
        Some(output) if output != source => {
            let decoded = Source::decode("output", output).map_err(|why| why.to_string())?;
            match parse_module(decoded.text()) {
                Ok(_) => Ok(()),
                Err(why) => Err(format!("the output isn't Python: {why}\n{}", decoded.text())),
            }
        }
        _ => Ok(()),
    }
}

fn finding_holds(finding: &Finding, sources: &Sources) -> Result<(), String> {
    let words = || format!("{} {}", finding.code.id(), finding.message);
    let holds = |label: &Label, range: TextRange| match sources.find(label.file) {
        None => Err(format!("a label is in no file: {}", words())),
        Some(source) if is_within(&source, range) => Ok(()),
        Some(source) => Err(format!("{range:?} isn't in {}: {}", source.name(), words())),
    };
    for label in std::iter::once(&finding.primary).chain(&finding.secondary) {
        holds(label, label.range)?;
    }
    let Some(fix) = &finding.fix else { return Ok(()) };
    let mut ranges: Vec<TextRange> = fix.edits.iter().map(|(range, _)| *range).collect();
    ranges.sort_by_key(|range| (range.start(), range.end()));
    if ranges.windows(2).any(|pair| pair[0].end() > pair[1].start()) {
        return Err(format!("two edits of a fix meet: {}", words()));
    }
    ranges.into_iter().try_for_each(|range| holds(&finding.primary, range))
}

fn is_within(source: &Rc<Source>, range: TextRange) -> bool {
    source.text().get(usize::from(range.start())..usize::from(range.end())).is_some()
}

/// The files of the program that is expanded.
#[derive(Default)]
struct InMemory(RefCell<HashMap<PathBuf, Vec<u8>>>);

impl Files for InMemory {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let files = self.0.borrow();
        Ok(files.get(path).ok_or(io::ErrorKind::NotFound)?.clone())
    }

    fn is_file(&self, path: &Path) -> bool {
        self.0.borrow().contains_key(path)
    }

    fn is_dir(&self, path: &Path) -> bool {
        self.0.borrow().keys().any(|file| file != path && file.starts_with(path))
    }
}
