//! What a file defines: functions, macros, `@unroll` functions, classes, numbers, registers.

use super::imports::{self, Spot};
use super::project::{File, Habit, Project, Thing};
use super::random::Random;
use super::values::Values;

pub const CALLABLES: &[&str] = &["h", "aid", "m", "dbl", "mix", "_own", "len"];
pub const NUMBERS: &[&str] = &["RATE", "LIMIT", "_low"];
pub const CONSTANTS: &[&str] = &["SIZE", "DEPTH"];
pub const REGISTERS: &[&str] = &["names", "seen"];

/// The ways a callable can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Function,
    Macro,
    Unroll,
}

/// Something to call under a name of its own, or one that was bound before.
pub fn callable(project: &mut Project, at: usize, random: &mut Random) {
    let Some(name) = own_name(project, at, CALLABLES, random) else { return };
    let form = *random.of(&[Form::Function, Form::Macro, Form::Macro, Form::Macro, Form::Unroll]);
    // A function that is there calls this one now; it must not be called by it.
    let globals = !project.files[at].names.contains_key(&name);
    let (lines, values) = body(project, at, form, globals, random);
    let cost = values.cost;
    let used = std::mem::take(&mut { values }.used);
    let file = &mut project.files[at];
    let decorator = match form {
        Form::Function => String::new(),
        Form::Macro => format!("@{}\n", file.decorators[0]),
        Form::Unroll => format!("@{}\n", file.decorators[1]),
    };
    let body: String = lines.iter().map(|line| format!("\n    {line}")).collect();
    file.statements.push(format!("{decorator}def {name}(x, n=2):{body}"));
    file.used.extend(used);
    file.bind(&name, Thing::Callable { cost });
}

fn body<'a>(
    project: &'a Project,
    at: usize,
    form: Form,
    globals: bool,
    random: &mut Random,
) -> (Vec<String>, Values<'a>) {
    let file = &project.files[at];
    let mut values = Values { globals, ..Values::new(project, file, &["x", "n"]) };
    let mut lines = Vec::new();
    for step in 0..random.below(3) {
        lines.extend(line(&mut values, form, step, random));
    }
    let is_lazy = project.has(Habit::Lazy) && form == Form::Function;
    if is_lazy && random.once_in(2) && at > 0 {
        lines.extend(lazy(&mut values, at, random));
    }
    let word = format!("{} {}", file.path, file.statements.len());
    let (first, second) = (values.expression(random, 2), values.expression(random, 1));
    lines.push(match random.below(4) {
        0 => format!("return {first}"),
        1 => format!("return (\"{word}\", {first})"),
        _ => format!("return (\"{word}\", {first}, {second})"),
    });
    (lines, values)
}

/// Statements before the last.
fn line(values: &mut Values<'_>, form: Form, step: u32, random: &mut Random) -> Vec<String> {
    let register = |thing| thing == Thing::Register;
    let expression = values.expression(random, 1);
    match random.below(8) {
        0 => vec![format!("print(\"in {}\", x)", values.file.path)],
        1 => match values.some(random, register) {
            Some(register) => vec![format!("{register}.append({expression})")],
            None => vec!["pass".to_owned()],
        },
        2 if form == Form::Unroll => {
            vec!["for i in range(n):".to_owned(), format!("    x = (i, {expression})")]
        }
        3 if form != Form::Macro => {
            vec!["if x:".to_owned(), format!("    x = {expression}")]
        }
        4 => vec!["if n > 2:".to_owned(), format!("    x = {expression}")],
        5 if form == Form::Function => own_number(values, random),
        _ => {
            let name = format!("y{step}");
            values.locals.push(name.clone());
            vec![format!("{name} = {expression}")]
        }
    }
}

/// A function that counts.
fn own_number(values: &Values<'_>, random: &mut Random) -> Vec<String> {
    let is_own = |(_, thing): &(&String, &Thing)| **thing == Thing::Number;
    let own: Vec<&String> = values.file.names.iter().filter(is_own).map(|(n, _)| n).collect();
    match own.is_empty() {
        true => Vec::new(),
        false => {
            let name = *random.of(&own);
            vec![format!("global {name}"), format!("{name} = {name} + 1")]
        }
    }
}

/// An import when the function runs, and a use of it.
fn lazy(values: &mut Values<'_>, at: usize, random: &mut Random) -> Vec<String> {
    let others = visible(values.project, at);
    if others.is_empty() {
        return Vec::new();
    }
    let import = imports::import(values.project, at, *random.of(&others), Spot::Function, random);
    let mut inner = File { path: values.file.path.clone(), ..File::default() };
    import.bind(&mut inner);
    let mut own = Values { cost: values.cost, ..Values::new(values.project, &inner, &["x"]) };
    let call = own.call(random, 1);
    values.cost = own.cost;
    values.locals.push("z".to_owned());
    // What the function imports is its own from its first line on.
    let names: Vec<&String> = inner.names.keys().collect();
    values.locals.retain(|local| !names.contains(&local));
    let roots = import.dotted.iter().filter_map(|(name, _)| name.split('.').next());
    let hidden: Vec<&str> = names.iter().map(|name| name.as_str()).chain(roots).collect();
    if values.used.iter().any(|used| hidden.contains(&used.as_str())) {
        return Vec::new();
    }
    values.globals = false;
    vec![import.text.clone(), format!("z = {call}")]
}

/// The files that the one at `at` can import when it runs.
pub fn visible(project: &Project, at: usize) -> Vec<usize> {
    let own = &project.files[at];
    // A package that is around the file isn't done before it.
    let is_there = |index: &usize| project.files[*index].is_seen_by(own);
    (0..at).filter(is_there).collect()
}

/// A name for something of the file's own.
fn own_name(project: &Project, at: usize, pool: &[&str], random: &mut Random) -> Option<String> {
    let is_free = |name: &&&str| {
        let is_builtin = project.has(Habit::Builtins) || **name != "len";
        is_builtin && (project.has(Habit::Rebinds) || !project.files[at].names.contains_key(**name))
    };
    let free: Vec<&&str> = pool.iter().filter(is_free).collect();
    (!free.is_empty()).then(|| (**random.of(&free)).to_owned())
}

/// A number, a constant or a register.
pub fn value(project: &mut Project, at: usize, random: &mut Random) {
    let kind = random.below(6);
    let pool = match kind {
        0..=2 => NUMBERS,
        3 | 4 => CONSTANTS,
        _ => REGISTERS,
    };
    let Some(name) = own_name(project, at, pool, random) else { return };
    let file = &project.files[at];
    let number = random.below(90);
    let comptime = &file.decorators[2];
    let (thing, text) = match kind {
        0 | 1 => (Thing::Number, format!("{name} = {number}")),
        2 => {
            let value = Values::new(project, file, &[]).number(random);
            (Thing::Number, format!("{name} = {value} + {number}"))
        }
        3 | 4 => (Thing::Constant, format!("{name} = {comptime}({number} + 1)")),
        _ => (Thing::Register, format!("{name} = []")),
    };
    let file = &mut project.files[at];
    file.statements.push(text);
    file.bind(&name, thing);
}

/// A class whose body imports and whose method calls.
pub fn class(project: &mut Project, at: usize, random: &mut Random) {
    let others = visible(project, at);
    if others.is_empty() {
        return;
    }
    let import = imports::import(project, at, *random.of(&others), Spot::Function, random);
    let file = &project.files[at];
    let mut inner = File { path: file.path.clone(), ..File::default() };
    import.bind(&mut inner);
    let call = Values::new(project, &inner, &[]).call(random, 1);
    let mut method = Values::new(project, file, &["x"]);
    let result = method.call(random, 1);
    let used = method.used;
    let number = file.statements.len();
    let text = format!(
        "class Kind{number}:\n    {}\n    value = {call}\n    def go(self, x):\n        return {result}\n\
         print(Kind{number}.value, Kind{number}().go(1))",
        import.text
    );
    let file = &mut project.files[at];
    file.used.extend(used);
    file.statements.push(text);
}
