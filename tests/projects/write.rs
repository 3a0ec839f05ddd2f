//! Projects that chance writes.

use super::definitions::{self, callable, visible};
use super::imports::{self, Spot};
use super::project::{Habit, Project, Thing, layout};
use super::random::{Random, Weights};
use super::values::Values;

/// A project.
pub fn write(random: &mut Random, weights: &Weights) -> Project {
    let mut project = layout(random, weights);
    for at in 0..project.files.len() {
        file(&mut project, at, random);
    }
    if project.has(Habit::Circles) {
        circles(&mut project, random);
    }
    project
}

fn file(project: &mut Project, at: usize, random: &mut Random) {
    decorators(project, at, random);
    let is_entry = project.files[at].is_entry();
    let count = if is_entry { random.between(8, 14) } else { random.between(3, 9) };
    for step in 0..count {
        let early = step < 3;
        let has = Project::has;
        match random.below(if is_entry { 12 } else { 17 }) {
            0..=2 => import(project, at, random),
            3 if !early || is_entry => import(project, at, random),
            4..=6 if is_entry => show(project, at, random),
            4 if has(project, Habit::Effects) => effect(project, at, random),
            5 | 7 if !early && has(project, Habit::Patches) => patch(project, at, random),
            6 if !early && has(project, Habit::Rebinds) => forget(project, at, random),
            8 if !early && has(project, Habit::Classes) => definitions::class(project, at, random),
            9 => definitions::value(project, at, random),
            10 if is_entry && has(project, Habit::Mocks) => mocked(project, at, random),
            10 => definitions::value(project, at, random),
            _ if is_entry => import(project, at, random),
            _ => callable(project, at, random),
        }
    }
    if is_entry {
        for _ in 0..3 {
            show(project, at, random);
        }
    } else if project.has(Habit::Exports) && random.once_in(2) {
        exports(project, at, random);
    }
}

/// The import of the decorators, in one of its forms.
fn decorators(project: &mut Project, at: usize, random: &mut Random) {
    let (text, spelled) = match random.below(6) {
        0 => ("import cython.meta as meta", ["meta.macro", "meta.unroll", "meta.comptime"]),
        1 => (
            "from cython.meta import macro as mac, unroll as unr, comptime as now",
            ["mac", "unr", "now"],
        ),
        2 => ("from uneval.meta import *", ["macro", "unroll", "comptime"]),
        3 => ("from uneval.meta import macro, unroll, comptime", ["macro", "unroll", "comptime"]),
        _ => ("from cython.meta import macro, unroll, comptime", ["macro", "unroll", "comptime"]),
    };
    let file = &mut project.files[at];
    file.decorators = spelled.map(str::to_owned);
    file.statements.push(text.to_owned());
}

fn import(project: &mut Project, at: usize, random: &mut Random) {
    let others = visible(project, at);
    if others.is_empty() {
        return callable(project, at, random);
    }
    // Those of the same package are nearer.
    let to = match random.below(2) {
        0 => *random.of(&others),
        _ => others[others.len() - 1 - random.below(others.len().min(3) as u32) as usize],
    };
    let import = imports::import(project, at, to, Spot::Module, random);
    let is_star = import.text.ends_with('*');
    let taken = &project.files[at].used;
    let dotted = import.dotted.iter().map(|(name, _)| name);
    // A function that was written for another thing of that name would call itself, perhaps.
    if import.names.iter().map(|(name, _)| name).chain(dotted).any(|name| taken.contains(name)) {
        return;
    }
    let is_new = |(name, _): &(String, Thing)| !project.files[at].names.contains_key(name);
    if !project.has(Habit::Rebinds) && !import.names.iter().all(is_new) {
        return;
    }
    let text = &import.text;
    let branches = if project.has(Habit::Branches) { 12 } else { 0 };
    let statement = match random.below(24) + 12 - branches {
        0 => format!("import sys\nif sys.version_info >= (3,):\n    {text}"),
        1 => format!("try:\n    {text}\nexcept ImportError:\n    print(\"no\")"),
        2 if project.has(Habit::Optional) => {
            let absent = import.names.iter().map(|(name, _)| format!("{name} = None"));
            let absent = absent.chain(["pass".to_owned()]).collect::<Vec<_>>().join("; ");
            format!("try:\n    {text}\nexcept ImportError:\n    {absent}")
        }
        3 => format!("try:\n    import absent_{at}\nexcept ImportError:\n    {text}"),
        4 => format!("import os\nif os.sep:\n    {text}"),
        5 if !is_star => format!("for _ in range(1):\n    {text}"),
        _ => text.clone(),
    };
    let file = &mut project.files[at];
    import.bind(file);
    file.statements.push(statement);
}

/// Something that is seen when the file is imported.
fn effect(project: &mut Project, at: usize, random: &mut Random) {
    let file = &project.files[at];
    let path = &file.path;
    let mut values = Values::new(project, file, &[]);
    let statement = match random.below(3) {
        0 => format!("print(\"{path} runs\")"),
        1 => match values.some(random, |thing| thing == Thing::Register) {
            Some(register) => format!("{register}.append(\"{path}\")"),
            None => format!("print(\"{path} runs\")"),
        },
        _ => format!("print(\"{path}\", {})", values.call(random, 1)),
    };
    project.files[at].statements.push(statement);
}

fn show(project: &mut Project, at: usize, random: &mut Random) {
    let file = &project.files[at];
    let mut values = Values::new(project, file, &[]);
    let statement = match random.below(5) {
        0 => match values.some(random, |thing| thing == Thing::Register) {
            Some(register) => format!("print({register})"),
            None => format!("print({})", values.call(random, 2)),
        },
        1 => {
            let (first, second) = (values.call(random, 1), values.call(random, 1));
            format!("print({first}, {second})")
        }
        2 => format!(
            "def test_{}():\n    return {}\nprint(test_{0}())",
            file.statements.len(),
            values.call(random, 2)
        ),
        _ => format!("print({})", values.call(random, 2)),
    };
    let used = values.used.clone();
    let file = &mut project.files[at];
    file.used.extend(used);
    file.statements.push(statement);
}

/// An attribute of another module is assigned.
fn patch(project: &mut Project, at: usize, random: &mut Random) {
    let file = &project.files[at];
    let values = Values::new(project, file, &[]);
    let Some((code, module)) = values.module(random) else { return };
    let names = &project.files[module].names;
    let number = random.below(90);
    let wanted: Vec<_> = names
        .iter()
        .filter(|(_, thing)| {
            matches!(thing, Thing::Number | Thing::Callable { .. } | Thing::Register)
        })
        .collect();
    if wanted.is_empty() {
        return;
    }
    let (name, thing) = *random.of(&wanted);
    let value = match thing {
        Thing::Number => number.to_string(),
        Thing::Register => "[\"new\"]".to_owned(),
        _ if !project.has(Habit::Replaces) => return,
        _ => format!("lambda x, n=2: (\"patched {number}\", x)"),
    };
    let statement = match random.below(3) {
        0 => format!("setattr({code}, \"{name}\", {value})"),
        1 => format!("def patch_{number}():\n    {code}.{name} = {value}\npatch_{number}()"),
        _ => format!("{code}.{name} = {value}"),
    };
    project.files[at].statements.push(statement);
}

/// An attribute of another module is another for a while.
fn mocked(project: &mut Project, at: usize, random: &mut Random) {
    let file = &project.files[at];
    let mut values = Values::new(project, file, &[]);
    let Some((code, module)) = values.module(random) else { return };
    let names = &project.files[module].names;
    let numbers: Vec<_> = names.iter().filter(|(_, thing)| **thing == Thing::Number).collect();
    if numbers.is_empty() {
        return;
    }
    let (name, _) = *random.of(&numbers);
    let call = values.call(random, 1);
    let statement = format!(
        "from unittest import mock\nwith mock.patch.object({code}, \"{name}\", \"mocked\"):\n    print({call})"
    );
    project.files[at].statements.push(statement);
}

/// A name is taken away, or bound to another thing of its kind.
fn forget(project: &mut Project, at: usize, random: &mut Random) {
    let file = &project.files[at];
    let free = |name: &&String| !file.used.contains(*name);
    let free: Vec<_> = file.names.keys().filter(free).cloned().collect();
    if free.is_empty() {
        return;
    }
    let name = random.of(&free).clone();
    let file = &mut project.files[at];
    match file.names.get(&name) {
        Some(Thing::Number) if random.once_in(2) => {
            file.statements.push(format!("{name} = \"again\""));
        }
        Some(Thing::Callable { .. }) if random.once_in(2) => {
            file.statements.push(format!("{name} = lambda x, n=2: (\"rebound\", x)"));
        }
        _ => {
            file.statements.push(format!("del {name}"));
            file.names.remove(&name);
            file.dotted.retain(|(dotted, _)| dotted.split('.').next() != Some(&name));
        }
    }
}

/// `__all__`, in one of its forms.
fn exports(project: &mut Project, at: usize, random: &mut Random) {
    let file = &mut project.files[at];
    let is_listed = |name: &&String| !matches!(file.names[*name], Thing::Module(_));
    let names: Vec<String> = file.names.keys().filter(is_listed).cloned().collect();
    let names: Vec<String> = names.into_iter().filter(|_| random.below(3) > 0).collect();
    let texts: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    let (first, rest) = texts.split_at(texts.len() / 2);
    let (all, first, rest) = (texts.join(", "), first.join(", "), rest.join(", "));
    let tuple = if texts.len() == 1 { format!("{all},") } else { all.clone() };
    let statement = match random.below(8) {
        0 => format!("__all__ = ({tuple})"),
        1 => format!("__all__ = [{first}]\n__all__ += [{rest}]"),
        2 => format!("__all__ = [{first}]\n__all__.extend([{rest}])"),
        3 => format!("__all__ = [{first}] + [{rest}]"),
        4 => format!("__all__: list = [{all}]"),
        5 => texts
            .iter()
            .fold("__all__ = []".to_owned(), |all, name| format!("{all}\n__all__.append({name})")),
        _ => format!("__all__ = [{all}]"),
    };
    file.exports = Some(names);
    file.statements.push(statement);
}

/// Modules that import each other, and call each other when they have run.
fn circles(project: &mut Project, random: &mut Random) {
    for number in 0..random.between(1, 5) {
        let importable: Vec<usize> =
            (0..project.files.len()).filter(|at| !project.files[*at].is_entry()).collect();
        let (first, second) = (*random.of(&importable), *random.of(&importable));
        let is_seen = project.files[second].is_seen_by(&project.files[first]);
        if first >= second || !is_seen {
            continue;
        }
        let import = imports::import(project, first, second, Spot::Circle, random);
        let mut inner = super::project::File::default();
        import.bind(&mut inner);
        let call = Values::new(project, &inner, &["x"]).call(random, 1);
        let file = &mut project.files[first];
        let clashes = import.names.iter().any(|(name, _)| file.names.contains_key(name));
        if clashes {
            continue;
        }
        let name = format!("late_{number}");
        let decorator = match random.below(2) {
            0 => String::new(),
            _ => format!("@{}\n", file.decorators[0]),
        };
        let text = format!("{decorator}def {name}(x, n=2):\n    return (\"{name}\", {call})");
        let end = file.statements.len();
        let place = if random.once_in(3) { 1 } else { end };
        file.statements.insert(place, import.text.clone());
        file.statements.push(text);
        let module = file.dotted_name();
        for entry in &mut project.files {
            if entry.is_entry() && (module != "common" || entry.path.starts_with("scripts/")) {
                let alias = format!("late{number}");
                entry
                    .statements
                    .push(format!("from {module} import {name} as {alias}\nprint({alias}(1))"));
            }
        }
    }
}
