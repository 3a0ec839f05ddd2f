//! The compile-time constants that a statement defines: the calls of `comptime` whose values its
//! targets take, whole or taken apart.
//!
//! ```text
//! A, (B, C) = comptime(1), f()        A takes comptime(1)
//! D, *E = comptime((1, 2, 3))         D and E take it apart
//! ```
//!
//! Displays on both sides are one assignment for each element. With several targets (`A = B = …`)
//! that holds only if every one of them is such a display.

use rustpython_ast::{Expr, ExprCall, ExprName, Stmt};
use rustpython_text_size::{Ranged as _, TextRange};

/// A call of `comptime` whose value goes to variables and nowhere else.
#[derive(Clone, Debug)]
pub(crate) struct Constant<'a> {
    /// Names, and tuples and lists of names: each takes the value.
    pub targets: Vec<&'a Expr>,
    pub call: &'a ExprCall,
    /// Whether the statement can do without it: no star counts the elements beside it.
    pub is_separate: bool,
}

impl<'a> Constant<'a> {
    /// The variables that it defines.
    pub(crate) fn names(&self) -> Vec<&'a ExprName> {
        let mut names = Vec::new();
        self.targets.iter().for_each(|target| names_in(target, &mut names));
        names
    }
}

/// The constants that the statement defines, in the order of their values. What `comptime` is, is
/// for `is_comptime` to say of a call.
pub(crate) fn constants<'a>(
    stmt: &'a Stmt,
    is_comptime: &dyn Fn(&ExprCall) -> bool,
) -> Vec<Constant<'a>> {
    let mut found = Vec::new();
    if let Some(assignment) = Assignment::of(stmt) {
        assignment.constants(is_comptime, &mut found);
    }
    found
}

/// What goes from the statement if these calls do, of which each is that of a separate constant.
pub(crate) fn without_constants(stmt: &Stmt, goes: &dyn Fn(&ExprCall) -> bool) -> Remainder {
    Assignment::of(stmt).map_or(Remainder::Whole, |assignment| assignment.rest(goes))
}

/// What is left of an assignment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Remainder {
    Nothing,
    Whole,
    /// All but some elements of displays.
    Elements(Vec<ListedElements>),
}

/// The elements of a tuple or list of which some go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ListedElements {
    pub display: TextRange,
    /// Each element, and whether it goes.
    pub elements: Vec<(TextRange, bool)>,
    pub comma: LastComma,
}

/// What the comma after the last element has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LastComma {
    /// As it is: there are several elements, or brackets.
    Any,
    /// There: one element is a tuple.
    Needed,
    /// Gone: one element is no tuple any more.
    Unwanted,
}

/// `targets = value`, in a statement or by the element.
struct Assignment<'a> {
    targets: Vec<&'a Expr>,
    value: &'a Expr,
    is_separate: bool,
}

impl<'a> Assignment<'a> {
    fn of(stmt: &'a Stmt) -> Option<Assignment<'a>> {
        let (targets, value): (Vec<&Expr>, &Expr) = match stmt {
            Stmt::Assign(assign) => (assign.targets.iter().collect(), &assign.value),
            Stmt::AnnAssign(assign) => (vec![&assign.target], assign.value.as_deref()?),
            _ => return None,
        };
        Some(Assignment { targets, value, is_separate: true })
    }

    fn constants(&self, is_comptime: &dyn Fn(&ExprCall) -> bool, found: &mut Vec<Constant<'a>>) {
        let Assignment { targets, value, is_separate } = self;
        match value {
            Expr::Call(call) if is_comptime(call) => {
                if targets.iter().all(|target| is_pattern(target)) {
                    let (targets, is_separate) = (targets.clone(), *is_separate);
                    found.push(Constant { targets, call, is_separate });
                }
            }
            _ => {
                let parts = self.by_element();
                parts.iter().for_each(|part| part.constants(is_comptime, found));
            }
        }
    }

    /// The assignments of the elements, if both sides are displays; an element that a star takes
    /// is none.
    fn by_element(&self) -> Vec<Assignment<'a>> {
        let parts = || {
            let values = elements(self.value).filter(|values| !values.iter().any(is_starred))?;
            let rows: Option<Vec<TargetElements<'a>>> = self
                .targets
                .iter()
                .map(|target| TargetElements::of(target, values.len()))
                .collect();
            let rows = rows?;
            let is_separate = self.is_separate && rows.iter().all(|row| row.star.is_none());
            let pair = |(index, value)| {
                let targets = rows.iter().map(|row| row.at(index, values.len()));
                Some(Assignment { targets: targets.collect::<Option<_>>()?, value, is_separate })
            };
            Some(values.iter().enumerate().filter_map(pair).collect())
        };
        parts().unwrap_or_default()
    }

    fn rest(&self, goes: &dyn Fn(&ExprCall) -> bool) -> Remainder {
        if let Expr::Call(call) = self.value
            && self.is_separate
            && goes(call)
        {
            return Remainder::Nothing;
        }
        let rests: Vec<Remainder> = self.by_element().iter().map(|part| part.rest(goes)).collect();
        let gone = |rest: &Remainder| *rest == Remainder::Nothing;
        if rests.iter().all(|rest| *rest == Remainder::Whole) {
            return Remainder::Whole;
        }
        if rests.iter().all(gone) {
            return Remainder::Nothing;
        }
        let sides = || self.targets.iter().copied().chain([self.value]);
        let is_single = rests.iter().filter(|rest| !gone(rest)).count() == 1;
        // `A, B = comptime(…), f()` becomes `B = f()`, unless a side is a list.
        let comma = |side: &Expr| match (is_single, sides().all(Expr::is_tuple_expr)) {
            (false, _) => LastComma::Any,
            (true, true) => LastComma::Unwanted,
            (true, false) if side.is_tuple_expr() => LastComma::Needed,
            (true, false) => LastComma::Any,
        };
        let mut all = Vec::new();
        if rests.iter().any(gone) {
            all.extend(sides().map(|side| {
                ListedElements {
                    display: side.range(),
                    elements: elements(side)
                        .unwrap_or_default()
                        .iter()
                        .map(Expr::range)
                        .zip(rests.iter().map(gone))
                        .collect(),
                    comma: comma(side),
                }
            }));
        }
        all.extend(rests.into_iter().flat_map(|rest| match rest {
            Remainder::Elements(inner) => inner,
            Remainder::Nothing | Remainder::Whole => Vec::new(),
        }));
        Remainder::Elements(all)
    }
}

/// The elements of a target that is a display.
struct TargetElements<'a> {
    elements: &'a [Expr],
    star: Option<usize>,
}

impl<'a> TargetElements<'a> {
    /// None if the target isn't a display that takes so many values.
    fn of(target: &'a Expr, values: usize) -> Option<TargetElements<'a>> {
        let elements = elements(target)?;
        let star = elements.iter().position(is_starred);
        let fits = match star {
            Some(_) => values + 1 >= elements.len(),
            None => values == elements.len(),
        };
        fits.then_some(TargetElements { elements, star })
    }

    /// What takes the value at `index` of so many.
    fn at(&self, index: usize, values: usize) -> Option<&'a Expr> {
        let Some(star) = self.star else { return self.elements.get(index) };
        let from_end = values - index;
        match index < star {
            true => self.elements.get(index),
            false if from_end < self.elements.len() - star => {
                self.elements.get(self.elements.len() - from_end)
            }
            false => None,
        }
    }
}

fn elements(expr: &Expr) -> Option<&[Expr]> {
    match expr {
        Expr::Tuple(tuple) => Some(&tuple.elts),
        Expr::List(list) => Some(&list.elts),
        _ => None,
    }
}

fn is_starred(expr: &Expr) -> bool {
    expr.is_starred_expr()
}

/// Whether a target is made of names only.
fn is_pattern(target: &Expr) -> bool {
    match target {
        Expr::Name(_) => true,
        Expr::Starred(starred) => is_pattern(&starred.value),
        _ => elements(target).is_some_and(|inner| inner.iter().all(is_pattern)),
    }
}

fn names_in<'a>(target: &'a Expr, names: &mut Vec<&'a ExprName>) {
    match target {
        Expr::Name(name) => names.push(name),
        Expr::Starred(starred) => names_in(&starred.value, names),
        _ => elements(target).unwrap_or_default().iter().for_each(|e| names_in(e, names)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::parse_module;

    fn is_comptime(call: &ExprCall) -> bool {
        matches!(&*call.func, Expr::Name(name) if name.id == "ct")
    }

    /// What each call of `ct` is bound to; in brackets if the statement can't do without it.
    #[track_caller]
    fn check(input: &str, expected: &str) {
        let module = parse_module(input).expect("a test's program parses");
        let found = constants(&module.body[0], &is_comptime);
        let row = |constant: &Constant<'_>| {
            let names: Vec<&str> = constant.names().iter().map(|name| name.id.as_str()).collect();
            let shown = format!("{}: {}", &input[constant.call.range], names.join(" "));
            if constant.is_separate { shown } else { format!("[{shown}]") }
        };
        let rows: Vec<String> = found.iter().map(row).collect();
        assert_eq!(rows.join(", "), expected, "{input}");
    }

    #[test]
    fn targets_take_values() {
        check("X = ct(1)", "ct(1): X");
        check("X: T = ct(1)", "ct(1): X");
        check("X: T", "");
        check("X = Y = ct(1)", "ct(1): X Y");
        check("X = f(ct(1))", "");
        check("X += ct(1)", "");
        check("d[0] = ct(1)", "");
        check("X = d[0] = ct(1)", "");
        check("X = f(1)", "");
    }

    #[test]
    fn displays_are_taken_by_the_element() {
        check("A, B = ct(1), ct(2)", "ct(1): A, ct(2): B");
        check("[A, B] = (ct(1), f())", "ct(1): A");
        check("A, d[0] = ct(1), ct(2)", "ct(1): A");
        check("(A, B), C = (ct(1), 2), ct(3)", "ct(1): A, ct(3): C");
        check("(A, B), C = ct(1), ct(3)", "ct(1): A B, ct(3): C");
        check("A, B = C, D = ct(1), 2", "ct(1): A C");
        check("X = A, B = ct(1), 2", "");
        check("A, B = ct(1), 2, 3", "");
        check("A, B = ct(1), *f()", "");
    }

    #[test]
    fn a_star_takes_what_is_left() {
        check("A, *B = ct(1)", "ct(1): A B");
        check("A, *B, C = ct(1), ct(2), 3, ct(4)", "[ct(1): A], [ct(4): C]");
        check("*A, B = ct(1),", "[ct(1): B]");
        check("*A, B, C = ct(1),", "");
        check("A, B = *C, D = ct(1), 2", "");
        check("A, B = C, *D = ct(1), 2", "[ct(1): A C]");
    }

    /// What of the statement stays if all its constants go.
    #[track_caller]
    fn check_rest(input: &str, expected: &str) {
        let module = parse_module(input).expect("a test's program parses");
        let shown = match without_constants(&module.body[0], &is_comptime) {
            Remainder::Nothing => "nothing".to_owned(),
            Remainder::Whole => "all".to_owned(),
            Remainder::Elements(all) => {
                let row = |elements: &ListedElements| {
                    let kept = elements.elements.iter().filter(|(_, goes)| !goes);
                    let kept: Vec<&str> = kept.map(|(range, _)| &input[*range]).collect();
                    let comma = if elements.comma == LastComma::Needed { "," } else { "" };
                    format!("{}{comma}", kept.join(" "))
                };
                all.iter().map(row).collect::<Vec<_>>().join("; ")
            }
        };
        assert_eq!(shown, expected, "{input}");
    }

    #[test]
    fn what_stays_without_them() {
        check_rest("X = ct(1)", "nothing");
        check_rest("X: T = ct(1)", "nothing");
        check_rest("X = 1", "all");
        check_rest("A, B = ct(1), ct(2)", "nothing");
        check_rest("A, B = ct(1), f()", "B; f()");
        check_rest("[A, B] = ct(1), f()", "B; f(),");
        check_rest("A, B, C = D, E, F = 1, ct(2), 3", "A C; D F; 1 3");
        check_rest("(A, B), C = (ct(1), 2), 3", "B; 2");
        check_rest("(A, B), C = (ct(1), ct(2)), 3", "C; 3");
        check_rest("(A, B), C, D = (ct(1), 2), ct(3), 4", "(A, B) D; (ct(1), 2) 4; B; 2");
    }
}
