//! Writes functions that assign, branch, loop, change objects, and look at variables by macros.

use super::random::Random;

const HEAD: &str = "\
from macros import same, inside, redo, redo_branches, value

seen = []
shared = [1, 2]
base = 3


def log(x):
    seen.append(x)
    shared.append(len(seen))
    return x


def change():
    global base
    base += 1
    shared[0] += 1
    return base


class Context:
    def __enter__(self):
        shared.append(0)
        return 5

    def __exit__(self, kind, *rest):
        return kind is ZeroDivisionError


";

const TAIL: &str = "
for arguments in [(1, 2, 3, [4, 5]), (0, -1, 2, shared), (2, 0, 1, [])]:
    try:
        print(f(*arguments))
    except Exception as error:
        print(type(error).__name__)
    print(len(seen), shared[:3], base)
";

/// The text of the program that `random` chooses.
pub fn write(random: Random) -> String {
    let mut writer = Writer { random, out: HEAD.to_owned(), looped: 0 };
    if writer.random.once_in(4) {
        writer.module();
    } else {
        writer.function();
    }
    writer.out.push_str(TAIL);
    writer.out
}

struct Writer {
    random: Random,
    out: String,
    looped: u32,
}

const LOCALS: [&str; 4] = ["p", "q", "r", "s"];

impl Writer {
    fn function(&mut self) {
        self.out.push_str("def f(a, b, c: int, xs):\n");
        if self.random.once_in(8) {
            self.line(1, "def rebind():\n        nonlocal q\n        q = 7");
            self.line(1, "q = 1");
        }
        for name in LOCALS {
            if !self.random.once_in(5) {
                let value = self.expression(1);
                self.line(1, &format!("{name} = {value}"));
            }
        }
        let count = self.random.between(3, 9);
        self.block(1, count, 2);
        let parts: Vec<String> = (0..3).map(|_| self.look()).collect();
        self.line(1, &format!("return {}", parts.join(", ")));
    }

    /// The same at the top level.
    fn module(&mut self) {
        self.line(0, "a, b, xs = 1, 2, [3, 4]\nc: int = 5");
        for name in LOCALS {
            let value = self.expression(1);
            self.line(0, &format!("{name} = {value}"));
        }
        let count = self.random.between(3, 9);
        self.block(0, count, 2);
        self.line(0, "def f(*rest):\n    return rest");
    }

    fn line(&mut self, depth: usize, text: &str) {
        self.out.push_str(&"    ".repeat(depth));
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn block(&mut self, depth: usize, count: u32, deeper: u32) {
        for _ in 0..count.max(1) {
            self.statement(depth, deeper);
        }
    }

    fn local(&mut self) -> &'static str {
        self.random.of::<&str>(&LOCALS)
    }

    fn statement(&mut self, depth: usize, deeper: u32) {
        let name = self.local();
        let other = self.local();
        let few = self.random.between(1, 3);
        let inner = deeper.saturating_sub(1);
        let kind = self.random.below(if deeper > 0 { 24 } else { 16 });
        let text = match kind {
            0..=3 => format!("{name} = {}", self.expression(2)),
            4 => format!("{name} {}= {}", self.random.of(&["+", "-", "*"]), self.expression(1)),
            5 => format!("{name}, {other} = {}, {}", self.expression(1), self.expression(1)),
            6 => format!("{name} = {other} = {}", self.expression(1)),
            7 => format!("{name} = {}", self.list()),
            8 => format!("{}.append({})", self.random.of(&["xs", name]), self.expression(1)),
            9 => format!("{}[0] = {}", self.random.of(&["xs", "shared", name]), self.expression(0)),
            10 => format!("{name}, xs[{other} == 1] = {}, {}", self.expression(1), self.look()),
            11 => self
                .random
                .of(&["change()", "log(0)", "del NAME", "xs = shared"])
                .replace("NAME", name),
            12..=15 => format!("print({}, {})", self.look(), self.look()),
            16..=18 => return self.branch(depth, few, inner, name),
            19 => return self.repeat(depth, few, inner, name),
            20 => {
                self.line(depth, "try:");
                self.block(depth + 1, few, inner);
                self.line(depth, &format!("except (TypeError, AttributeError) as {name}:"));
                self.line(depth + 1, "print('except')");
                self.block(depth + 1, 1, 0);
                if self.random.once_in(3) {
                    self.line(depth, "finally:");
                    self.block(depth + 1, 1, 0);
                }
                return;
            }
            21 => {
                self.line(depth, &format!("with Context() as {name}:"));
                return self.block(depth + 1, few, inner);
            }
            22 => {
                self.line(depth, &format!("match {other}:"));
                self.line(depth + 1, "case 0:");
                self.block(depth + 2, 1, 0);
                self.line(depth + 1, &format!("case {name}:"));
                return self.block(depth + 2, 1, 0);
            }
            _ => format!("print([{} for {other} in range(2)])", self.look()),
        };
        self.line(depth, &text);
    }

    fn branch(&mut self, depth: usize, few: u32, inner: u32, name: &str) {
        let test = self.expression(1);
        self.line(depth, &format!("if {test}:"));
        let value = self.expression(1);
        self.line(depth + 1, &format!("{name} = {value}"));
        self.block(depth + 1, few - 1, inner);
        if self.looped > 0 && self.random.once_in(4) {
            let word = *self.random.of(&["break", "continue"]);
            self.line(depth + 1, word);
        }
        if self.random.once_in(2) {
            self.line(depth, "else:");
            let value = self.expression(1);
            self.line(depth + 1, &format!("{name} = {value}"));
        }
        let look = self.random.of(&["redo", "redo_branches", "same"]);
        let text = format!("print({look}({name}))");
        self.line(depth, &text);
    }

    fn repeat(&mut self, depth: usize, few: u32, inner: u32, name: &str) {
        let head = match self.random.below(3) {
            0 => format!("for {name} in range(3):"),
            1 => format!("for {name} in [1, {}]:", self.expression(1)),
            _ => "while len(seen) < 3 and not log(0):".to_owned(),
        };
        self.line(depth, &head);
        self.looped += 1;
        self.block(depth + 1, few, inner);
        self.looped -= 1;
        if self.random.once_in(4) {
            self.line(depth, "else:");
            self.block(depth + 1, 1, 0);
        }
    }

    /// A call of a macro.
    fn look(&mut self) -> String {
        let name = *self.random.of(&["same", "inside", "redo", "redo_branches", "value", "redo"]);
        match self.random.below(4) {
            0 => format!("{name}({})", self.expression(2)),
            1 => format!("{name}({} + 1)", self.local()),
            _ => format!("{name}({})", self.local()),
        }
    }

    fn list(&mut self) -> String {
        match self.random.below(3) {
            0 => format!("[{}, {}]", self.expression(1), self.expression(0)),
            1 => format!("[{} for i in range(2)]", self.expression(0)),
            _ => format!("({}, {})", self.expression(1), self.expression(0)),
        }
    }

    fn expression(&mut self, depth: u32) -> String {
        let name = self.local();
        if depth == 0 || self.random.once_in(3) {
            return match self.random.below(8) {
                0..=2 => self.random.below(5).to_string(),
                3..=5 => name.to_owned(),
                6 => self.random.of(&["a", "b", "c"]).to_string(),
                _ => self.random.of(&["base", "xs[0]", "len(xs)", "shared[0]"]).to_string(),
            };
        }
        let (left, right) = (self.expression(depth - 1), self.expression(depth - 1));
        match self.random.below(14) {
            0..=2 => format!("{left} + {right}"),
            3..=4 => format!("{left} - {right}"),
            5..=6 => format!("{left} * 3 % 7"),
            7 => format!("({left} == {right})"),
            8 => format!("({left} if {right} else {name})"),
            9 => format!("log({left})"),
            10 => format!("min(3, {left})"),
            11 => format!("({left} and {right})"),
            12 => format!("({name} := {left})"),
            _ => self.look(),
        }
    }
}
