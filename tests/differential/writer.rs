//! Writes Python by filling the holes of templates.
//!
//! A hole is `$` and a letter. Expressions: `$x` any, `$y` one that binds nothing, `$z` one that
//! may stand in an f-string, `$m` a call of a macro, `$k` a number known when a macro runs, and
//! `$X`, `$Y` with the template's own new names in sight. Statements: `$b` a block, `$B` with the
//! new names, `$l` and `$K` the same in a loop, `$F` in a function, `$S` the body of a unit.
//! Names: `$n` and `$p` new ones, `$i` a new one that is known, `$v` and `$r` to read and to
//! rebind an old one, `$c` a counter that nothing else rebinds, `$h` a helper's. Words: `$t` a
//! number, `$s` a string, `$a` an attribute, `$o`, `$q`, `$u` operators, `$g` a global, `$f` a
//! function of the module.

use super::expressions::{FORMS, LEAVES};
use super::program::{Kind, Macro};
use super::random::{Random, Weights};
use super::statements::{COMPOUND, SIMPLE};

/// A form: its name, its weight, where it may stand, its template. `S` a call site, `M` the body
/// of a `@macro`, `U` of an `@unroll`; it needs: `f` a function, `l` a loop, `a` a coroutine, `y` a
/// generator, `z` one that isn't a coroutine, `w` a place that may bind a name.
pub type Row = (&'static str, u32, &'static str, &'static str);

/// Names of locals, at call sites and in macros alike, so that they meet.
const LOCALS: &[&str] = &["a", "b", "c", "x", "y", "i", "n", "r", "_r", "_x", "rest", "acc"];

/// Parameters that hide builtins and globals.
const SHADOWS: &[&str] =
    &["len", "str", "range", "pair", "tick", "G", "H", "twice", "list", "max", "tuple", "bool"];

/// A local name.
#[derive(Clone, Debug)]
pub struct Variable {
    pub name: String,
    /// Whether a macro knows its value when it runs.
    pub known: bool,
    /// How many functions it is in.
    pub level: u32,
}

/// Writes the code of one module.
pub struct Writer<'a> {
    pub random: &'a mut Random,
    pub weights: &'a Weights,
    /// `S`, `M` or `U`.
    pub mode: char,
    /// What the place offers, of the letters that rows need.
    pub offers: String,
    pub variables: Vec<Variable>,
    pub level: u32,
    pub macros: &'a [Macro],
    /// Whether the module has `G`, `H`, `twice` and `rebind`.
    pub globals: bool,
    pub in_lib: bool,
    /// The macros called so far.
    pub used: Vec<usize>,
    /// How many forms may still be written.
    pub budget: i32,
    pub count: u32,
    pub quoteless: bool,
    /// What `$U`, `$P` and `$A` are.
    pub unit: [String; 3],
}

/// The names of one template.
#[derive(Default)]
struct Names {
    new: [Option<String>; 3],
    helper: Option<String>,
    counter: Option<String>,
}

impl Writer<'_> {
    /// An expression, `depth` forms deep at most.
    pub fn expression(&mut self, depth: u32) -> String {
        self.budget -= 1;
        let deep = depth > 0 && self.budget > 0 && !self.random.once_in(4);
        let table = if deep { FORMS } else { LEAVES };
        match self.choose(table) {
            Some(row) => self.fill_expression(row, depth.saturating_sub(1)),
            None => "tick()".to_owned(),
        }
    }

    /// Some statements.
    pub fn block(&mut self, depth: u32, most: u32) -> String {
        let before = self.variables.clone();
        let number = self.random.between(1, most);
        let lines: Vec<_> = (0..number).map(|_| self.statement(depth)).collect();
        let after = std::mem::replace(&mut self.variables, before);
        for variable in &mut self.variables {
            let kept = |new: &Variable| new.name == variable.name && !new.known;
            variable.known &= !after.iter().any(kept);
        }
        lines.join("\n")
    }

    /// A statement.
    pub fn statement(&mut self, depth: u32) -> String {
        self.budget -= 1;
        let compound = depth > 0 && self.budget > 0 && self.random.once_in(3);
        let row = self.choose(if compound { COMPOUND } else { SIMPLE });
        let Some(row) = row else { return "pass".to_owned() };
        let depth = if compound { depth - 1 } else { depth.max(1) };
        let mut names = Names::default();
        let text = self.fill(row.3, depth, &mut names);
        let [new, other, known] = names.new;
        new.into_iter().chain(other).for_each(|name| self.declare(name, false));
        known.into_iter().for_each(|name| self.declare(name, true));
        text
    }

    /// A whole unit.
    pub fn unit(&mut self, row: &Row, depth: u32) -> String {
        self.offers = row.2.chars().skip(1).chain(['w']).collect();
        self.fill(row.3, depth, &mut Names::default())
    }

    /// A row that may stand here.
    pub fn choose(&mut self, table: &'static [Row]) -> Option<&'static Row> {
        let fits = |row: &Row| {
            let (modes, needs): (Vec<char>, Vec<char>) =
                row.2.chars().partition(char::is_ascii_uppercase);
            let quoted = row.3.contains(['\'', '"']) || row.3.contains("$s");
            modes.contains(&self.mode)
                && needs.iter().all(|need| self.offers.contains(*need))
                && !(self.quoteless && quoted)
        };
        let weight = |row: &Row| if fits(row) { self.weights.of(row.0, row.1) } else { 0 };
        let weights: Vec<_> = table.iter().map(weight).collect();
        let mut at = self.random.below(weights.iter().sum());
        for (row, weight) in table.iter().zip(weights) {
            if at < weight {
                return Some(row);
            }
            at -= weight;
        }
        None
    }

    /// Makes a name one that can be read.
    pub fn declare(&mut self, name: String, known: bool) {
        self.variables.retain(|variable| variable.name != name);
        let level = self.level;
        self.variables.push(Variable { name, known, level });
    }

    /// A name for a parameter, unlike these.
    pub fn parameter(&mut self, others: &[String]) -> String {
        loop {
            let hides = self.weights.of("hiding parameters", 1) > 0 && self.random.once_in(10);
            let name = *self.random.of(if hides { SHADOWS } else { LOCALS });
            if !others.iter().any(|other| other == name) {
                return name.to_owned();
            }
        }
    }
}

impl Writer<'_> {
    fn fill_expression(&mut self, row: &Row, depth: u32) -> String {
        let offers = self.offers.clone();
        if row.3.contains("lambda") {
            self.offers.retain(|offer| !"wyza".contains(offer));
        } else if row.3.contains(" for ") {
            self.offers.retain(|offer| !("yz".contains(offer) || offer == 'w' && depth != 1));
        }
        let before = (row.3.contains("$n")).then(|| self.variables.clone());
        let text = self.fill(row.3, depth, &mut Names::default());
        if let Some(before) = before {
            self.variables = before;
        }
        self.offers = offers;
        text
    }

    fn fill(&mut self, template: &str, depth: u32, names: &mut Names) -> String {
        let mut text = String::new();
        let mut rest = template.chars();
        while let Some(next) = rest.next() {
            if next != '$' {
                text.push(next);
                continue;
            }
            let hole = rest.next().unwrap_or('$');
            let filled = self.hole(hole, depth, names);
            let line = text.rsplit('\n').next().unwrap_or_default();
            let indent = line.len() - line.trim_start().len();
            text.push_str(&filled.replace('\n', &format!("\n{}", " ".repeat(indent))));
        }
        text
    }

    fn hole(&mut self, hole: char, depth: u32, names: &mut Names) -> String {
        match hole {
            'x' => self.expression(depth),
            'y' => self.with_offers("w", "", |w| w.expression(depth)),
            'X' => self.with_names(names, |w| w.expression(depth)),
            'Y' => self.with_offers("waylz", "", |w| w.with_names(names, |w| w.expression(depth))),
            'z' => {
                let outside = std::mem::replace(&mut self.quoteless, true);
                let text = self.with_offers("w", "", |w| w.expression(depth.min(1)));
                self.quoteless = outside;
                text
            }
            'm' => self.macro_call(depth),
            'k' => self.known(),
            'b' => self.block(depth, 2),
            'B' => self.with_names(names, |w| w.block(depth, 3)),
            'l' => self.with_offers("", "l", |w| w.block(depth, 3)),
            'K' => self.with_offers("", "l", |w| w.with_names(names, |w| w.block(depth, 3))),
            'F' => self.with_offers("layz", "f", |w| w.with_names(names, |w| w.block(depth, 2))),
            'C' => self.with_offers("lfayzw", "", |w| w.block(depth.min(1), 2)),
            'S' => self.body(depth),
            'n' => self.new_name(&mut names.new[0]),
            'p' => self.new_name(&mut names.new[1]),
            'i' => self.new_name(&mut names.new[2]),
            'w' => {
                let name = self.new_name(&mut None);
                self.declare(name.clone(), false);
                name
            }
            'v' => self.old_name(|_| true).unwrap_or_else(|| "tick()".to_owned()),
            'r' => {
                let level = self.level;
                self.old_name(|variable| variable.level == level).unwrap_or_else(|| "a".to_owned())
            }
            'c' => self.counted("c", &mut names.counter),
            'h' => self.counted("h", &mut names.helper),
            'U' => self.unit[0].clone(),
            'P' => self.unit[1].clone(),
            'A' => self.unit[2].clone(),
            _ => self.word(hole),
        }
    }

    fn word(&mut self, hole: char) -> String {
        let words: &[&str] = match hole {
            't' => &["0", "1", "2", "3"],
            's' => &["'p'", "'q'", "'long word'", "''"],
            'a' => &["p", "q", "p", "q", "gone"],
            'o' => &["+", "-", "*", "/", "//", "%", "@", "&", "|", "^"],
            'q' => &["<", "<=", ">", ">=", "==", "!="],
            // Without `*=`: squaring a known number again and again takes for ever.
            'u' => &["+=", "-=", "//=", "%=", "|=", "@="],
            'g' if self.globals => &["G", "H"],
            'g' => &["tick(9)"],
            'f' if self.globals => &["twice", "rebind", "twice", "tick"],
            'f' => &["tick", "pair"],
            _ => &["$"],
        };
        (*self.random.of(words)).to_owned()
    }

    /// A number that is known when a macro runs.
    fn known(&mut self) -> String {
        let name = self.old_name(|variable| variable.known);
        match (name, self.random.below(4)) {
            (Some(name), 0 | 1) => name,
            (Some(name), 2) => format!("({name} {} {})", self.random.of(&["+", "-", "*"]), 1),
            _ => self.word('t'),
        }
    }

    fn body(&mut self, depth: u32) -> String {
        let mut lines = Vec::new();
        for _ in 0..self.random.between(1, 4) {
            lines.push(self.statement(depth));
        }
        if self.offers.contains('f') && !self.offers.contains("ay") {
            lines.push(format!("return {}", self.expression(depth)));
        }
        lines.join("\n")
    }
}

impl Writer<'_> {
    /// A call of a macro, with arguments that it can be called with.
    pub fn macro_call(&mut self, depth: u32) -> String {
        if self.macros.is_empty() {
            return "tick()".to_owned();
        }
        let index = self.random.below(self.macros.len() as u32) as usize;
        self.used.push(index);
        let called = &self.macros[index];
        let name = called.name_from(self.in_lib).to_owned();
        let arguments = self.arguments(called, depth);
        format!("{name}({arguments})")
    }

    fn arguments(&mut self, called: &Macro, depth: u32) -> String {
        let depth = depth.min(3).saturating_sub(1);
        let (mut positional, mut keywords) = (Vec::new(), Vec::new());
        for parameter in &called.parameters {
            if parameter.default.is_some() && self.random.once_in(2) {
                // What comes later goes by keyword.
                keywords.push(String::new());
                continue;
            }
            let value = match parameter.kind {
                Kind::Known if self.mode == 'S' => self.word('t'),
                Kind::Known => self.known(),
                Kind::Count => format!("tick({})", self.word('t')),
                Kind::Any => self.argument(depth),
            };
            let by_keyword = !keywords.is_empty() || self.random.once_in(6);
            if parameter.by_keyword_only || (by_keyword && !parameter.by_position_only) {
                keywords.push(format!("{}={value}", parameter.name));
            } else {
                positional.push(value);
            }
        }
        keywords.retain(|keyword| !keyword.is_empty());
        if self.random.once_in(3) {
            keywords.reverse();
        }
        if called.rest && keywords.is_empty() {
            for _ in 0..self.random.below(3) {
                positional.push(self.expression(depth));
            }
        }
        if called.more && self.random.once_in(2) {
            keywords.push(format!("extra={}", self.expression(depth)));
        }
        if self.random.once_in(8) && !positional.is_empty() && !self.quoteless {
            positional = vec![format!("*({},)", positional.join(", "))];
        }
        positional.extend(keywords);
        positional.join(", ")
    }

    /// A value that is mostly not known to the macro.
    fn argument(&mut self, depth: u32) -> String {
        let text = self.expression(depth);
        let is_literal = text == "None" || text.starts_with(|c: char| "'0123456789".contains(c));
        if is_literal && !self.random.once_in(5) { format!("T({text})") } else { text }
    }

    fn with_offers(
        &mut self,
        without: &str,
        with: &str,
        write: impl FnOnce(&mut Self) -> String,
    ) -> String {
        let before = self.offers.clone();
        let is_function = without == "layz";
        self.offers.retain(|offer| !without.contains(offer));
        self.offers.push_str(with);
        self.level += u32::from(is_function);
        let text = write(self);
        self.level -= u32::from(is_function);
        self.offers = before;
        text
    }

    /// Writes what sees the new names of the template.
    fn with_names(&mut self, names: &Names, write: impl FnOnce(&mut Self) -> String) -> String {
        let before = self.variables.clone();
        let [new, other, known] = &names.new;
        for name in new.iter().chain(other) {
            self.declare(name.clone(), false);
        }
        if let Some(name) = known {
            self.declare(name.clone(), true);
        }
        let text = write(self);
        self.variables = before;
        text
    }

    fn new_name(&mut self, name: &mut Option<String>) -> String {
        if name.is_none() {
            // A function that rebinds a name of the function around it can't read that.
            let outer = |name: &str, variables: &[Variable], level| {
                variables.iter().any(|v| v.name == name && v.level < level)
            };
            let mut new = (*self.random.of(LOCALS)).to_owned();
            if outer(&new, &self.variables, self.level) {
                self.count += 1;
                new = format!("w{}", self.count);
            }
            *name = Some(new);
        }
        name.clone().unwrap_or_default()
    }

    fn counted(&mut self, prefix: &str, name: &mut Option<String>) -> String {
        let count = &mut self.count;
        name.get_or_insert_with(|| {
            *count += 1;
            format!("{prefix}{count}")
        })
        .clone()
    }

    fn old_name(&mut self, wanted: impl Fn(&Variable) -> bool) -> Option<String> {
        let names: Vec<_> = self.variables.iter().filter(|v| wanted(v)).collect();
        match names.is_empty() {
            true => None,
            false => Some(self.random.of(&names).name.clone()),
        }
    }
}
