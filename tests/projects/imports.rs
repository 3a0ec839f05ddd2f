//! Imports of one file of a project into another, in every style.

use super::project::{File, Habit, Project, Thing};
use super::random::Random;

/// An import statement, and what it binds.
#[derive(Clone, Debug, Default)]
pub struct Import {
    pub text: String,
    pub names: Vec<(String, Thing)>,
    /// The dotted name that it makes good for the file.
    pub dotted: Option<(String, usize)>,
}

impl Import {
    /// What the import binds is bound in the file.
    pub fn bind(&self, file: &mut File) {
        for (name, thing) in &self.names {
            file.bind(name, *thing);
        }
        file.dotted.extend(self.dotted.clone());
    }
}

/// Where an import stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    Module,
    Function,
    /// One of two modules that import each other: it may be half done.
    Circle,
}

const ALIASES: &[&str] = &["al", "bo", "cy"];

/// An import of the file `to` into the file `from`.
pub fn import(
    project: &Project,
    from: usize,
    to: usize,
    spot: Spot,
    random: &mut Random,
) -> Import {
    let (own, target) = (&project.files[from], &project.files[to]);
    let common = own.package().iter().zip(&target.parts).take_while(|(a, b)| a == b).count();
    let is_relative = common > 0 && !own.is_entry() && random.below(3) > 0;
    match random.below(10) {
        0 => dotted(target, to),
        1 | 2 => of_module(own, target, to, is_relative.then_some(common), random),
        3 if spot == Spot::Module && project.has(Habit::Stars) => {
            star(own, target, is_relative.then_some(common))
        }
        _ if spot == Spot::Circle => match random.below(2) {
            0 => dotted(target, to),
            _ => of_module(own, target, to, is_relative.then_some(common), random),
        },
        _ => members(own, target, is_relative.then_some(common), random),
    }
}

/// `import pkg.lib`
fn dotted(target: &File, to: usize) -> Import {
    let name = target.dotted_name();
    let names = match target.parts.as_slice() {
        [own] => vec![(own.clone(), Thing::Module(to))],
        _ => Vec::new(),
    };
    Import { text: format!("import {name}"), names, dotted: Some((name, to)) }
}

/// `import pkg.lib as al`, `from . import lib`
fn of_module(
    own: &File,
    target: &File,
    to: usize,
    common: Option<usize>,
    random: &mut Random,
) -> Import {
    let alias = *random.of(ALIASES);
    let (last, package) = target.parts.split_last().expect("a module has a name");
    let is_from = common.is_some_and(|common| common < target.parts.len())
        || !package.is_empty() && random.once_in(2);
    if !is_from {
        let text = format!("import {} as {alias}", target.dotted_name());
        return Import { text, names: vec![(alias.to_owned(), Thing::Module(to))], dotted: None };
    }
    let from = match common {
        Some(common) => relative(own, package, common),
        None => package.join("."),
    };
    let (name, text) = match random.below(2) {
        0 => (last.clone(), format!("from {from} import {last}")),
        _ => (alias.to_owned(), format!("from {from} import {last} as {alias}")),
    };
    Import { text, names: vec![(name, Thing::Module(to))], dotted: None }
}

/// `from pkg.lib import *`
fn star(own: &File, target: &File, common: Option<usize>) -> Import {
    let is_brought = |name: &String| match &target.exports {
        Some(exports) => exports.contains(name),
        None => !name.starts_with('_'),
    };
    let brought = target.names.iter().filter(|(name, _)| is_brought(name));
    let names = brought.map(|(name, thing)| (name.clone(), *thing)).collect();
    Import { text: format!("from {} import *", spelled(own, target, common)), names, dotted: None }
}

/// `from .lib import m, h as k`
fn members(own: &File, target: &File, common: Option<usize>, random: &mut Random) -> Import {
    let known: Vec<_> = target.names.iter().collect();
    if known.is_empty() {
        return Import { text: format!("import {}", target.dotted_name()), ..Import::default() };
    }
    let mut members: Vec<String> = Vec::new();
    let mut names = Vec::new();
    for _ in 0..random.between(1, 3) {
        let (name, thing) = *random.of(&known);
        let alias = match random.below(4) {
            0 => alias_of(*thing, random).to_owned(),
            _ => name.clone(),
        };
        if names.iter().any(|(taken, _)| *taken == alias) {
            continue;
        }
        members.push(if alias == *name { alias.clone() } else { format!("{name} as {alias}") });
        names.push((alias, *thing));
    }
    let from = spelled(own, target, common);
    Import { text: format!("from {from} import {}", members.join(", ")), names, dotted: None }
}

/// Another name for a thing, of those that such things have.
fn alias_of(thing: Thing, random: &mut Random) -> &'static str {
    let names = match thing {
        Thing::Callable { .. } => super::definitions::CALLABLES,
        Thing::Number => super::definitions::NUMBERS,
        Thing::Constant => super::definitions::CONSTANTS,
        Thing::Register => super::definitions::REGISTERS,
        Thing::Module(_) => ALIASES,
    };
    random.of::<&str>(names)
}

fn spelled(own: &File, target: &File, common: Option<usize>) -> String {
    match common {
        Some(common) => relative(own, &target.parts, common),
        None => target.dotted_name(),
    }
}

/// The relative name of a module or package.
fn relative(own: &File, parts: &[String], common: usize) -> String {
    let common = common.min(parts.len());
    let dots = ".".repeat(own.package().len() - common + 1);
    format!("{dots}{}", parts[common..].join("."))
}
