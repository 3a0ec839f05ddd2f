//! A whole program: macros, perhaps in a module of their own, and units that call them.

use super::random::{Random, Weights};
use super::units::UNITS;
use super::writer::{Variable, Writer};

/// What a macro's parameter is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Whatever a program has.
    Any,
    /// A literal.
    Known,
    /// A small number that only the running program knows.
    Count,
}

/// A parameter of a macro.
#[derive(Clone, Debug)]
pub struct Parameter {
    pub name: String,
    pub kind: Kind,
    pub default: Option<String>,
    pub by_keyword_only: bool,
    pub by_position_only: bool,
}

/// A macro.
#[derive(Clone, Debug)]
pub struct Macro {
    pub name: String,
    /// What `app.py` calls it.
    pub name_in_app: String,
    pub in_lib: bool,
    pub is_unroll: bool,
    pub parameters: Vec<Parameter>,
    pub rest: bool,
    pub more: bool,
    pub text: String,
    /// The macros it calls.
    pub used: Vec<usize>,
}

impl Macro {
    /// Its name in this module.
    pub fn name_from(&self, in_lib: bool) -> &str {
        if in_lib { &self.name } else { &self.name_in_app }
    }
}

/// Statements that are run by themselves.
#[derive(Clone, Debug)]
pub struct Unit {
    pub text: String,
    /// The macros it calls.
    pub used: Vec<usize>,
}

/// A program. What was dropped from it is `None`.
#[derive(Clone, Debug)]
pub struct Program {
    pub macros: Vec<Option<Macro>>,
    pub units: Vec<Option<Unit>>,
    pub has_lib: bool,
}

/// A piece of a rendered file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    Head,
    Macro(usize),
    Unit(usize),
}

/// The text of a file, and where its pieces start.
pub struct Rendered {
    pub name: &'static str,
    pub text: String,
    pub pieces: Vec<(usize, Piece)>,
}

const WORLD: &str =
    "from world import T, boom, call, keep, kind, log, pair, push, say, spin, tick\n";

const GLOBALS: &str = "\
G = T('G of NAME')
H = T('H of NAME')


def twice(value=0, *rest):
    pair(value, rest)
    return value


def rebind(value=0, *rest):
    global H
    H = T(value)
    return H
";

/// Writes the program that `random` chooses.
pub fn write(random: &mut Random, weights: &Weights) -> Program {
    let has_lib = weights.of("lib", 1) > 0 && random.once_in(3);
    let mut macros: Vec<Macro> = Vec::new();
    for number in 0..random.between(1, 4) {
        let in_lib = has_lib && (number == 0 || random.once_in(2));
        let visible = macros.iter().filter(|m| m.in_lib || !in_lib).cloned().collect::<Vec<_>>();
        let new = write_macro(random, weights, &visible, number, in_lib);
        macros.push(new);
    }
    macros.sort_by_key(|m| !m.in_lib);
    let units = (0..random.between(1, 4)).map(|n| write_unit(random, weights, &macros, n));
    let units = units.map(Some).collect();
    Program { macros: macros.into_iter().map(Some).collect(), units, has_lib }
}

fn writer<'a>(
    random: &'a mut Random,
    weights: &'a Weights,
    macros: &'a [Macro],
    mode: char,
) -> Writer<'a> {
    Writer {
        random,
        weights,
        mode,
        offers: "fw".to_owned(),
        variables: Vec::new(),
        level: 0,
        macros,
        globals: true,
        in_lib: false,
        used: Vec::new(),
        budget: 60,
        count: 0,
        quoteless: false,
        unit: Default::default(),
    }
}

fn write_unit(random: &mut Random, weights: &Weights, macros: &[Macro], number: u32) -> Unit {
    let mut writer = writer(random, weights, macros, 'S');
    let mut parameters: Vec<String> = Vec::new();
    for _ in 0..writer.random.between(1, 3) {
        let name = writer.parameter(&parameters);
        parameters.push(name);
    }
    let arguments: String = parameters.iter().map(|name| format!(", T('{name}')")).collect();
    writer.unit = [format!("u{number}"), parameters.join(", "), arguments];
    let Some(row) = writer.choose_unit() else {
        return Unit { text: "pass".to_owned(), used: Vec::new() };
    };
    if row.3.contains("$P") {
        let variable = |name: &String| Variable { name: name.clone(), known: false, level: 0 };
        writer.variables = parameters.iter().map(variable).collect();
    }
    let depth = writer.random.between(1, 3);
    let text = writer.unit(row, depth);
    Unit { text, used: writer.used }
}

impl Writer<'_> {
    fn choose_unit(&mut self) -> Option<&'static super::writer::Row> {
        self.offers = "fayzw".to_owned();
        self.choose(UNITS)
    }
}

fn write_macro(
    random: &mut Random,
    weights: &Weights,
    macros: &[Macro],
    number: u32,
    in_lib: bool,
) -> Macro {
    let is_unroll = random.below(10) < weights.of("unroll macros", 5);
    let mode = if is_unroll { 'U' } else { 'M' };
    let name = format!("m{number}");
    let name_in_app = match random.below(4) {
        0 if in_lib => format!("lib.{name}"),
        1 if in_lib => format!("{name}_too"),
        _ => name.clone(),
    };
    let mut writer = writer(random, weights, macros, mode);
    writer.in_lib = in_lib;
    let mut parameters = Vec::new();
    for _ in 0..writer.random.below(4) {
        parameters.push(write_parameter(&mut writer, &parameters));
    }
    sort_parameters(&mut parameters);
    let rest = writer.random.once_in(8) && !parameters.iter().any(|p| p.name == "rest");
    let more = writer.random.once_in(12) && !parameters.iter().any(|p| p.name == "more");
    let mut new = Macro {
        name,
        name_in_app,
        in_lib,
        is_unroll,
        parameters,
        rest,
        more,
        text: String::new(),
        used: Vec::new(),
    };
    for parameter in &new.parameters {
        writer.declare(parameter.name.clone(), parameter.kind == Kind::Known);
    }
    let body = write_body(&mut writer, &new);
    // Macros are numbered as they are visible here; names stay.
    let names: Vec<String> = writer.used.iter().map(|at| macros[*at].name.clone()).collect();
    new.used = names.iter().filter_map(|n| n[1..].parse().ok()).collect();
    let decorator = if is_unroll { "unroll" } else { "macro" };
    let body = body.replace('\n', "\n    ");
    new.text = format!("@{decorator}\ndef {}({}):\n    {body}\n", new.name, signature(&new));
    new
}

fn write_parameter(writer: &mut Writer<'_>, others: &[Parameter]) -> Parameter {
    let names: Vec<_> = others.iter().map(|p| p.name.clone()).collect();
    let name = writer.parameter(&names);
    let kind = *writer.random.of(&[Kind::Any, Kind::Any, Kind::Any, Kind::Known, Kind::Count]);
    let effect = writer.weights.of("default with an effect", 1) > 0;
    let default = match kind {
        _ if !writer.random.once_in(4) => None,
        Kind::Any if effect && writer.random.once_in(2) => Some("tick(7)".to_owned()),
        Kind::Any => Some((*writer.random.of(&["None", "'word'", "G", "[1, 2]", "5"])).to_owned()),
        Kind::Known | Kind::Count => Some("2".to_owned()),
    };
    let by_keyword_only = writer.random.once_in(8);
    let by_position_only = !by_keyword_only && writer.random.once_in(8);
    Parameter { name, kind, default, by_keyword_only, by_position_only }
}

/// Brings parameters into an order that Python takes.
fn sort_parameters(parameters: &mut [Parameter]) {
    let any_position = parameters.iter().any(|p| p.by_position_only);
    if any_position && parameters.iter().any(|p| p.default.is_some()) {
        parameters.iter_mut().for_each(|p| p.by_position_only = false);
    }
    parameters.sort_by_key(|p| (p.by_keyword_only, !p.by_position_only, p.default.is_some()));
}

fn signature(of: &Macro) -> String {
    let mut parts = Vec::new();
    let (mut slash, mut star) = (false, false);
    for parameter in &of.parameters {
        if slash && !parameter.by_position_only {
            parts.push("/".to_owned());
            slash = false;
        }
        slash |= parameter.by_position_only;
        if parameter.by_keyword_only && !star {
            parts.push(if of.rest { "*rest" } else { "*" }.to_owned());
            star = true;
        }
        let default = parameter.default.as_ref().map(|d| format!("={d}")).unwrap_or_default();
        parts.push(format!("{}{default}", parameter.name));
    }
    parts.extend(slash.then(|| "/".to_owned()));
    parts.extend((of.rest && !star).then(|| "*rest".to_owned()));
    parts.extend(of.more.then(|| "**more".to_owned()));
    parts.join(", ")
}

fn write_body(writer: &mut Writer<'_>, new: &Macro) -> String {
    let mut lines = Vec::new();
    let depth = writer.random.between(1, 2);
    writer.budget = 25;
    if new.rest && writer.random.once_in(2) {
        lines.push(format!("for each in rest:\n    {}", writer.expression(1)));
    }
    if new.more {
        lines.push("pair(more.get('extra', 4))".to_owned());
    }
    let counter = new.parameters.iter().find(|p| p.kind != Kind::Any);
    let recursive = counter.filter(|_| new.is_unroll && writer.random.once_in(4));
    if let Some(counter) = recursive {
        lines.push(format!("if {} <= 0:\n    return {}", counter.name, writer.expression(1)));
    }
    // An expression alone is the usual macro.
    let statements = writer.random.below(4);
    for _ in 0..statements {
        lines.push(writer.statement(depth));
    }
    if let Some(counter) = recursive {
        let argument = |p: &Parameter, writer: &mut Writer<'_>| match p.name == counter.name {
            true => format!("{}={} - 1", p.name, p.name),
            false => format!("{}={}", p.name, writer.expression(1)),
        };
        let arguments: Vec<_> = new.parameters.iter().map(|p| argument(p, writer)).collect();
        if !new.parameters.iter().any(|p| p.by_position_only) {
            lines.push(format!("deep = {}({})", new.name, arguments.join(", ")));
            writer.declare("deep".to_owned(), false);
        }
    }
    let last = match writer.random.below(12) {
        0 => "pass".to_owned(),
        1 => "return".to_owned(),
        _ => format!("return {}", writer.expression(depth + 1)),
    };
    lines.push(last);
    lines.join("\n")
}

impl Program {
    /// Its files, `app.py` first.
    pub fn render(&self) -> Vec<Rendered> {
        let mut files = vec![self.render_file(false)];
        if self.has_lib {
            files.push(self.render_file(true));
        }
        files
    }

    fn render_file(&self, lib: bool) -> Rendered {
        let name = if lib { "lib.py" } else { "app.py" };
        let mut text = String::new();
        let mut pieces = vec![(0, Piece::Head)];
        let macros = || self.macros.iter().enumerate().filter_map(|(i, m)| Some((i, m.as_ref()?)));
        text.push_str(WORLD);
        if !lib && self.has_lib {
            text.push_str("import lib\n");
            for (_, m) in macros().filter(|(_, m)| m.in_lib) {
                match m.name_in_app.as_str() {
                    app if app.contains('.') => {}
                    app if app == m.name => text.push_str(&format!("from lib import {app}\n")),
                    app => text.push_str(&format!("from lib import {} as {app}\n", m.name)),
                }
            }
        }
        text.push_str(&GLOBALS.replace("NAME", name));
        for (index, m) in macros().filter(|(_, m)| m.in_lib == lib) {
            text.push_str("\n\n");
            pieces.push((text.len(), Piece::Macro(index)));
            text.push_str(&m.text);
        }
        for (index, unit) in self.units.iter().enumerate().filter(|_| !lib) {
            let Some(unit) = unit else { continue };
            text.push_str("\n\n");
            pieces.push((text.len(), Piece::Unit(index)));
            text.push_str(&unit.text);
            text.push('\n');
        }
        let words = ["macro", "unroll", "comptime"];
        let is_used = |word: &&str| {
            text.contains(&format!("@{word}\n")) || text.contains(&format!("{word}("))
        };
        let used: Vec<_> = words.into_iter().filter(is_used).collect();
        if !used.is_empty() {
            let import = format!("from cython.meta import {}\n", used.join(", "));
            text.insert_str(0, &import);
            pieces[1..].iter_mut().for_each(|(start, _)| *start += import.len());
        }
        Rendered { name, text, pieces }
    }

    /// Drops a piece, and what needs it.
    pub fn drop_piece(&mut self, piece: Piece) {
        match piece {
            // A finding about no place: whose it is shows without some unit.
            Piece::Head => {
                let last = self.units.iter_mut().rev().find(|unit| unit.is_some());
                last.into_iter().for_each(|unit| *unit = None);
            }
            Piece::Unit(index) => self.units[index] = None,
            Piece::Macro(index) => {
                let Some(dropped) = self.macros[index].take() else { return };
                let number: Option<usize> = dropped.name[1..].parse().ok();
                let users: Vec<usize> = (0..self.macros.len())
                    .filter(|at| {
                        let user = self.macros[*at].as_ref();
                        user.is_some_and(|m| m.used.iter().any(|used| Some(*used) == number))
                    })
                    .collect();
                for unit in &mut self.units {
                    if unit.as_ref().is_some_and(|unit| unit.used.contains(&index)) {
                        *unit = None;
                    }
                }
                users.into_iter().for_each(|user| self.drop_piece(Piece::Macro(user)));
            }
        }
    }

    /// Whether there is a unit left.
    pub fn is_alive(&self) -> bool {
        self.units.iter().any(Option::is_some)
    }
}

impl Rendered {
    /// The piece that holds this offset.
    pub fn piece_at(&self, offset: usize) -> Piece {
        let before = self.pieces.iter().rev().find(|(start, _)| *start <= offset);
        before.map_or(Piece::Head, |(_, piece)| *piece)
    }
}
