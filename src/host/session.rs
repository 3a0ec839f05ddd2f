//! The state of this thread's compile-time Python: what native slots and the host share.
//!
//! RustPython's classes are per thread here, so their companion state is too.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use rustpython_source_file::SourceLocation;
use rustpython_text_size::{TextRange, TextSize};
use rustpython_vm::PyObjectRef;
use rustpython_vm::builtins::PyDictRef;

use super::failure::{Failure, Frame, Message};
use super::moved::Moved;
use super::specialised::Specialised;
use crate::codenode::{Loc, Name, Node, TemporaryId};
use crate::residual::{Mark, Residual};
use crate::source::{FileId, Source};
use crate::staging::Tables;

/// How much compile-time code may use.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Loop rounds and calls of compile-time functions in one expansion.
    pub steps: u64,
    /// Nested Python calls.
    pub recursion: usize,
    /// Rounds of one loop that is unrolled.
    pub rounds: usize,
    /// Megabytes of an expanded file.
    pub output: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { steps: 10_000_000, recursion: 20_000, rounds: 10_000, output: 32 }
    }
}

/// A macro that is running.
#[derive(Default)]
pub(super) struct Activation {
    pub arguments: Vec<Bound>,
    /// The number of its quotations' own variables.
    pub number: u32,
}

/// The code of an argument with the definitions of its variables in their places.
#[derive(Clone, Debug)]
pub struct Followed {
    /// Where there is one definition only.
    pub tree: Node,
    /// Also where there are two, of which a condition chooses one.
    pub branches: Node,
}

/// A parameter of a macro, and what it was bound to.
#[derive(Clone)]
pub(super) struct Bound {
    pub parameter: Name,
    pub value: PyObjectRef,
    /// The argument as it was written.
    pub code: Node,
    pub followed: Option<Followed>,
}

#[derive(Default)]
pub(super) struct Session {
    pub residual: Residual,
    pub tables: Tables,
    pub activations: Vec<Activation>,
    pub failure: Option<Failure>,
    /// The calls that led to the end of what ran last, if it failed, outermost first.
    pub way: Vec<Frame>,
    pub messages: Vec<Message>,
    /// The number of the expansion that runs, so that no value outlives its own.
    pub expansion: u64,
    /// The last number that was given.
    last_expansion: u64,
    /// The last number that quoted variables were given.
    last_quotation: u32,
    /// The functions that `@unroll` made for calls with known arguments.
    pub functions: Vec<Specialised>,
    /// The plain function that an `@unroll` function is in the program, by identity.
    pub plain_functions: HashMap<usize, Node>,
    /// Calls of `@unroll` functions that came to themselves again.
    pub recursed: HashSet<String>,
    /// What was in the way of the `@unroll` function that was left as it is last.
    pub why_kept: Option<Failure>,
    /// The calls of `@unroll` functions that are being worked out.
    pub unrolling: Vec<String>,
    /// How often each mutable object stands in the result, by identity.
    pub returned: HashMap<usize, usize>,
    pub moved: Moved,
    /// What the nodes of a tree were frozen to, by identity, while those that occur several times
    /// are to stay one.
    pub frozen: Option<HashMap<usize, Node>>,
    /// Steps that were put under a condition of the program.
    pub conditional: HashSet<TemporaryId>,
    pub limits: Limits,
    pub steps_left: u64,
    /// The names in use at the call site, and those given out since.
    pub taken: std::collections::BTreeSet<String>,
    /// What `embed` gives, by the source that names it and its path there; or why it can't.
    pub embedded: HashMap<(FileId, String), Result<Vec<u8>, String>>,
    /// Sources by the path under which they were compiled.
    files: HashMap<String, (FileId, Rc<Source>)>,
    /// The variables of the prompt, while its code is running.
    pub prompt: Option<PyDictRef>,
    /// The prompt's functions that are written in Python.
    pub support: Option<PyDictRef>,
    /// What `uneval` at the prompt gives, by number.
    pub trees: Vec<Node>,
    /// The texts of code that ran at the prompt, by name, which tracebacks haven't been told yet.
    pub texts: Vec<(String, String)>,
    /// How many trees were evaluated at the prompt.
    pub evaluated: usize,
    /// How many of them may have bound variables.
    pub bound: usize,
}

/// A program that waits while another is made.
pub(super) struct Aside {
    residual: Residual,
    moved: Moved,
    conditional: HashSet<TemporaryId>,
    expansion: u64,
}

thread_local! {
    static SESSION: RefCell<Session> = RefCell::default();
}

/// Gives access to the session of this thread. `f` must not run Python code.
pub(super) fn with<R>(f: impl FnOnce(&mut Session) -> R) -> R {
    SESSION.with(|session| f(&mut session.borrow_mut()))
}

impl Session {
    /// A number that no variable of quoted code has yet.
    pub fn quotation_number(&mut self) -> u32 {
        self.last_quotation += 1;
        self.last_quotation
    }

    /// Starts an expansion.
    pub fn begin(&mut self) {
        self.residual = Residual::default();
        self.returned.clear();
        self.conditional.clear();
        self.unrolling.clear();
        self.recursed.clear();
        self.why_kept = None;
        self.new_number();
    }

    /// What is recorded from now on is of another expansion.
    pub fn new_number(&mut self) {
        self.last_expansion += 1;
        self.expansion = self.last_expansion;
    }

    /// Starts a program of its own, to go on with the present one later.
    pub fn set_aside(&mut self) -> Aside {
        let aside = Aside {
            residual: std::mem::take(&mut self.residual),
            moved: std::mem::take(&mut self.moved),
            conditional: std::mem::take(&mut self.conditional),
            expansion: self.expansion,
        };
        self.new_number();
        aside
    }

    /// Goes on with the program that was set aside; gives the one that was made meanwhile.
    pub fn take_back(&mut self, aside: Aside) -> Residual {
        self.moved = aside.moved;
        self.conditional = aside.conditional;
        self.expansion = aside.expansion;
        std::mem::replace(&mut self.residual, aside.residual)
    }

    /// Whether a value had no source; then that is forgotten.
    pub fn has_no_source(&mut self) -> bool {
        let found = matches!(self.failure, Some(Failure::NoSource { .. }));
        if found {
            self.failure = None;
        }
        found
    }

    /// Forgets what was recorded since.
    #[must_use]
    pub fn go_back(&mut self, mark: Mark) -> Vec<PyObjectRef> {
        let steps = mark.steps();
        self.residual.go_back(mark);
        self.moved.forget_from(TemporaryId(steps))
    }

    /// Makes a text known, whose code is compiled under the name of its file. What is made from
    /// that has a number besides.
    pub fn add_file(&mut self, file: FileId, source: Rc<Source>) {
        if self.code_path(file).is_some() {
            return;
        }
        let name = source.name();
        let numbered = (2..).map(|number: u32| format!("{name}#{number}"));
        let mut paths = std::iter::once(name.to_owned()).chain(numbered);
        let free = paths.find(|path| !self.files.contains_key(path));
        // There is one among so many.
        let path = free.unwrap_or_default();
        self.files.insert(path, (file, source));
    }

    /// The path under which the code of a file is compiled.
    pub fn code_path(&self, file: FileId) -> Option<&str> {
        let (path, _) = self.files.iter().find(|(_, (known, _))| *known == file)?;
        Some(path)
    }

    /// Forgets the texts of all files.
    pub fn forget_files(&mut self) {
        self.files.clear();
    }

    /// Makes an input of the prompt known, under its own name.
    pub fn add_input(&mut self, file: FileId, source: &Rc<Source>) {
        let name = source.name().to_owned();
        if self.files.insert(name.clone(), (file, source.clone())).is_none() {
            self.texts.push((name, source.text().to_owned()));
        }
    }

    /// Makes a text known that a tree was printed as; its name.
    pub fn remember_text(&mut self, text: &str) -> String {
        self.evaluated += 1;
        let name = format!("<tree-{}>", self.evaluated);
        self.texts.push((name.clone(), text.to_owned()));
        name
    }

    pub fn file(&self, path: &str) -> Option<FileId> {
        self.files.get(path).map(|(file, _)| *file)
    }

    /// The place between two locations of the interpreter: lines from 1, UTF-8 columns from 1.
    pub fn loc(&self, file: FileId, start: SourceLocation, end: SourceLocation) -> Option<Loc> {
        let (_, source) = self.files.values().find(|(id, _)| *id == file)?;
        let offset = |at: SourceLocation| {
            let line = source.lines().start(at.line.to_zero_indexed());
            let column = u32::try_from(at.character_offset.to_zero_indexed()).ok()?;
            Some(line + TextSize::from(column))
        };
        let (start, end) = (offset(start)?, offset(end)?);
        (start <= end).then(|| Loc { file, range: TextRange::new(start, end) })
    }

    pub fn source(&self, file: FileId) -> Option<&Rc<Source>> {
        self.files.values().find(|(id, _)| *id == file).map(|(_, source)| source)
    }

    /// Whether code at `loc` stands in a block that would catch the program's exceptions.
    pub fn is_guarded(&self, loc: Loc) -> bool {
        let inside = |(file, range): &(FileId, TextRange)| {
            *file == loc.file && range.contains_range(loc.range)
        };
        self.tables.guarded.iter().any(inside)
    }
}
