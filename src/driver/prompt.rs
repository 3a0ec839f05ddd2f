//! A session at the prompt: inputs go in, one after the other, and run.
//!
//! Each statement is expanded among those before it and then runs on the host, in one namespace.
//! The code of those that completed is remembered. Pure, as all of the driver: what programs
//! write, and what there is to say, goes to the listener.

mod memory;

mod why;

mod imports;

mod forms;

mod expansion;

mod following;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use rustpython_ast::{Alias, AtomicNodeIndex, Expr, Identifier, Stmt, StmtImportFrom};
use rustpython_text_size::{Ranged as _, TextRange, TextSize};

use self::memory::SessionMemory;
use super::{Driver, ExpansionStep, Files, Options};
use crate::codenode::{Node, free_variables};
use crate::diagnostic::render::{Colouring, render};
use crate::diagnostic::{Finding, Severity};
use crate::expand::Module;
use crate::host::{Host, Namespace};
use crate::picture::{self, Ink, Titled};

pub(crate) use crate::host::{Display, Ended, Interrupt, Interrupter, Stream};

/// What a session has to tell while it runs an input.
#[derive(Clone, Debug)]
pub(crate) enum Event {
    /// The program wrote this.
    Wrote(Stream, String),
    /// Findings, rendered.
    Said(String),
    /// One more statement of the input has run, to its end or to an exception.
    Ran,
}

/// Hears what a session tells.
pub(crate) type Listener = Rc<RefCell<dyn FnMut(Event)>>;

/// How an input ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum InputOutcome {
    /// Findings were in the way, which have been told.
    Refused,
    /// It ran, and so ended its last statement.
    Ran(Ended),
}

/// Code for a session to run.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    /// What findings and tracebacks call it.
    pub name: String,
    /// Its text, as a file holds it.
    pub code: Vec<u8>,
    pub display: Display,
    /// How many of its statements to run.
    pub statements: usize,
}

/// What is known without an import: a session is for trying them.
const PRELUDE: &str = "from cython.meta import macro, unroll, comptime, uneval, quote, codenode\n";

/// A session.
pub(crate) struct Prompt<'a> {
    driver: Driver<'a>,
    host: Rc<Host>,
    ns: Namespace,
    /// A path in the folder whose modules are found.
    path: PathBuf,
    memory: SessionMemory,
    /// The names that stand for what exists at compile time only.
    compile_time: BTreeSet<String>,
    /// Whether a star import may have brought names of compile time.
    stars: bool,
    /// What was imported from `__future__`, which goes for all that follows.
    futures: Vec<Alias>,
    /// The modules that were handed to the host.
    provided: BTreeSet<String>,
    listener: Listener,
    style: Colouring,
}

impl<'a> Prompt<'a> {
    /// A session that finds modules in `folder`, and through `options`.
    ///
    /// # Errors
    /// When the interpreter can't be made ready; why.
    pub(crate) fn open(
        files: &'a dyn Files,
        options: Options,
        folder: &Path,
        listener: Listener,
        style: Colouring,
    ) -> Result<Prompt<'a>, String> {
        let mut driver = Driver::new(files, options);
        let host = driver.expander.host();
        let told = listener.clone();
        let writer = move |stream, text: &str| {
            (*told.borrow_mut())(Event::Wrote(stream, text.to_owned()));
        };
        let ns = host.open_prompt(Box::new(writer)).map_err(|why| format!("{why:?}"))?;
        driver.expander.project().is_session.set(true);
        let mut prompt = Prompt {
            driver,
            host,
            ns,
            path: folder.join("<prompt>"),
            memory: SessionMemory::default(),
            compile_time: BTreeSet::new(),
            stars: false,
            futures: Vec::new(),
            provided: BTreeSet::new(),
            listener,
            style,
        };
        let prelude = Input {
            name: "<prelude>".to_owned(),
            code: PRELUDE.into(),
            display: Display::Quiet,
            statements: usize::MAX,
        };
        match prompt.run(&prelude) {
            InputOutcome::Ran(Ended::Done) => Ok(prompt),
            other => Err(format!("{other:?}")),
        }
    }

    /// What stops an input that is running.
    pub(crate) fn interrupter(&self) -> Interrupter {
        self.host.interrupter()
    }

    /// Runs an input statement by statement, up to one that doesn't complete.
    pub(crate) fn run(&mut self, input: &Input) -> InputOutcome {
        let module = match self.parse(&input.name, &input.code) {
            Ok(module) => module,
            Err(mut findings) => {
                if input.display == Display::Shown {
                    // The next are mostly its echoes.
                    findings.truncate(1);
                }
                return self.refuse(&findings);
            }
        };
        let starts = memory::starts(&module);
        for (index, stmt) in module.syntax.body.iter().enumerate().take(input.statements) {
            let range = memory::piece(&module, &starts, index);
            let staged = match expansion::stage(self, &module, stmt, range) {
                Ok(staged) => staged,
                Err(findings) => return self.refuse(&findings),
            };
            for (source, stmt) in &staged.statements {
                let place = (source.file, &source.source);
                let body = self.under_futures(stmt);
                let ended = self.host.run_at_prompt(&self.ns, place, body, input.display);
                if ended != Ended::Done {
                    expansion::remember_obscure(self, &module, range);
                    if matches!(ended, Ended::Raised(_)) {
                        self.tell(Event::Ran);
                    }
                    return InputOutcome::Ran(ended);
                }
            }
            self.tell(Event::Ran);
            expansion::remember(self, &module, stmt, range, staged);
        }
        InputOutcome::Ran(Ended::Done)
    }

    /// The statement, as what was imported from `__future__` has it.
    fn under_futures(&self, stmt: &Stmt) -> Vec<Stmt> {
        if self.futures.is_empty() {
            return vec![stmt.clone()];
        }
        // Where in the text the import is said to stand must be a place of this text.
        let range = TextRange::empty(stmt.start());
        let node_index = AtomicNodeIndex::NONE;
        let names = self.futures.iter().map(|name| Alias { range, ..name.clone() }).collect();
        let module = Some(Identifier::new("__future__", range));
        let import = StmtImportFrom { node_index, range, module, names, level: 0, is_lazy: false };
        vec![Stmt::ImportFrom(import), stmt.clone()]
    }

    /// The code that the statements of an input expand to.
    ///
    /// # Errors
    /// When findings are in the way, which have been told.
    pub(crate) fn expanded(&mut self, name: &str, text: &str) -> Result<String, InputOutcome> {
        let module =
            self.parse(name, text.as_bytes()).map_err(|findings| self.refuse(&findings))?;
        let expanded = expansion::expand(self, &module, full(&module));
        let expanded = expanded.map_err(|findings| self.refuse(&findings))?;
        let added = expanded.added.iter().map(|text| format!("{text}\n"));
        Ok(added.chain([expanded.text]).collect())
    }

    /// What each use of a macro in the statements of an input becomes, in the order in which they
    /// run.
    ///
    /// # Errors
    /// When findings are in the way, which have been told.
    pub(crate) fn steps(
        &mut self,
        name: &str,
        text: &str,
    ) -> Result<Vec<ExpansionStep>, InputOutcome> {
        let module =
            self.parse(name, text.as_bytes()).map_err(|findings| self.refuse(&findings))?;
        let expanded = expansion::expand(self, &module, full(&module));
        expanded.map(|expanded| expanded.steps).map_err(|findings| self.refuse(&findings))
    }

    /// The tree of an expression, its variables followed, as a picture.
    ///
    /// # Errors
    /// When findings are in the way, which have been told.
    pub(crate) fn tree(&mut self, name: &str, text: &str) -> Result<String, InputOutcome> {
        let module = self.expression(name, text)?;
        let [Stmt::Expr(stmt)] = &module.syntax.body[..] else { return Err(InputOutcome::Refused) };
        let tree = self.followed(&module, full(&module), &stmt.value).tree;
        let ink = match self.style {
            Colouring::Coloured => Ink::Coloured,
            Colouring::Plain => Ink::Plain,
        };
        Ok(picture::text(&[Titled { title: None, tree }], ink))
    }

    /// Which parts of an expression are known at compile time, and what the others depend on.
    ///
    /// # Errors
    /// When findings are in the way, which have been told.
    pub(crate) fn why(&mut self, name: &str, text: &str) -> Result<String, InputOutcome> {
        let module = self.expression(name, text)?;
        let [Stmt::Expr(stmt)] = &module.syntax.body[..] else { return Err(InputOutcome::Refused) };
        let (compile_time, host, ns) =
            (self.compile_time.clone(), self.host.clone(), self.ns.clone());
        let is_static =
            |name: &str| compile_time.contains(name) || host.meta_name(&ns, &[name]).is_some();
        let prompt = RefCell::new(self);
        let tree = |expr: &Expr| prompt.borrow_mut().followed(&module, full(&module), expr).tree;
        let variables = |expr: &Expr| {
            let variables = free_variables(&dynamic_variables(&tree(expr))).into_iter();
            variables.map(|(name, _)| name.to_string()).collect::<BTreeSet<_>>()
        };
        let timing = why::BindingTimes {
            variables: &variables,
            is_static: &is_static,
            is_constant: &|expr| tree(expr).without_names().is_static(),
        };
        Ok(why::explain(&stmt.value, module.text(), &timing))
    }

    /// The code of the statements that completed.
    pub(crate) fn code(&self) -> String {
        self.memory.written(PRELUDE)
    }

    /// The names that could stand after a dotted path, or with none, at the start of one.
    pub(crate) fn names_after(&self, path: &[&str]) -> BTreeSet<String> {
        let mut names = self.host.names_after(&self.ns, path);
        if path.is_empty() {
            names.extend(self.compile_time.iter().cloned());
        }
        names
    }

    /// The names that `from module import` could bring.
    pub(crate) fn importable(&self, module: &str) -> BTreeSet<String> {
        self.host.importable(module)
    }

    fn parse(&mut self, name: &str, code: &[u8]) -> Result<Rc<Module>, Vec<Finding>> {
        self.driver.expander.project().parse(Path::new(name), code)
    }

    /// A module of one expression.
    fn expression(&mut self, name: &str, text: &str) -> Result<Rc<Module>, InputOutcome> {
        let module =
            self.parse(name, text.as_bytes()).map_err(|findings| self.refuse(&findings))?;
        match &module.syntax.body[..] {
            [Stmt::Expr(_)] => Ok(module),
            _ => {
                self.tell(Event::Said("this takes one expression\n".to_owned()));
                Err(InputOutcome::Refused)
            }
        }
    }

    fn tell(&self, event: Event) {
        (*self.listener.borrow_mut())(event);
    }

    fn say(&self, findings: &[Finding]) {
        if !findings.is_empty() {
            let text = render(findings, self.driver.sources(), self.style);
            self.tell(Event::Said(text));
        }
    }

    fn refuse(&self, findings: &[Finding]) -> InputOutcome {
        self.say(findings);
        InputOutcome::Refused
    }
}

/// The tree with the definitions of its variables as they are if they are known, and as variables
/// if not.
fn dynamic_variables(tree: &Node) -> Node {
    let is_known = |node: &Node| node.is_definition() && node.without_names().is_static();
    match tree {
        known if is_known(known) => known.without_names(),
        other if other.is_definition() => other.as_variable(),
        other => other.map_args(dynamic_variables),
    }
}

/// The place of all of a module's text.
fn full(module: &Module) -> TextRange {
    TextRange::up_to(TextSize::of(module.text()))
}

fn is_error(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity() == Severity::Error)
}
