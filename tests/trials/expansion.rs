//! Expands programs that are in memory only, on a thread with the command's stack.

use std::collections::BTreeMap;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::Arc;
use std::thread;

use uneval::Limits;
use uneval::Severity;
use uneval::{Colouring, render};
use uneval::{Driver, Files, Options, RunFiles};

/// As the command has it.
const STACK: usize = 1 << 30;

/// The files of a program by their names.
pub type Texts = BTreeMap<String, String>;

/// A finding that is an error.
#[derive(Clone, Debug)]
pub struct Refusal {
    pub code: String,
    pub message: String,
    /// The files and offsets it points to, the primary one first.
    pub places: Vec<(String, usize)>,
    pub rendered: String,
}

/// What became of a program.
#[derive(Clone, Debug)]
pub enum Expansion {
    Done(Texts),
    Refused(Vec<Refusal>),
    Panicked(String),
}

struct InMemory<'a>(&'a Texts);

impl InMemory<'_> {
    fn text(&self, path: &Path) -> Option<&String> {
        self.0.get(path.strip_prefix("/program").ok()?.to_str()?)
    }
}

impl Files for InMemory<'_> {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let text = self.text(path).ok_or(io::ErrorKind::NotFound)?;
        Ok(text.clone().into_bytes())
    }

    fn is_file(&self, path: &Path) -> bool {
        self.text(path).is_some()
    }

    fn is_dir(&self, path: &Path) -> bool {
        self.0
            .keys()
            .any(|name| Path::new("/program").join(name).ancestors().skip(1).any(|p| p == path))
    }
}

/// Expands every file, with one driver as the command does.
pub fn expand(texts: &Texts) -> Expansion {
    let work = || panic::catch_unwind(AssertUnwindSafe(|| expand_here(texts)));
    let result = thread::scope(|scope| {
        let worker = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        worker.map(thread::ScopedJoinHandle::join)
    });
    match result {
        Ok(Ok(Ok(expansion))) => expansion,
        Ok(Ok(Err(payload)) | Err(payload)) => {
            let text = payload.downcast_ref::<String>().cloned();
            let word = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
            Expansion::Panicked(text.or(word).unwrap_or_default())
        }
        Err(error) => panic!("no thread can be started: {error}"),
    }
}

fn expand_here(texts: &Texts) -> Expansion {
    let memory = InMemory(texts);
    let limits = Limits { steps: 200_000, recursion: 1_000, ..Limits::default() };
    let mut outputs = Texts::new();
    let mut refusals = Vec::new();
    let root = Path::new("/program");
    let files = Arc::new(RunFiles::new(texts.keys().map(|name| root.join(name)).collect()));
    let roots = vec![root.to_owned()];
    let options = Options { limits, roots, files, ..Options::default() };
    let mut driver = Driver::new(&memory, options);
    for name in texts.keys() {
        let outcome = driver.expand(&Path::new("/program").join(name));
        let sources = driver.sources();
        for finding in outcome.findings.iter().filter(|f| f.severity() == Severity::Error) {
            let labels = std::iter::once(&finding.primary).chain(&finding.secondary);
            let place = |label: &uneval::Label| {
                let source = sources.find(label.file)?;
                let name = Path::new(source.name());
                let file = name.strip_prefix(root).unwrap_or(name).to_str()?.to_owned();
                Some((file, usize::from(label.range.start())))
            };
            refusals.push(Refusal {
                code: finding.code.id().to_owned(),
                message: finding.message.clone(),
                places: labels.filter_map(place).collect(),
                rendered: render(std::slice::from_ref(finding), sources, Colouring::Plain),
            });
        }
        match outcome.output.map(String::from_utf8) {
            Some(Ok(output)) => _ = outputs.insert(name.clone(), output),
            Some(Err(_)) => return Expansion::Panicked("the output isn't UTF-8".to_owned()),
            None if refusals.is_empty() => {
                return Expansion::Panicked("neither output nor an error".to_owned());
            }
            None => {}
        }
    }
    if refusals.is_empty() { Expansion::Done(outputs) } else { Expansion::Refused(refusals) }
}
