//! What the export list of a module, `__all__`, is made of.
//!
//! ```text
//! __all__: list[str] = ["area", "deriv"]      a display
//! __all__ += ["volume"] + shapes.__all__       a display, and a computed part
//! __all__.append("norm")                       a name by itself
//! ```

use rustpython_ast::{Expr, Operator, Stmt};
use rustpython_text_size::{Ranged as _, TextRange};

use super::node::Syntax;
use super::walk::{Reach, walk};

/// The name of the list.
const EXPORTS: &str = "__all__";

/// A part of what a statement does to `__all__`.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Exports<'a> {
    /// The items of a list, tuple or set.
    Display(&'a Expr, &'a [Expr]),
    /// A name that the whole statement is about.
    Single(&'a Expr),
    /// Something else: which names it holds isn't seen from the syntax.
    Computed(&'a Expr),
}

impl<'a> Exports<'a> {
    /// The parts of `__all__` that the statement gives, by itself and not by its blocks.
    pub(crate) fn in_statement(stmt: &'a Stmt) -> Vec<Exports<'a>> {
        let mut parts = Vec::new();
        match stmt {
            Stmt::Assign(s) => s.targets.iter().for_each(|t| assigned(t, &s.value, &mut parts)),
            Stmt::AnnAssign(s) => {
                s.value.iter().for_each(|value| assigned(&s.target, value, &mut parts));
            }
            Stmt::AugAssign(s) => assigned(&s.target, &s.value, &mut parts),
            Stmt::Expr(s) => called(&s.value, &mut parts),
            _ => {}
        }
        parts
    }

    /// The parts of a module's `__all__`, those under `if` and `try` among them.
    pub(crate) fn of(body: &'a [Stmt]) -> Vec<Exports<'a>> {
        let statements = walk(body).within(Reach::Frame).filter_map(Syntax::stmt);
        statements.flat_map(Exports::in_statement).collect()
    }

    /// The names in it.
    pub(crate) fn names(self) -> impl Iterator<Item = &'a str> {
        let items = match self {
            Exports::Display(_, items) => items,
            Exports::Single(item) => std::slice::from_ref(item),
            Exports::Computed(_) => &[],
        };
        items.iter().filter_map(text)
    }

    /// The place of the names, if it is one where they are listed.
    pub(crate) fn listed(self) -> Option<TextRange> {
        match self {
            Exports::Display(display, _) => Some(display.range()),
            Exports::Single(item) => Some(item.range()),
            Exports::Computed(_) => None,
        }
    }

    /// The place of what is computed in it.
    pub(crate) fn computed(self) -> Option<TextRange> {
        match self {
            Exports::Display(_, items) => {
                items.iter().find(|item| text(item).is_none()).map(|item| item.range())
            }
            Exports::Single(_) => None,
            Exports::Computed(value) => Some(value.range()),
        }
    }
}

/// The text of a string literal.
fn text(expr: &Expr) -> Option<&str> {
    expr.as_string_literal_expr().map(|literal| literal.value.to_str())
}

fn is_exports(expr: &Expr) -> bool {
    expr.as_name_expr().is_some_and(|name| name.id == EXPORTS)
}

/// What `target = value` does to `__all__`.
fn assigned<'a>(target: &'a Expr, value: &'a Expr, parts: &mut Vec<Exports<'a>>) {
    match target {
        Expr::Name(_) if is_exports(target) => valued(value, parts),
        Expr::Subscript(s) if is_exports(&s.value) => valued(value, parts),
        Expr::Tuple(_) | Expr::List(_) => {
            let (targets, values) = (elements(target), elements(value));
            match targets.len() == values.len() && !targets.iter().any(Expr::is_starred_expr) {
                true => targets.iter().zip(values).for_each(|(t, v)| assigned(t, v, parts)),
                false if targets.iter().any(is_exports) => parts.push(Exports::Computed(value)),
                false => {}
            }
        }
        _ => {}
    }
}

/// The parts of what is put into `__all__`.
fn valued<'a>(value: &'a Expr, parts: &mut Vec<Exports<'a>>) {
    match value {
        Expr::List(_) | Expr::Tuple(_) | Expr::Set(_) => {
            parts.push(Exports::Display(value, elements(value)));
        }
        Expr::BinOp(sum) if sum.op == Operator::Add => {
            valued(&sum.left, parts);
            valued(&sum.right, parts);
        }
        Expr::If(choice) => {
            valued(&choice.body, parts);
            valued(&choice.orelse, parts);
        }
        _ if is_exports(value) => {}
        _ => parts.push(Exports::Computed(value)),
    }
}

/// What a call of a method does to `__all__`.
fn called<'a>(value: &'a Expr, parts: &mut Vec<Exports<'a>>) {
    let Expr::Call(call) = value else { return };
    let Expr::Attribute(method) = &*call.func else { return };
    if !is_exports(&method.value) {
        return;
    }
    match (method.attr.as_str(), &*call.arguments.args) {
        ("append" | "remove", [item]) | ("insert", [_, item]) => {
            let is_text = text(item).is_some();
            parts.push(if is_text { Exports::Single(item) } else { Exports::Computed(item) });
        }
        ("extend", [items]) => valued(items, parts),
        (_, args) => parts.extend(args.iter().map(Exports::Computed)),
    }
}

fn elements(expr: &Expr) -> &[Expr] {
    match expr {
        Expr::List(list) => &list.elts,
        Expr::Tuple(tuple) => &tuple.elts,
        Expr::Set(set) => &set.elts,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::parse;

    /// Checks the names on the list, with a `?` for each computed part.
    fn check(code: &str, expected: &str) {
        let module = parse(code).module;
        let parts = Exports::of(&module.body).into_iter();
        let shown = |part: Exports<'_>| {
            let computed = part.computed().map(|_| "?");
            part.names().chain(computed).map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(parts.flat_map(shown).collect::<Vec<_>>().join(" "), expected, "{code}");
    }

    #[test]
    fn assignments() {
        check("__all__ = ['a', 'b']", "a b");
        check("__all__ = 'a', 'b'", "a b");
        check("__all__: list[str] = ['a']", "a");
        check("__all__: list[str]", "");
        check("x = __all__ = ('a',)", "a");
        check("x, __all__ = 1, ['a']", "a");
        check("x, __all__ = f()", "?");
        check("__all__[:0] = ['a']", "a");
        check("_all__ = ['a']", "");
    }

    #[test]
    fn sums() {
        check("__all__ = ['a'] + ['b']", "a b");
        check("__all__ += ['a']", "a");
        check("__all__ = __all__ + ('a',)", "a");
        check("__all__ = ['a'] + lib.__all__", "a ?");
        check("__all__ = ['a', *lib.__all__]", "a ?");
        check("__all__ = ['a'] if x else ['b']", "a b");
        check("__all__ = 'a b'.split()", "?");
    }

    #[test]
    fn methods() {
        check("__all__.append('a')", "a");
        check("__all__.insert(0, 'a')", "a");
        check("__all__.remove('a')", "a");
        check("__all__.extend(['a', 'b'])", "a b");
        check("__all__.append(name)", "?");
        check("__all__.sort()", "");
    }

    #[test]
    fn blocks() {
        check("if x:\n    __all__ = ['a']\nelse:\n    __all__ = ['b']", "a b");
        check("def f():\n    __all__ = ['a']", "");
        check("class C:\n    __all__ = ['a']", "");
    }
}
