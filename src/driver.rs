//! The passes in order: bytes in, bytes and findings out.
//!
//! Pure: files come through [`Files`], and nothing is written. Each file is decoded, screened,
//! and, if it can hold a macro, parsed, expanded and spliced.

mod rules;

mod ignored;

mod growth;

mod trees;

pub mod prompt;

use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::diagnostic::{Code, Finding, Label, Levels, Severity};
use crate::expand::{Expanded, Expander, Module, Project};
use crate::host::{Limits, compiles};
use crate::source::{FileId, Source, Sources};

use self::growth::growth;
use self::ignored::is_ignored;
pub use crate::expand::{Files, Step, Trace};
pub use trees::{NoTree, Spot};

/// What to expand with.
#[derive(Clone, Debug)]
pub struct Options {
    /// Folders that modules are found below, besides each file's own package root.
    pub roots: Vec<PathBuf>,
    /// The greatest width of a printed line, in characters.
    pub width: usize,
    /// What compile-time code may use.
    pub limits: Limits,
    /// Whether the steps of expansions are wanted.
    pub trace: Trace,
    /// Which warnings and notes are shown, and which are errors.
    pub levels: Levels,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            roots: Vec::new(),
            width: 88,
            limits: Limits::default(),
            trace: Trace::Off,
            levels: Levels::default(),
        }
    }
}

/// What became of a file.
#[derive(Debug)]
pub struct Outcome {
    /// The expanded file, in its own encoding; none if there is an error among the findings.
    pub output: Option<Vec<u8>>,
    /// In the order of the file.
    pub findings: Vec<Finding>,
    /// The files besides modules that the output depends on.
    pub inputs: Vec<PathBuf>,
    /// What became of each use of a macro, if that is wanted.
    pub steps: Vec<Step>,
}

impl Outcome {
    fn new(output: Option<Vec<u8>>, findings: Vec<Finding>) -> Outcome {
        Outcome { output, findings, inputs: Vec::new(), steps: Vec::new() }
    }
}

/// Expands files of one project. It holds an interpreter, so it stays on its thread, and that
/// thread needs a large stack.
pub struct Driver<'a> {
    expander: Expander<'a>,
    levels: Levels,
}

/// Whether there is something to say of a text as a whole.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// It is a file that somebody wants to have expanded.
    File,
    /// It is the code of a session that goes on, or a file that such code imports.
    Session,
}

impl<'a> Driver<'a> {
    /// A driver that reads through `files`.
    pub fn new(files: &'a dyn Files, options: Options) -> Driver<'a> {
        let project = Project::new(files, options.roots);
        let Options { width, limits, trace, levels, .. } = options;
        Driver { expander: Expander::new(project, width, limits, trace), levels }
    }

    /// The texts that findings point into.
    pub fn sources(&self) -> &Sources {
        self.expander.sources()
    }
}

impl Driver<'_> {
    /// Expands the file at `path`.
    pub fn expand(&mut self, path: &Path) -> Outcome {
        self.expand_file(path, Extent::File)
    }

    fn expand_file(&mut self, path: &Path, extent: Extent) -> Outcome {
        match self.expander.project().read(path) {
            Ok(bytes) => self.expand_text(path, &bytes, extent),
            Err(error) => {
                let finding = self.expander.project().unreadable(path, &error);
                Outcome::new(None, vec![finding])
            }
        }
    }

    /// Expands a file with these bytes, as if they stood at `path`.
    pub fn expand_bytes(&mut self, path: &Path, bytes: &[u8]) -> Outcome {
        self.expand_text(path, bytes, Extent::File)
    }

    fn expand_text(&mut self, path: &Path, bytes: &[u8], extent: Extent) -> Outcome {
        if !self.expander.project().is_relevant(path, bytes) {
            return Outcome::new(Some(bytes.to_vec()), Vec::new());
        }
        let module = match self.expander.project().parse(path, bytes) {
            Ok(module) => module,
            Err(findings) => return Outcome::new(None, findings),
        };
        let mut expanded = self.expander.expand(&module);
        if extent == Extent::File {
            expanded.findings.extend(self.expander.unused_imports(&module));
            expanded.findings.extend(self.expander.shadowed_macros(&module));
            expanded.findings.extend(module.ignores().findings(module.file));
        }
        let inputs = std::mem::take(&mut expanded.inputs);
        let steps = std::mem::take(&mut expanded.steps);
        let outcome = self.spliced(&module, expanded, bytes, extent);
        let findings = self.settled(&module, outcome.findings);
        let output = outcome.output.filter(|_| !has_error(&findings));
        Outcome { output, findings, inputs, steps }
    }

    /// The findings in the order of the file, each as bad as the user wants it, without those that
    /// are not to be shown.
    fn settled(&mut self, module: &Module, mut findings: Vec<Finding>) -> Vec<Finding> {
        findings.retain_mut(|finding| {
            let severity = self.levels.severity(finding.code);
            finding.severity = severity.unwrap_or(finding.severity);
            let home = self.expander.project().module_of(finding.primary.file);
            severity.is_some() && !home.is_some_and(|home| is_ignored(finding, &home))
        });
        findings.sort_by_key(|f| (f.primary.file != module.file, f.primary.range.start()));
        findings
    }

    /// The module with its edits made.
    fn spliced(
        &self,
        module: &Module,
        mut expanded: Expanded,
        bytes: &[u8],
        extent: Extent,
    ) -> Outcome {
        let mut findings = std::mem::take(&mut expanded.findings);
        let Expanded { source, edits, .. } = &expanded;
        if has_error(&findings) {
            return Outcome::new(None, findings);
        }
        if edits.is_empty() && source.text() == module.text() {
            return Outcome::new(Some(bytes.to_vec()), findings);
        }
        let label = || Label::new(module.file, Default::default(), "in this file");
        match output(source, edits) {
            Ok(text) if let Some(why) = not_python(&text, module) => {
                let message = format!("this expansion isn't possible here yet: {why}");
                findings.push(Finding::new(Code::NeedsStatements, message, label()));
                Outcome::new(None, findings)
            }
            Ok(text) => {
                if extent == Extent::File {
                    findings.extend(growth(module, &expanded, &text));
                }
                self.encoded(&module.source, &text, findings, module.file)
            }
            Err(message) => {
                findings.push(Finding::new(Code::UndecodableFile, message, label()));
                Outcome::new(None, findings)
            }
        }
    }
}

impl Driver<'_> {
    fn encoded(
        &self,
        source: &Source,
        text: &str,
        mut findings: Vec<Finding>,
        file: FileId,
    ) -> Outcome {
        match source.encode(text) {
            Ok(output) => Outcome::new(Some(output), findings),
            Err(error) => {
                let label = Label::new(file, Default::default(), "in this file");
                findings.push(Finding::new(Code::UndecodableFile, error.to_string(), label));
                Outcome::new(None, findings)
            }
        }
    }
}

fn has_error(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity() == Severity::Error)
}

fn output(source: &Rc<Source>, edits: &crate::source::edit::Edits) -> Result<String, String> {
    edits.splice(source.text()).map_err(|e| format!("two edits meet: {e:?}"))
}

/// Why the text is no Python, as far as the grammar, [`rules`] and the compiler know; what the
/// compiler says counts if it took the module as it was.
fn not_python(text: &str, before: &Module) -> Option<String> {
    let Ok(module) = rustpython_parser::parse_module(text) else {
        return Some("it isn't valid Python".to_owned());
    };
    if !rules::hold(module.syntax()) {
        return Some("it isn't valid Python".to_owned());
    }
    let (why, line) = compiles(module.syntax(), text).err()?;
    compiles(&before.syntax, before.text()).ok()?;
    let written = text.lines().nth(line.saturating_sub(1)).unwrap_or_default().trim();
    Some(format!("the line `{written}` that it leaves isn't valid Python ({why})"))
}
