//! Expressions over what a file's names are bound to.

use super::project::{File, Project, Thing};
use super::random::Random;

/// The greatest cost of a callable that is called.
const DEAR: u32 = 24;

/// Writes the expressions of one place.
pub struct Values<'a> {
    pub project: &'a Project,
    pub file: &'a File,
    /// The local variables.
    pub locals: Vec<String>,
    /// Whether the module's own names may be used.
    pub globals: bool,
    /// What has been called so far.
    pub cost: u32,
    /// The names of the file that were used.
    pub used: Vec<String>,
}

/// Code that names a thing.
struct Named {
    code: String,
    /// The name of the file that it starts with.
    root: String,
    thing: Thing,
}

impl<'a> Values<'a> {
    pub fn new(project: &'a Project, file: &'a File, locals: &[&str]) -> Values<'a> {
        let locals = locals.iter().map(|name| (*name).to_owned()).collect();
        Values { project, file, locals, globals: true, cost: 1, used: Vec::new() }
    }

    pub fn expression(&mut self, random: &mut Random, depth: u32) -> String {
        match random.below(if depth == 0 { 4 } else { 12 }) {
            0 => random.below(9).to_string(),
            1 | 2 => self.local(random),
            3 => self.number(random),
            4 => format!("({}, {})", self.expression(random, depth - 1), self.number(random)),
            5 => format!("[{}, {}]", self.number(random), self.expression(random, depth - 1)),
            _ => self.call(random, depth - 1),
        }
    }

    fn local(&self, random: &mut Random) -> String {
        match self.locals.is_empty() {
            true => "\"here\"".to_owned(),
            false => random.of(&self.locals).clone(),
        }
    }

    pub fn number(&mut self, random: &mut Random) -> String {
        let numbers = |thing: Thing| matches!(thing, Thing::Number | Thing::Constant);
        self.some(random, numbers).unwrap_or_else(|| random.below(9).to_string())
    }

    /// A call of something, if there is something to call.
    pub fn call(&mut self, random: &mut Random, depth: u32) -> String {
        let left = DEAR.saturating_sub(self.cost);
        let is_cheap = |thing| matches!(thing, Thing::Callable { cost } if cost < left);
        let Some(callee) = self.named(random, is_cheap) else { return self.number(random) };
        if let Thing::Callable { cost } = callee.thing {
            self.cost += cost;
        }
        self.used.push(callee.root);
        let argument = self.expression(random, depth);
        match random.below(6) {
            0 => format!("{}({argument}, 3)", callee.code),
            1 => format!("{}({argument}, n=4)", callee.code),
            2 => format!("{}(x={argument})", callee.code),
            _ => format!("{}({argument})", callee.code),
        }
    }

    /// Code for something of a kind.
    pub fn some(&mut self, random: &mut Random, wanted: impl Fn(Thing) -> bool) -> Option<String> {
        let named = self.named(random, wanted)?;
        self.used.push(named.root);
        Some(named.code)
    }

    fn named(&self, random: &mut Random, wanted: impl Fn(Thing) -> bool) -> Option<Named> {
        let all: Vec<Named> = self.all().into_iter().filter(|n| wanted(n.thing)).collect();
        let index = random.below(all.len() as u32) as usize;
        all.into_iter().nth(index)
    }

    /// All that can be named here, directly and through modules.
    fn all(&self) -> Vec<Named> {
        if !self.globals {
            return Vec::new();
        }
        let mut all = Vec::new();
        let mut modules = Vec::new();
        for (name, thing) in &self.file.names {
            all.push(Named { code: name.clone(), root: name.clone(), thing: *thing });
            if let Thing::Module(index) = thing {
                modules.push((name.clone(), *index));
            }
        }
        modules.extend(self.file.dotted.iter().cloned());
        for (code, index) in modules {
            let root = code.split('.').next().unwrap_or_default().to_owned();
            for (name, thing) in &self.project.files[index].names {
                let code = format!("{code}.{name}");
                all.push(Named { code, root: root.clone(), thing: *thing });
            }
        }
        all
    }

    /// A module that the file can name, and the code that does.
    pub fn module(&self, random: &mut Random) -> Option<(String, usize)> {
        let named = self.named(random, |thing| matches!(thing, Thing::Module(_)))?;
        match named.thing {
            Thing::Module(index) => Some((named.code, index)),
            _ => None,
        }
    }
}
