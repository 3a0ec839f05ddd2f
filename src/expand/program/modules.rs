//! The modules of a project: where they are, and their syntax.

use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use rustpython_text_size::TextRange;

use super::files::{Files, compile_time_source, module_file};
use super::installed::Installed;
use super::libraries::Libraries;
use super::module::{Module, absolute, below, up};
use super::search_path::{SearchPath, SearchPaths};
use super::syntax_errors::syntax_error;
use crate::diagnostic::{Code, Finding, Label};
use crate::screen::{Screening, reaches_by_name, screen};
use crate::source::{FileId, Source, Sources};
use crate::syntax::{ParseError, ParsedText, parse};

/// A parsed module, or the findings about a file that can't be read, decoded or parsed.
type Parsed = Result<Rc<Module>, Vec<Finding>>;

/// The number of the roots that an import looks below, and the dotted name that it has.
type ImportKey = (usize, String);

/// All that is known of the files so far.
pub(crate) struct Project<'a> {
    files: &'a dyn Files,
    /// Innermost first.
    roots: Vec<PathBuf>,
    /// The folder that paths in findings are seen from.
    base: PathBuf,
    pub installed: Installed,
    libraries: Libraries,
    sources: Sources,
    modules: RefCell<HashMap<PathBuf, Parsed>>,
    /// Outputs that have companions.
    outputs: RefCell<HashMap<PathBuf, Option<Rc<Module>>>>,
    by_file: RefCell<HashMap<FileId, Rc<Module>>>,
    screenings: RefCell<HashMap<PathBuf, Rc<Screening>>>,
    search_paths: SearchPaths,
    located: RefCell<HashMap<ImportKey, Option<PathBuf>>>,
    /// Whether a module, or one it imports from the project, speaks of compile time.
    relevant: RefCell<HashMap<PathBuf, bool>>,
    /// Whether modules are those of a prompt: what stands before the last part has run as it was expanded
    /// then.
    pub is_session: Cell<bool>,
}

impl<'a> Project<'a> {
    /// A project with source roots besides each file's own. Findings name paths as they are seen
    /// from the folder `base`.
    pub(crate) fn new(
        files: &'a dyn Files,
        (mut roots, base): (Vec<PathBuf>, PathBuf),
        installed: Installed,
    ) -> Project<'a> {
        roots.sort_by_key(|root| (Reverse(root.components().count()), root.clone()));
        roots.dedup();
        Project {
            files,
            roots,
            base,
            installed,
            libraries: Libraries::default(),
            sources: Sources::new(),
            modules: RefCell::default(),
            outputs: RefCell::default(),
            by_file: RefCell::default(),
            screenings: RefCell::default(),
            search_paths: SearchPaths::default(),
            located: RefCell::default(),
            relevant: RefCell::default(),
            is_session: Cell::default(),
        }
    }

    /// The texts read so far.
    pub(crate) fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// When it can't be read.
    pub(crate) fn read(&self, path: &Path) -> std::io::Result<Vec<u8>> {
        self.files.read(path)
    }

    /// Where files are read from.
    pub(crate) fn files(&self) -> &dyn Files {
        self.files
    }

    /// These files, and those of the program that they import, directly or not.
    pub(crate) fn with_imported(&self, files: &[PathBuf]) -> Vec<PathBuf> {
        let mut waiting = files.to_vec();
        let mut seen: HashSet<PathBuf> = waiting.iter().cloned().collect();
        let mut files = Vec::new();
        while let Some(path) = waiting.pop() {
            for imported in self.imported_files(&path, &self.screening(&path)) {
                if seen.insert(imported.clone()) {
                    waiting.push(imported);
                }
            }
            files.push(path);
        }
        files.sort();
        files
    }

    /// The name of a file as compile-time code sees it.
    pub(crate) fn shown_to_code(&self, path: &Path) -> String {
        let folder = self.environment_of(path);
        folder.and_then(|_| self.installed.shown(path)).unwrap_or_else(|| self.shown(path))
    }

    /// The name of a file in findings.
    pub(crate) fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.base).unwrap_or(path).to_string_lossy().into_owned()
    }

    /// The folder of the environment that holds the file; none if it is the project's own, which may
    /// be installed by a link to it, or have its environment in one of its folders.
    fn environment_of(&self, path: &Path) -> Option<&Path> {
        let depth = |folder: &Path| folder.components().count();
        let folder = self.installed.folder_of(path)?;
        let around = self.roots.iter().filter(|root| path.starts_with(root));
        around
            .map(|root| depth(root))
            .max()
            .is_none_or(|most| most < depth(folder))
            .then_some(folder)
    }

    /// The roots below which the imports of the file at `path` are found: its package's, then
    /// the project's. What is installed has none of its own.
    fn roots_of(&self, path: &Path) -> Rc<Vec<PathBuf>> {
        self.search_path(path).roots
    }

    fn search_path(&self, path: &Path) -> SearchPath {
        let folder = path.parent().unwrap_or(Path::new(""));
        self.search_paths.of(folder, || {
            let mut own = folder;
            while self.files.is_file(&own.join("__init__.py")) {
                match own.parent() {
                    Some(parent) => own = parent,
                    None => break,
                }
            }
            let others = self.roots.iter().filter(|root| *root != own).cloned();
            let (around, others): (Vec<PathBuf>, Vec<PathBuf>) =
                others.partition(|root| path.starts_with(root));
            let is_own = self.environment_of(path).is_none();
            let own = is_own.then(|| own.to_path_buf());
            [own.into_iter().collect(), around, others].concat()
        })
    }

    /// The roots that the file at `path` is below.
    pub(crate) fn roots_around(&self, path: &Path) -> Vec<PathBuf> {
        match self.environment_of(path) {
            Some(folder) => vec![folder.to_path_buf()],
            None => {
                self.roots_of(path).iter().filter(|root| path.starts_with(root)).cloned().collect()
            }
        }
    }

    /// The dotted name of the file at `path`: from the innermost of the project's roots that its
    /// package is in, else from its own. A folder without `__init__.py` below a root is a package
    /// too (PEP 420).
    fn name_of(&self, path: &Path) -> (String, bool) {
        let roots = self.roots_of(path);
        let own = roots.first();
        let holds = |root: &&PathBuf| own.is_some_and(|own| own.starts_with(root));
        let root = || self.roots.iter().find(holds).or(own).map(PathBuf::as_path);
        let root = self.environment_of(path).or_else(root);
        let below = root.and_then(|root| path.strip_prefix(root).ok());
        let below = below.unwrap_or(path).with_extension("");
        let mut parts: Vec<String> =
            below.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        let is_package = parts.last().is_some_and(|last| last == "__init__");
        if is_package {
            parts.pop();
        }
        (parts.join("."), is_package)
    }

    /// The file of the module `name`, imported from the file at `from`.
    pub(crate) fn locate(&self, from: &Path, name: &str) -> Option<PathBuf> {
        let below = name.trim_start_matches('.');
        if below.len() < name.len() {
            return self.module_file(&up(from, name.len() - below.len())?, below);
        }
        let SearchPath { number, roots } = self.search_path(from);
        let key = (number, name.to_owned());
        if let Some(known) = self.located.borrow().get(&key) {
            return known.clone();
        }
        let mut roots = roots.iter().filter(|_| !name.is_empty());
        let own = roots.find_map(|root| self.module_file(root, name));
        let found = own.or_else(|| self.libraries.locate(self.files, &self.installed, name));
        self.located.borrow_mut().insert(key, found.clone());
        found
    }

    /// The file of the module `name` below a folder.
    fn module_file(&self, folder: &Path, name: &str) -> Option<PathBuf> {
        module_file(self.files, folder, name)
    }

    /// Where the module `name` was looked for, if it must be one of the program's and isn't there.
    pub(crate) fn missing(&self, from: &Path, name: &str) -> Option<Vec<String>> {
        let dotted = name.trim_start_matches('.');
        let level = name.len() - dotted.len();
        let top = dotted.split('.').next().unwrap_or_default();
        let is_own = level > 0 || dotted != top && self.locate(from, top).is_some();
        if !is_own || self.locate(from, name).is_some() || self.is_namespace(from, name) {
            return None;
        }
        let places = self.places(from, level, dotted);
        if places.iter().any(|place| self.is_in_other_language(place)) {
            return None;
        }
        let shown = |place: PathBuf| format!("`{}`", self.shown(&place.with_extension("py")));
        Some(places.into_iter().map(shown).collect())
    }

    /// Where an import by `level` dots and the name `dotted` looks for a module: in the folders that
    /// have its package, if some have.
    fn places(&self, from: &Path, level: usize, dotted: &str) -> Vec<PathBuf> {
        let below: PathBuf = dotted.split('.').collect();
        let searched = match level {
            0 => vec![self.roots_of(from).to_vec(), self.installed.folders.clone()],
            level => vec![up(from, level).into_iter().collect()],
        };
        let has_package =
            |place: &PathBuf| place.parent().is_some_and(|folder| self.files.is_dir(folder));
        let mut all = Vec::new();
        for folders in searched {
            let places: Vec<PathBuf> = folders.iter().map(|folder| folder.join(&below)).collect();
            let found: Vec<PathBuf> = places.iter().filter(|p| has_package(p)).cloned().collect();
            if !found.is_empty() {
                return found;
            }
            all.extend(places);
        }
        all
    }

    /// Whether there is a module of this path in another language, or one whose file is made later:
    /// `fast.pyx`, `fast.cpython-312-x86_64-linux-gnu.so`.
    fn is_in_other_language(&self, module: &Path) -> bool {
        let endings = ["pyi", "pyx", "so", "pyd"];
        let named = || endings.iter().any(|e| self.files.is_file(&module.with_extension(e)));
        let is_tagged = |path: &PathBuf| {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            let own = module.file_name().map(|own| format!("{}.", own.to_string_lossy()));
            let rest = name.as_deref().zip(own.as_deref()).and_then(|(n, own)| n.strip_prefix(own));
            rest.is_some_and(|rest| endings.contains(&rest.rsplit('.').next().unwrap_or(rest)))
        };
        let folder = module.parent().unwrap_or(Path::new(""));
        named() || self.files.entries(folder).iter().any(is_tagged)
    }

    /// Whether `name` is a folder of the project, or of the environment, that Python would take for a
    /// package.
    pub(crate) fn is_namespace(&self, from: &Path, name: &str) -> bool {
        let below = name.trim_start_matches('.');
        let relative: PathBuf = below.split('.').collect();
        let is_in = |root: &Path| self.files.is_dir(&root.join(&relative));
        match name.len() - below.len() {
            0 => {
                self.roots_of(from).iter().any(|root| is_in(root))
                    || self.installed.is_namespace(self.files, name)
            }
            level => up(from, level).is_some_and(|folder| is_in(&folder)),
        }
    }

    /// Whether the program has a module or package `name`, or an installed one is open.
    pub(crate) fn is_importable(&self, from: &Path, name: &str) -> bool {
        self.locate(from, name).is_some()
            || self.is_namespace(from, name)
            || self.installed.allows(name.split('.').next().unwrap_or(name))
                && self.installed.is_there(self.files, name)
    }

    fn screening(&self, path: &Path) -> Rc<Screening> {
        if let Some(known) = self.screenings.borrow().get(path) {
            return known.clone();
        }
        let screening = match self.files.read(&compile_time_source(self.files, path)) {
            Ok(bytes) => screen(&bytes),
            Err(_) => screen(b""),
        };
        let screening = Rc::new(screening);
        self.screenings.borrow_mut().insert(path.to_path_buf(), screening.clone());
        screening
    }

    /// Screens the file at `path` by these bytes, unless it was screened before.
    pub(crate) fn screen(&self, path: &Path, bytes: &[u8]) {
        let screened = || Rc::new(screen(bytes));
        self.screenings.borrow_mut().entry(path.to_path_buf()).or_insert_with(screened);
    }

    /// Whether the module at `path` can hold or use anything of compile time: it speaks of it
    /// itself, or imports a module of the project that does.
    pub(crate) fn is_relevant(&self, path: &Path) -> bool {
        let mut waiting = vec![path.to_path_buf()];
        // Each module that was reached, with the one that imports it.
        let mut importers = HashMap::from([(path.to_path_buf(), None)]);
        while let Some(next) = waiting.pop() {
            let known = self.relevant.borrow().get(&next).copied();
            match known {
                Some(true) => return self.all_relevant(next, &mut importers),
                Some(false) => continue,
                None => {}
            }
            let screening = self.screening(&next);
            if screening.compile_time {
                return self.all_relevant(next, &mut importers);
            }
            for imported in self.imported_files(&next, &screening) {
                if let Entry::Vacant(new) = importers.entry(imported.clone()) {
                    new.insert(Some(next.clone()));
                    waiting.push(imported);
                }
            }
        }
        // Nothing that was reached speaks of compile time, so none of it is relevant.
        self.relevant.borrow_mut().extend(importers.into_keys().map(|path| (path, false)));
        false
    }

    /// Whether the code at `path` may get at modules that it doesn't import.
    pub(crate) fn reaches_by_name(&self, path: &Path) -> bool {
        self.files.read(path).is_ok_and(|bytes| reaches_by_name(&bytes))
    }

    /// Notes that a module is relevant, and so whoever imports it, and so on: it is true.
    fn all_relevant(
        &self,
        found: PathBuf,
        importers: &mut HashMap<PathBuf, Option<PathBuf>>,
    ) -> bool {
        let mut next = Some(found);
        while let Some(path) = next {
            next = importers.remove(&path).flatten();
            self.relevant.borrow_mut().insert(path, true);
        }
        true
    }

    fn imported_files(&self, from: &Path, screening: &Screening) -> Vec<PathBuf> {
        let (name, is_package) = self.name_of(from);
        let mut files = Vec::new();
        for import in &screening.imports {
            let base = absolute((&name, is_package), import.level, &import.module);
            let file = self.locate(from, &base);
            let is_package = file.as_deref().map_or_else(
                || !import.names.is_empty() && self.is_namespace(from, &base),
                |file| file.ends_with("__init__.py"),
            );
            files.extend(file);
            if !is_package {
                continue;
            }
            if import.names.iter().any(|name| name == "*") {
                files.extend(self.modules_below(from, &base));
            }
            for member in &import.names {
                files.extend(self.locate(from, &below(&base, member)));
            }
        }
        files
    }

    /// The modules below a package that a star import brings.
    fn modules_below(&self, from: &Path, package: &str) -> Vec<PathBuf> {
        let path = self.locate(from, package).filter(|path| path.ends_with("__init__.py"));
        let module = path.and_then(|path| self.module(&path).ok());
        let exports = module.iter().flat_map(|module| module.exports().names());
        exports.filter_map(|name| self.locate(from, &below(package, name))).collect()
    }

    /// The module at `path`, parsed once.
    ///
    /// # Errors
    /// Findings about a file that can't be read, decoded or parsed.
    pub(crate) fn module(&self, path: &Path) -> Parsed {
        if let Some(known) = self.modules.borrow().get(path) {
            return known.clone();
        }
        let file = compile_time_source(self.files, path);
        let loaded = match self.files.read(&file) {
            Ok(bytes) => {
                self.decode(&file, &bytes).and_then(|source| self.parse_source(path, source))
            }
            Err(error) => Err(vec![self.unreadable(&file, &error)]),
        };
        self.modules.borrow_mut().insert(path.to_path_buf(), loaded.clone());
        loaded
    }

    /// What stands at `path` where that is an output, which has its source beside it; none if it isn't
    /// Python.
    pub(crate) fn output(&self, path: &Path) -> Option<Rc<Module>> {
        if let Some(known) = self.outputs.borrow().get(path) {
            return known.clone();
        }
        let parse = || self.parse(path, &self.files.read(path).ok()?).ok();
        let output = if compile_time_source(self.files, path) == path { None } else { parse() };
        self.outputs.borrow_mut().insert(path.to_path_buf(), output.clone());
        output
    }

    /// A module that was parsed before.
    pub(crate) fn module_of(&self, file: FileId) -> Option<Rc<Module>> {
        self.by_file.borrow().get(&file).cloned()
    }

    /// The finding about a file that can't be read.
    pub(crate) fn unreadable(&self, path: &Path, error: &std::io::Error) -> Finding {
        let name = self.shown(path);
        let file = self.sources.add(Source::from_text(&name, ""));
        let why = match error.kind() {
            ErrorKind::NotFound => "there is no such file".to_owned(),
            ErrorKind::IsADirectory => "it is a folder".to_owned(),
            ErrorKind::PermissionDenied => "its permissions forbid it".to_owned(),
            _ => error.to_string(),
        };
        let message = format!("`{name}` can't be read: {why}");
        Finding::new(Code::UnreadableFile, message, Label::bare(file, TextRange::default()))
    }

    /// Decodes a file.
    ///
    /// # Errors
    /// The finding about a file in an encoding that can't be read.
    pub(crate) fn decode(&self, path: &Path, bytes: &[u8]) -> Result<Source, Vec<Finding>> {
        let name = self.shown(path);
        Source::decode(&name, bytes).map_err(|error| {
            let file = self.sources.add(Source::from_text(name, error.lossy_text));
            let label = Label::new(file, error.range, "here");
            let help = "name the encoding that it is stored in, or store it as UTF-8 and name none";
            vec![Finding::new(Code::UndecodableFile, error.message, label).help(help)]
        })
    }

    /// The module with these bytes at `path`.
    ///
    /// # Errors
    /// Findings about a file that can't be decoded or parsed.
    pub(crate) fn parse(&self, path: &Path, bytes: &[u8]) -> Parsed {
        let source = self.decode(path, bytes)?;
        self.parse_source(path, source)
    }

    /// The module with another text, made from its own; none if that isn't Python.
    pub(crate) fn derived(&self, module: &Module, text: &str) -> Option<Rc<Module>> {
        self.parse_source(&module.path, module.source.with_text(text)).ok()
    }

    fn parse_source(&self, path: &Path, source: Source) -> Parsed {
        let file = self.sources.add(source);
        let source = self.sources.get(file);
        let ParsedText { module: syntax, tokens, errors } = parse(source.text());
        if !errors.is_empty() {
            let finding = |e: &ParseError| syntax_error(&source, file, e);
            return Err(errors.iter().map(finding).collect());
        }
        let text = (file, path.to_path_buf(), source);
        let module = Rc::new(Module::new(text, self.name_of(path), (syntax, tokens)));
        self.by_file.borrow_mut().insert(file, module.clone());
        Ok(module)
    }
}
