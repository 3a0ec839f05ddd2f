//! A project: files of statements, and what each file's names are bound to when it has run.

use std::collections::{BTreeMap, BTreeSet};

use super::random::{Random, Weights};
use super::trials::expansion::Texts;

/// What a name is bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// What is called as `f(x)` or `f(x, n)`, and how much that prints and computes.
    Callable {
        cost: u32,
    },
    Number,
    /// A number that is known at compile time.
    Constant,
    /// A list of texts.
    Register,
    /// The file of this index.
    Module(usize),
}

/// A file of a project.
#[derive(Clone, Debug, Default)]
pub struct File {
    /// Its path: `pkg/sub/lib.py`.
    pub path: String,
    /// The parts of its dotted name.
    pub parts: Vec<String>,
    pub is_package: bool,
    pub statements: Vec<String>,
    pub names: BTreeMap<String, Thing>,
    /// Modules by the dotted name that the file may use for them.
    pub dotted: Vec<(String, usize)>,
    /// The names that its functions use, which it may not take away.
    pub used: BTreeSet<String>,
    pub exports: Option<Vec<String>>,
    /// How it spells the three decorators.
    pub decorators: [String; 3],
}

impl File {
    pub fn dotted_name(&self) -> String {
        self.parts.join(".")
    }

    /// The parts of the package that its relative imports start from.
    pub fn package(&self) -> &[String] {
        let own = usize::from(!self.is_package);
        self.parts.get(..self.parts.len().saturating_sub(own)).unwrap_or_default()
    }

    /// Whether it is run, not imported.
    pub fn is_entry(&self) -> bool {
        let own = self.path.rsplit('/').next().unwrap_or_default();
        ["main", "run", "test_"].iter().any(|start| own.starts_with(start))
    }

    /// Whether another file can import it: the scripts' own are seen by scripts only.
    pub fn is_seen_by(&self, other: &File) -> bool {
        !self.is_entry()
            && (!self.path.starts_with("scripts/") || other.path.starts_with("scripts/"))
    }

    pub fn bind(&mut self, name: &str, thing: Thing) {
        self.names.insert(name.to_owned(), thing);
        self.dotted.retain(|(dotted, _)| dotted.split('.').next() != Some(name));
    }

    /// The text, and the line that each statement starts on.
    pub fn text(&self) -> String {
        self.statements.iter().map(|statement| format!("{statement}\n")).collect()
    }
}

/// What the files of a project may do, besides what all do. A project does some of it only, so that
/// what is refused in one doesn't hide the rest in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Habit {
    /// Names are bound again, and deleted.
    Rebinds,
    /// Imports stand under `if`, in loops and in `try`.
    Branches,
    /// An import that fails binds its names to nothing.
    Optional,
    Stars,
    Exports,
    Lazy,
    Classes,
    /// Numbers and registers of other modules are assigned.
    Patches,
    /// So are callables.
    Replaces,
    Mocks,
    Effects,
    Circles,
    /// Global names are those of builtins.
    Builtins,
}

/// Habits of which it is known that the tool doesn't keep the law with all of them.
const KNOWN: &[Habit] = &[];

const HABITS: &[Habit] = &[
    Habit::Rebinds,
    Habit::Branches,
    Habit::Optional,
    Habit::Stars,
    Habit::Exports,
    Habit::Lazy,
    Habit::Classes,
    Habit::Patches,
    Habit::Replaces,
    Habit::Mocks,
    Habit::Effects,
    Habit::Circles,
    Habit::Builtins,
];

/// Files in an order in which each can import those before it.
#[derive(Clone, Debug, Default)]
pub struct Project {
    pub files: Vec<File>,
    habits: Vec<Habit>,
}

impl Project {
    pub fn has(&self, habit: Habit) -> bool {
        self.habits.contains(&habit)
    }

    pub fn texts(&self) -> Texts {
        self.files.iter().map(|file| (file.path.clone(), file.text())).collect()
    }

    /// The statement of a file that an offset of its text is in.
    pub fn statement_at(&self, path: &str, offset: usize) -> Option<(usize, usize)> {
        let at = self.files.iter().position(|file| file.path == path)?;
        let mut end = 0;
        let index = self.files.get(at)?.statements.iter().position(|statement| {
            end += statement.len() + 1;
            offset < end
        })?;
        Some((at, index))
    }
}

const MODULES: &[&str] =
    &["core", "lib", "util", "base", "ops", "data", "calc", "form", "shape", "node"];

const ROOT_MODULES: &[&str] = &["first", "second", "third"];

/// The files of a project, without statements: each package's after those in it.
pub fn layout(random: &mut Random, weights: &Weights) -> Project {
    let mut project = Project::default();
    let usual = |habit: &Habit| if KNOWN.contains(habit) { 0 } else { 35 };
    let is_drawn =
        |habit: &Habit| random.below(100) < weights.of(&format!("{habit:?}"), usual(habit));
    project.habits = HABITS.iter().copied().filter(is_drawn).collect();
    let mut packages = vec!["pkg", "app", "kit"];
    for item in 0..random.between(2, 3) {
        match random.below(5) {
            0 => module(&mut project, random, &[]),
            1 => folder(&mut project, random, &[format!("ns{item}")], false),
            _ => {
                let at = random.below(packages.len() as u32) as usize;
                let name = packages.remove(at).to_owned();
                folder(&mut project, random, &[name], true);
            }
        }
    }
    if random.once_in(2) {
        add(&mut project, "scripts/common.py".to_owned(), vec!["common".to_owned()], false);
        entry(&mut project, "scripts/run.py");
    }
    if random.once_in(2) {
        entry(&mut project, "tests/test_all.py");
    }
    entry(&mut project, "main.py");
    project
}

fn folder(project: &mut Project, random: &mut Random, parts: &[String], is_package: bool) {
    for _ in 0..random.between(1, 3) {
        if parts.len() < 3 && random.once_in(4) {
            let name = (*random.of(&["sub", "inner", "deep"])).to_owned();
            let parts = [parts, &[name]].concat();
            let is_there = project.files.iter().any(|file| file.parts.starts_with(&parts));
            if !is_there {
                let is_package = !random.once_in(4);
                folder(project, random, &parts, is_package);
            }
        } else {
            module(project, random, parts);
        }
    }
    if is_package {
        add(project, format!("{}/__init__.py", parts.join("/")), parts.to_vec(), true);
    }
}

fn module(project: &mut Project, random: &mut Random, folder: &[String]) {
    // A folder that isn't a package may be where scripts are, whose modules come first.
    let name = *random.of(if folder.is_empty() { ROOT_MODULES } else { MODULES });
    let name = name.to_owned();
    let parts = [folder, &[name]].concat();
    if project.files.iter().all(|file| file.parts != parts) {
        add(project, format!("{}.py", parts.join("/")), parts, false);
    }
}

fn entry(project: &mut Project, path: &str) {
    add(project, path.to_owned(), vec!["__main__".to_owned()], false);
}

fn add(project: &mut Project, path: String, parts: Vec<String>, is_package: bool) {
    project.files.push(File { path, parts, is_package, ..File::default() });
}
