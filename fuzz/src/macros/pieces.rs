//! Writes macros that look into code and build it, and calls of them in all sorts of places.
//!
//! A template has holes, `$` and a letter: `$t` a tree, `$s` statements of a macro, `$q` quoted
//! statements, `$e` code of the program, `$m` a call, `$c` the name of a macro, `$a` arguments,
//! `$p` a parameter, `$v` a variable, `$k` a constant, `$o` an op.

use uneval::tree::Op;

use super::Random;

const HEAD: &str = "\
from cython.meta import macro, unroll, comptime, uneval, codenode, quote, gensym, error, warn, note
from cython.meta import op, VALUE, VAR, CALL, PLUS
import cython.meta as meta
from lib import g, Base
import lib

G = 3
";

/// A macro's statements.
const STATEMENTS: &[&str] = &[
    "t = $t",
    "t = $t",
    "return $t",
    "return $t",
    "return [$t, $t]",
    "return uneval($p), $t",
    "with quote as t:\n    $q",
    "with quote as t:\n    $q\n    $q\nreturn t",
    "t.eval()",
    "$v = $t.eval()",
    "$v = $t.eval(share=True)",
    "t.args = [$t, $t]",
    "t.args[0] = $t",
    "t.args.append($t)",
    "del t.args[-1]",
    "t.op = op.$o",
    "t.name = $k",
    "t.body = [$t]",
    "if t.op == op.$o:\n    $s\nelse:\n    $s",
    "if $t == $t:\n    $s",
    "if $p:\n    $s",
    "for x in t.args:\n    $s",
    "for x in t.walk():\n    if x.op == op.$o:\n        $s",
    "for i in range($k):\n    $s",
    "for i in $p:\n    $s",
    "while $p:\n    $s\n    break",
    "t = t.replace(lambda x: $t if x.op == op.$o else None)",
    "t = t.replace(lambda x: x)",
    "match t:\n    case codenode(op=op.$o, args=[x, *_]):\n        $s\n    case codenode(name=$k):\n        $s",
    "try:\n    $s\nexcept Exception as error_:\n    $s",
    "try:\n    $s\nfinally:\n    $s",
    "def inner(x, y=$p):\n    $s\n    return $t\nt = inner($t)",
    "t = (lambda x: $t)(3)",
    "t = [$t for x in uneval($p).args]",
    "t = {$k: $t}",
    "error(t, 'said')",
    "warn(t, str(t))",
    "note(uneval($p), repr(t))",
    "$v = gensym($k)",
    "assert t, 'no tree'",
    "raise ValueError($k)",
    "yield $t",
    "print($p, $k)",
    "$v = $p",
    "$v += $p",
    "$p = $t",
    "global G\nG = $t",
    "G.append($p)",
    "import lib as $v",
    "from math import sqrt as $v",
    "$v, $p = $p, $v",
    "del $p",
    "$m",
    "t = $m",
    "return $p",
    "return g($p) + $p",
    "pass",
];

/// Trees, as a macro has them.
const TREES: &[&str] = &[
    "uneval($p)",
    "uneval($p)",
    "uneval($p)",
    "$p",
    "t",
    "t",
    "$k",
    "None",
    "x",
    "codenode(VALUE, [$k])",
    "codenode(VAR, name=$k)",
    "codenode(VAR, name='$v')",
    "codenode(op.$o, [$t])",
    "codenode(op.$o, [$t, $t])",
    "codenode(op.$o, [$t, $t], name='$v')",
    "codenode(op.$o, [$t, $t, $t])",
    "codenode(op.$o)",
    "codenode(CALL, [$t, $t])",
    "codenode(PLUS, [$t, $p])",
    "uneval($e)",
    "uneval($p + $e)",
    "uneval(t.args[0])",
    "uneval($p).args[0]",
    "uneval($p).$f",
    "t.args[-1]",
    "t.name",
    "t.loc",
    "[$t, $t]",
    "($t,)",
    "$t + $t",
    "-$t",
    "$t == $t",
    "$t if $p else $t",
    "$t and $t",
    "eval(repr($t))",
    "str($t)",
    "codenode.from_json(t.json())",
    "t.free_vars()",
    "t.has_effects()",
    "codenode(t.op, t.args)",
    "type($p)",
    "len($p)",
    "$p[0]",
    "[*$p]",
    "f'{$p}'",
    "comptime($p)",
    "gensym('$v')",
    "$m",
    "uneval($p, branches=True)",
    "sorted(t.args)",
    "range(3)",
    "Base($p)",
];

/// Quoted statements.
const QUOTED: &[&str] = &[
    "$v = $p",
    "$p",
    "t",
    "print($p, t)",
    "$p = $p, $v",
    "for $v in $p:\n    $q",
    "if $p:\n    $q\nelse:\n    $q",
    "return $p",
    "def $v(a):\n    $q\n    return a, $p",
    "class $v($p):\n    $q",
    "with $p as $v:\n    $q",
    "try:\n    $q\nexcept $p as $v:\n    $q",
    "$v += $e",
    "del $v",
    "import lib as $v",
    "$m",
    "lambda $v: $p",
    "print(*unroll($p), *t)",
    "for $v in unroll($p):\n    $q",
    "if comptime($p):\n    $q",
    "match $p:\n    case $v:\n        $q",
    "yield $p",
    "await $p",
    "global $v",
    "f'{$p!r:>{t}}'",
    "[$p for $v in $p]",
    "($v := $p)",
];

/// Where calls stand.
const PLACES: &[&str] = &[
    "$m",
    "$m",
    "$v = $m",
    "print($m, $m)",
    "return $m",
    "$v = $e + $m",
    "$v[$m] = $m",
    "if $m:\n    $u\nelif $m:\n    $u\nelse:\n    $u",
    "while $m:\n    $u\n    break",
    "for $v in $m:\n    $u",
    "for $v in unroll(range(3)):\n    $u",
    "with $m as $v:\n    $u",
    "with $c($a) as $v:\n    $u\n    $u",
    "@$c\ndef $v(a, *b):\n    $u\n    return a",
    "@$c($a)\ndef $v(a: $m = $e) -> $e:\n    $u",
    "@$c\nclass $v(Base):\n    $u",
    "class $v:\n    $u\n    @$c\n    def q(self):\n        $u",
    "@$c\n@$c\n@keep\ndef $v(): $u",
    "def $v(a=$m, *, b=$e):\n    $u\n    return a",
    "async def $v(a):\n    $u\n    await $m",
    "def $v(a):\n    $u\n    yield $m",
    "try:\n    $u\nexcept $m as $v:\n    $u\nfinally:\n    $u",
    "match $m:\n    case [$v, 3] if $m:\n        $u\n    case _:\n        $u",
    "del $v",
    "lambda: $m",
    "lambda a=$m: a",
    "[$m for $v in $m if $m]",
    "{$m: $m for $v in x}",
    "$e and $m",
    "$m if $m else $m",
    "$e < $m < $e",
    "f'{$m}{$e!r:{$m}}'",
    "t'{$m}'",
    "assert $m, $m",
    "raise $m from $e",
    "$v: $m = $m",
    "$v += $m",
    "global $v",
    "nonlocal $v",
    "($v := $m)",
    "g(*$m, k=$m, **$m)",
    "x.$f[$m:$m]",
    "if comptime($k):\n    $u\nelse:\n    $u",
    "$v = comptime($k)",
    "$v = $c",
    "$v = [$c, uneval($v)]",
    "import lib as $v",
    "$v = $k",
    "$c = $m",
    "type $v = $m",
    "$m; $m",
    "type(x).$f = $m  # why",
    "(yield $m)",
    "(await $m)",
];

/// Code of the program.
const CODE: &[&str] = &[
    "x",
    "y",
    "$v",
    "$v",
    "$k",
    "$k",
    "x + $e",
    "$e * 2",
    "g($e)",
    "x.$f",
    "x[$e]",
    "[$e, $e]",
    "($e, $e)",
    "{'k': $e}",
    "lambda a: $e",
    "[$e for $v in $e]",
    "$e if $e else $e",
    "not $e",
    "$e and $e",
    "-$e",
    "f'{$e}'",
    "($v := $e)",
    "$m",
    "G",
    "lib.h($e)",
    "$e < $e < 3",
    "*$e",
    "(await $e)",
    "(yield $e)",
    "...",
];

const CONSTANTS: &[&str] = &[
    "0",
    "1",
    "2",
    "3",
    "-1",
    "1.5",
    "2j",
    "''",
    "'i'",
    "'a b'",
    "'class'",
    "b'\\xff'",
    "None",
    "True",
    "(1, 'a')",
    "[1, [2]]",
    "{'k': 1}",
    "range(3)",
    "set()",
    "10 ** 20",
    "float('nan')",
    "object()",
    "len",
    "int",
    "'\\ud800'",
    "'\\n'",
];

const FIELDS: &[&str] = &["left", "right", "body", "name", "args", "target", "value", "op", "loc"];

const VARIABLES: &[&str] = &["a", "b", "i", "x", "y", "_r", "r", "G", "len", "print", "lib", "é"];

const PARAMETERS: &[&str] = &["p", "q", "p", "x", "rest", "i"];

const SIGNATURES: &[&str] =
    &["p", "p, q", "p, q=2", "*rest", "p, *rest", "p, /, q", "p, *, q=None", "x, p=G, **rest", ""];

const ARGUMENTS: &[&str] = &[
    "$e",
    "$e, $e",
    "$e, $k",
    "$k",
    "",
    "$e, q=$e",
    "p=$e, q=$k",
    "*[$e, $e]",
    "**{'p': $e}",
    "*$e",
    "$e, $e, $e",
    "$m",
    "$c, $e",
    "$e,\n    $e  # here\n",
];

/// The text of a program: macros, then calls of them.
pub fn write(random: &mut Random) -> String {
    let mut writer = Writer { random, budget: 60, macros: 0 };
    let mut text = HEAD.to_owned();
    for number in 0..writer.random.between(1, 4) {
        writer.macros = number + 1;
        writer.budget = 40;
        let decorator = writer.random.of(&[
            "@macro",
            "@macro",
            "@macro",
            "@unroll",
            "@comptime",
            "@meta.macro",
        ]);
        let signature = writer.random.of(SIGNATURES);
        text.push_str(&format!("\n\n{decorator}\ndef m{number}({signature}):\n    t = "));
        text.push_str(writer.random.of::<&str>(&["uneval(p)", "p", "codenode(VALUE, [1])"]));
        for _ in 0..writer.random.between(1, 4) {
            let statement = writer.one(STATEMENTS);
            text.push_str(&format!("\n    {}", statement.replace('\n', "\n    ")));
        }
        text.push('\n');
    }
    for number in 0..writer.random.between(1, 3) {
        writer.budget = 40;
        let is_top = writer.random.once_in(3);
        if !is_top {
            text.push_str(&format!("\n\ndef f{number}(x, y, a=1, b=2):"));
        }
        for _ in 0..writer.random.between(1, 4) {
            let place = writer.one(PLACES);
            let indentation = if is_top { "\n" } else { "\n    " };
            text.push_str(&format!("{indentation}{}", place.replace('\n', indentation)));
        }
        text.push('\n');
    }
    text
}

struct Writer<'a> {
    random: &'a mut Random,
    /// How many templates may still be filled.
    budget: u32,
    macros: u32,
}

impl Writer<'_> {
    fn one(&mut self, table: &[&str]) -> String {
        self.budget = self.budget.saturating_sub(1);
        let template = *self.random.of(table);
        self.fill(template)
    }

    /// A template of the table, or the word once there are enough.
    fn nested(&mut self, table: &[&str], word: &str) -> String {
        if self.budget == 0 { word.to_owned() } else { self.one(table) }
    }

    fn fill(&mut self, template: &str) -> String {
        let mut out = String::new();
        let mut parts = template.split('$');
        out.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let (hole, after) = part.split_at(part.len().min(1));
            let new = self.hole(hole);
            let line = out.rsplit('\n').next().unwrap_or_default();
            let indentation = line.len() - line.trim_start().len();
            out.push_str(&new.replace('\n', &format!("\n{}", " ".repeat(indentation))));
            out.push_str(after);
        }
        out
    }

    fn hole(&mut self, hole: &str) -> String {
        let word = match hole {
            "s" => return self.nested(STATEMENTS, "pass"),
            "t" => return self.nested(TREES, "t"),
            "q" => return self.nested(QUOTED, "pass"),
            "u" => return self.nested(PLACES, "pass"),
            "e" => return self.nested(CODE, "x"),
            "a" => return self.nested(ARGUMENTS, "x"),
            "m" => {
                let arguments = self.nested(ARGUMENTS, "x");
                return format!("m{}({arguments})", self.random.below(self.macros));
            }
            "c" => return format!("m{}", self.random.below(self.macros)),
            "o" => self.random.of(Op::NAMES).0,
            "p" => self.random.of(PARAMETERS),
            "v" => self.random.of(VARIABLES),
            "k" => self.random.of(CONSTANTS),
            "f" => self.random.of(FIELDS),
            _ => "",
        };
        word.to_owned()
    }
}
