//! The passes in order: bytes in, bytes and findings out.
//!
//! Pure: files come through [`Files`], and nothing is written. Each file is decoded, screened,
//! and, if it can hold a macro, parsed, expanded and spliced.

mod rules;

mod ignored;

mod growth;

mod trees;

pub(crate) mod prompt;

use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use rustpython_text_size::{TextRange, TextSize};

use crate::diagnostic::{Code, Finding, Label, Levels, Severity};
use crate::expand::{ExpandedModule, Expander, Module, Project, barrier_finding};
use crate::host::{Limits, compiles};
use crate::source::{FileId, Source, Sources};
use crate::syntax::{ParsedText, parse};

use self::growth::growth;
use self::ignored::is_ignored;
pub(crate) use crate::expand::{COMPANION, ExpansionStep, Guard, Running, Trace, Watch};
pub use crate::expand::{Files, Installed, RunFiles};
pub(crate) use crate::host::Barrier;
pub use crate::host::PythonVersion;
pub use trees::{NoTree, Spot};

/// What to expand with.
#[derive(Clone, Debug)]
pub struct Options {
    /// Folders that modules are found below, besides each file's own package root.
    pub roots: Vec<PathBuf>,
    /// The installed packages that compile-time code may import.
    pub installed: Installed,
    /// The folder that findings see paths from.
    pub base: PathBuf,
    /// The files that are expanded together: what one does to another's module is seen.
    pub files: Arc<RunFiles>,
    /// The greatest width of a printed line, in characters.
    pub width: usize,
    /// The Python that the output is for: compile-time code sees its version, and branches that ask
    /// for it are decided. Where nothing is said, the output is for every Python 3, and compile-time
    /// code sees the version of the compile-time Python.
    pub target: Option<PythonVersion>,
    /// What compile-time code may use.
    pub limits: Limits,
    /// Whether the steps of expansions are wanted.
    pub trace: Trace,
    /// Which warnings and notes are shown, and which are errors.
    pub levels: Levels,
}

impl Options {
    /// The name of a file in findings.
    pub fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.base).unwrap_or(path).to_string_lossy().into_owned()
    }
}

impl Default for Options {
    fn default() -> Self {
        Options {
            roots: Vec::new(),
            installed: Installed::default(),
            base: PathBuf::new(),
            files: Arc::default(),
            width: 88,
            target: None,
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
    /// The files besides modules with compile-time names that the output depends on: what
    /// compile-time code embedded and imported.
    pub inputs: Vec<PathBuf>,
    /// What became of each use of a macro, if that is wanted.
    pub steps: Vec<ExpansionStep>,
    /// Whether the output goes with its source, by which others find the names of compile time that
    /// the file had.
    pub accompanied: bool,
}

impl Outcome {
    fn new(output: Option<Vec<u8>>, findings: Vec<Finding>) -> Outcome {
        Outcome { output, findings, inputs: Vec::new(), steps: Vec::new(), accompanied: false }
    }
}

/// Expands files of one project. It holds an interpreter, so it stays on its thread, and that
/// thread needs a large stack.
///
/// What compile-time code does to modules of the standard library lasts as long as the thread:
/// where files are to know nothing of each other, each has a driver on a thread of its own.
pub struct Driver<'a> {
    expander: Expander<'a>,
    /// How large an expanded file may be.
    most_bytes: usize,
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

/// How many bytes make a megabyte.
const MEGABYTE: usize = 1 << 20;

impl<'a> Driver<'a> {
    /// A driver that reads through `files`.
    pub fn new(files: &'a dyn Files, options: Options) -> Driver<'a> {
        let Options { roots, installed, base, files: run, width, target, limits, trace, levels } =
            options;
        let project = Project::new(files, (roots, base), installed);
        let expander = Expander::new((project, run), width, (limits, target), trace);
        Driver { expander, most_bytes: limits.output.saturating_mul(MEGABYTE), levels }
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
            Err(error) => Outcome::new(None, vec![self.unreadable(path, &error)]),
        }
    }

    /// Whether the file at `path` with these bytes can define or use macros. If not, it expands to
    /// itself, and no code runs for it.
    pub fn may_use_macros(&self, path: &Path, bytes: &[u8]) -> bool {
        let project = self.expander.project();
        project.screen(path, bytes);
        project.is_relevant(path)
    }

    /// The finding about a file that can't be read.
    pub fn unreadable(&self, path: &Path, error: &std::io::Error) -> Finding {
        self.expander.project().unreadable(path, error)
    }

    /// Who is told what compile-time code runs, and what isn't to run.
    pub fn guard(&mut self) -> &mut Guard {
        self.expander.guard()
    }

    /// Whether compile-time code may have left something behind in the interpreter, so that what
    /// the next file expands to might depend on this one. The classes of the interpreter belong to
    /// their thread, so a new driver has to be on a new one.
    pub fn is_used(&self) -> bool {
        self.expander.has_used_host()
    }

    /// Expands a file with these bytes, as if they stood at `path`.
    pub fn expand_bytes(&mut self, path: &Path, bytes: &[u8]) -> Outcome {
        self.expand_text(path, bytes, Extent::File)
    }

    fn expand_text(&mut self, path: &Path, bytes: &[u8], extent: Extent) -> Outcome {
        if !self.may_use_macros(path, bytes) {
            return Outcome::new(Some(bytes.to_vec()), Vec::new());
        }
        let module = match self.expander.project().parse(path, bytes) {
            Ok(module) => module,
            Err(findings) => return Outcome::new(None, findings),
        };
        if extent == Extent::File {
            self.expander.forget_sources();
        }
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
        let accompanied = self.expander.had_compile_time_names(&module);
        Outcome { output, findings, inputs, steps, accompanied }
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
        mut expanded: ExpandedModule,
        bytes: &[u8],
        extent: Extent,
    ) -> Outcome {
        let mut findings = std::mem::take(&mut expanded.findings);
        let ExpandedModule { source, edits, .. } = &expanded;
        if has_error(&findings) {
            return Outcome::new(None, findings);
        }
        if edits.is_empty() && source.text() == module.text() {
            return Outcome::new(Some(bytes.to_vec()), findings);
        }
        let label = || Label::new(module.file, Default::default(), "in this file");
        match output(source, edits) {
            Ok(text) if text.len() > self.most_bytes => {
                let (size, most) = (text.len() / MEGABYTE, self.most_bytes / MEGABYTE);
                let message = format!("expanded, this file has {size} MB, and may have {most}");
                let help = "leave repetition to the program; --max-output raises the limit";
                findings.push(Finding::new(Code::SizeLimit, message, label()).help(help));
                Outcome::new(None, findings)
            }
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
            Ok(output) if is_read_as(&output, text) => Outcome::new(Some(output), findings),
            Ok(_) => {
                let message = "expanded, this file would have another encoding";
                let help = "move this comment down, or write it without `coding:`";
                let label = Label::new(file, cookie(source.text(), text), "it would name it");
                findings.push(Finding::new(Code::UndecodableFile, message, label).help(help));
                Outcome::new(None, findings)
            }
            Err(error) => {
                let label = Label::new(file, Default::default(), "in this file");
                findings.push(Finding::new(Code::UndecodableFile, error.to_string(), label));
                Outcome::new(None, findings)
            }
        }
    }
}

/// Whether a file with these bytes is read as `text`: what stood before a comment may be gone, and
/// one like `# coding: latin-1` counts in the first two lines.
fn is_read_as(bytes: &[u8], text: &str) -> bool {
    Source::decode("output", bytes).is_ok_and(|source| source.text() == text)
}

/// Where `before` has the comment that names an encoding in the first two lines of `text`.
fn cookie(before: &str, text: &str) -> TextRange {
    let line = text.lines().take(2).find(|line| line.contains("coding")).unwrap_or_default();
    // A file is no longer than 4 GiB.
    let size = |at: usize| TextSize::try_from(at).unwrap_or_default();
    before.find(line).map_or(TextRange::default(), |at| TextRange::at(size(at), size(line.len())))
}

/// The finding that `what` at `range` of the file with these bytes met a barrier, for whoever has no
/// driver that would have lived to find it; and the texts it points into. `name` is the file's in
/// findings.
pub(crate) fn not_run(
    name: &str,
    bytes: &[u8],
    range: TextRange,
    barrier: Barrier,
    what: &str,
) -> (Finding, Sources) {
    let sources = Sources::new();
    let source = Source::decode(name, bytes);
    let file = sources.add(source.unwrap_or_else(|_| Source::from_text(name, "")));
    (barrier_finding(barrier, what, Label::new(file, range, "")), sources)
}

fn has_error(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity() == Severity::Error)
}

fn output(source: &Rc<Source>, edits: &crate::source::edit::Edits) -> Result<String, String> {
    edits.splice(source.text()).map_err(|e| format!("two edits meet: {e:?}"))
}

/// How much of a line a finding shows, in characters.
const SHOWN: usize = 80;

/// Why the text is no Python, as far as the grammar, [`rules`] and the compiler know; what the
/// compiler says counts if it took the module as it was.
fn not_python(text: &str, before: &Module) -> Option<String> {
    let ParsedText { module, tokens, errors } = parse(text);
    if !errors.is_empty() || !rules::hold(&module) {
        return Some("it isn't valid Python".to_owned());
    }
    let (why, line) = match rules::nested_too_deep(text, &tokens) {
        Some((why, line)) => (why.to_owned(), line),
        None => compiles(&module, text).err()?,
    };
    compiles(&before.syntax, before.text()).ok()?;
    let written = text.lines().nth(line.saturating_sub(1)).unwrap_or_default().trim();
    let shown: String = written.chars().take(SHOWN).collect();
    let more = if shown.len() < written.len() { "…" } else { "" };
    Some(format!("the line `{shown}{more}` that it leaves isn't valid Python ({why})"))
}
