//! The floor plan: which modules there are, in which order, and which paths lead where.
//!
//! The plan is read off the `mod` lines of each file, lowest first. A path is followed to the
//! module it leads to, through re-exports.

use std::collections::BTreeMap;

use super::{File, files, tokens};

/// A path from the crate's root: `["screen", "skim"]`.
pub type Path = Vec<String>;

#[derive(Default)]
pub struct Module {
    pub file: String,
    /// Its text, without what is compiled for tests only, comments and literals.
    pub code: String,
    /// All of its text.
    pub text: String,
    /// Child modules, in the order of their `mod` lines.
    pub children: Vec<String>,
    /// What each name of a `use` stands for: a path from the root, or of another crate.
    pub imported: BTreeMap<String, Path>,
}

/// All modules of the crate by their paths.
pub struct Plan(pub BTreeMap<Path, Module>);

impl Plan {
    /// The plan of this project.
    pub fn read() -> Plan {
        Plan::of(&files(&["src"], &[".rs"]))
    }

    /// The plan of a crate with these files.
    pub fn of(files: &[File]) -> Plan {
        let mut plan = Plan(BTreeMap::new());
        plan.add(files, Vec::new(), "src/lib.rs");
        plan
    }

    fn add(&mut self, files: &[File], path: Path, file: &str) {
        let Some(source) = files.iter().find(|f| f.path == file) else {
            panic!("there is no {file}")
        };
        let code = source.code_outside_tests();
        let children = children(&code);
        for child in &children {
            let child_path = [&path[..], std::slice::from_ref(child)].concat();
            self.add(files, child_path.clone(), &format!("src/{}.rs", child_path.join("/")));
        }
        let mut imported = BTreeMap::new();
        for (used, name) in uses(&code) {
            let used = match used.first().map(String::as_str) {
                Some("crate" | "self" | "super") => absolute(&path, &used),
                Some(first) if children.iter().any(|child| child == first) => {
                    [&path[..], &used].concat()
                }
                _ => used,
            };
            imported.insert(name, used);
        }
        let text = source.text.clone();
        self.0.insert(path, Module { file: file.to_owned(), code, text, children, imported });
    }

    /// The module that a path from the root leads to, and what of the path is left there.
    pub fn follow(&self, path: &[String]) -> (Path, Path) {
        let mut here = Path::new();
        for (index, name) in path.iter().enumerate() {
            let module = &self.0[&here];
            if module.children.contains(name) {
                here.push(name.clone());
            } else if let Some(origin) = module.imported.get(name).filter(|o| self.is_inside(o)) {
                return self.follow(&[origin, &path[index + 1..]].concat());
            } else {
                return (here, path[index..].to_vec());
            }
        }
        (here, Path::new())
    }

    fn is_inside(&self, path: &[String]) -> bool {
        path.first().is_some_and(|first| self.0[&Path::new()].children.contains(first))
    }

    /// What a name or a path that is used in a module leads to, as `follow` gives it; none if it
    /// is of another crate.
    pub fn resolve(&self, module: &Path, path: &[String]) -> Option<(Path, Path)> {
        let first = path.first()?;
        if matches!(first.as_str(), "crate" | "self" | "super") {
            return Some(self.follow(&absolute(module, path)));
        }
        match self.0[module].imported.get(first) {
            Some(origin) if self.is_inside(origin) => {
                Some(self.follow(&[origin, &path[1..]].concat()))
            }
            Some(_) => None,
            None => Some(self.follow(&[&module[..], path].concat())),
        }
    }

    /// Whether the module at `user` may use the one at `used`: where their paths part, the one that
    /// is used must be declared first. A module may use what its parents themselves define, and all
    /// of its own children.
    pub fn allows(&self, user: &Path, used: &Path) -> bool {
        let common = user.iter().zip(used).take_while(|(a, b)| a == b).count();
        let (Some(user), Some(other)) = (user.get(common), used.get(common)) else { return true };
        let siblings = &self.0[&used[..common]].children;
        let floor = |name| siblings.iter().position(|sibling| sibling == name);
        floor(other) < floor(user)
    }

    /// The modules that each module uses by a path.
    pub fn paths_used(&self) -> impl Iterator<Item = (&Path, Path)> {
        self.0.iter().flat_map(move |(user, module)| {
            let followed = move |path: Path| (user, self.follow(&absolute(user, &path)).0);
            paths(&module.code).into_iter().map(followed)
        })
    }
}

/// The names of the `mod` lines.
fn children(code: &str) -> Vec<String> {
    let tokens = tokens(code);
    let mods = tokens.windows(3).filter(|w| w[0] == "mod" && w[2] == ";");
    mods.map(|w| w[1].to_owned()).collect()
}

/// What each `use` brings in: the path, and the name it gets here.
pub fn uses(code: &str) -> Vec<(Path, String)> {
    let tokens = tokens(code);
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if *token == "use" {
            read_tree(&tokens[at + 1..], &Path::new(), &mut found);
        }
    }
    found
}

/// Every path in the code that starts at the crate, this module or the one above it.
pub fn paths(code: &str) -> Vec<Path> {
    let tokens = tokens(code);
    let mut found = Vec::new();
    for (at, pair) in tokens.windows(2).enumerate() {
        let inner = at > 0 && tokens[at - 1] == "::";
        if matches!(pair, ["crate" | "self" | "super", "::"]) && !inner {
            read_tree(&tokens[at..], &Path::new(), &mut found);
        }
    }
    found.into_iter().map(|(path, _)| path).collect()
}

/// Reads `a::b::{c, d as e}` and gives the number of tokens read.
fn read_tree(tokens: &[&str], before: &Path, found: &mut Vec<(Path, String)>) -> usize {
    let mut path = before.clone();
    let mut at = 0;
    loop {
        match tokens.get(at) {
            Some(&"{") => return at + read_group(&tokens[at..], &path, found),
            Some(&"self") if !path.is_empty() => {}
            Some(name) => path.push((*name).to_owned()),
            None => {}
        }
        at += 1;
        if tokens.get(at) != Some(&"::") {
            break;
        }
        at += 1;
    }
    let mut name = path.last().cloned().unwrap_or_default();
    if let Some(["as", alias]) = tokens.get(at..at + 2) {
        name = (*alias).to_owned();
        at += 2;
    }
    found.push((path, name));
    at
}

fn read_group(tokens: &[&str], before: &Path, found: &mut Vec<(Path, String)>) -> usize {
    let mut at = 1;
    while tokens.get(at).is_some_and(|token| *token != "}") {
        at += read_tree(&tokens[at..], before, found);
        at += usize::from(tokens.get(at) == Some(&","));
    }
    at + 1
}

/// The path from the root, of a path used in the module at `module`.
fn absolute(module: &Path, path: &[String]) -> Path {
    let parent = &module[..module.len().saturating_sub(1)];
    let base = match path[0].as_str() {
        "crate" => &[],
        "super" => parent,
        _ => &module[..],
    };
    [base, &path[1..]].concat()
}
