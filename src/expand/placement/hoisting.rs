//! Whether code can go before the statement that holds a call, and what that statement has
//! evaluated by then (language.md §7).
//!
//! A call stands *straight* in its statement if it is evaluated exactly once whenever the statement
//! is, in the statement's own scope. What comes before it is kept as expressions that can be
//! saved under a name, in the order in which they are evaluated.

use rustpython_ast::{AnyNodeRef, Expr, InterpolatedStringElement, Stmt};
use rustpython_text_size::{Ranged as _, TextRange, TextSize};

use crate::residual::Binding;

/// A straight place in a statement.
#[derive(Clone, Debug)]
pub(crate) struct Hoisting<'m> {
    /// The statement.
    pub statement: TextRange,
    /// What it evaluates before the call.
    pub before: Vec<Before<'m>>,
    /// Whether the call is all of an expression statement.
    pub is_bare: bool,
}

/// Something that is evaluated before the call.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Before<'m> {
    /// An expression, whose value can be saved.
    Value(&'m Expr),
    /// A variable that is read and then assigned.
    Target(&'m Expr),
    /// Something else that may have any effect.
    Fixed,
}

/// The straight place of what stands at `range` below these nodes, outermost first; none if it
/// stands elsewhere.
pub(crate) fn hoisting<'m>(ancestors: &[AnyNodeRef<'m>], range: TextRange) -> Option<Hoisting<'m>> {
    let mut before = Vec::new();
    let mut child = range;
    for node in ancestors.iter().rev() {
        let mut earlier = Vec::new();
        if node.is_statement() {
            let is_bare = in_statement(*node, child, &mut earlier)? && child == range;
            earlier.append(&mut before);
            return Some(Hoisting { statement: node.range(), before: earlier, is_bare });
        }
        in_expression(*node, child, &mut earlier)?;
        earlier.append(&mut before);
        before = earlier;
        child = node.range();
    }
    None
}

/// What the statement evaluates before its part at `child`; whether the part is all of it.
fn in_statement<'m>(
    node: AnyNodeRef<'m>,
    child: TextRange,
    before: &mut Vec<Before<'m>>,
) -> Option<bool> {
    let is = |expr: &Expr| expr.range().contains_range(child);
    match node {
        AnyNodeRef::StmtExpr(s) => return Some(s.value.range() == child),
        AnyNodeRef::StmtReturn(_) => {}
        AnyNodeRef::StmtAssign(s) if is(&s.value) => {}
        AnyNodeRef::StmtAssign(s) => {
            // The parts of a display are assigned one after the other.
            let own = s.targets.iter().find(|target| is(target))?;
            if !matches!(own, Expr::Attribute(_) | Expr::Subscript(_)) {
                return None;
            }
            before.push(Before::Value(&s.value));
            if !is(&s.targets[0]) {
                before.push(Before::Fixed);
            }
        }
        AnyNodeRef::StmtAugAssign(s) if is(&s.value) => match &*s.target {
            name @ Expr::Name(_) => before.push(Before::Target(name)),
            _ => before.push(Before::Fixed),
        },
        AnyNodeRef::StmtAugAssign(_) => {}
        AnyNodeRef::StmtAnnAssign(s) if is(&s.annotation) => return None,
        AnyNodeRef::StmtAnnAssign(s) => match &s.value {
            Some(value) if !is(value) => before.push(Before::Value(value)),
            _ => {}
        },
        AnyNodeRef::StmtIf(s) if is(&s.test) => {}
        AnyNodeRef::StmtFor(s) if is(&s.iter) => {}
        AnyNodeRef::StmtWith(s) if is(&s.items[0].context_expr) => {}
        AnyNodeRef::StmtAssert(s) if is(&s.test) => {}
        AnyNodeRef::StmtMatch(s) if is(&s.subject) => {}
        AnyNodeRef::StmtRaise(s) => {
            before.extend(s.exc.iter().filter(|exc| !is(exc)).map(|exc| Before::Value(exc)));
        }
        AnyNodeRef::StmtDelete(s) if is(&s.targets[0]) => {}
        AnyNodeRef::StmtFunctionDef(s) => {
            let defaults = || {
                let parameters = &s.parameters;
                let positional = parameters.posonlyargs.iter().chain(&parameters.args);
                positional.chain(&parameters.kwonlyargs).filter_map(|p| p.default())
            };
            let decorators = s.decorator_list.iter().map(|d| &d.expression);
            evaluated_until(decorators.chain(defaults()), child, before)?;
        }
        AnyNodeRef::StmtClassDef(s) => {
            let bases = s.arguments.iter().flat_map(|a| {
                let keywords = a.keywords.iter().map(|k| &k.value);
                a.args.iter().chain(keywords)
            });
            let decorators = s.decorator_list.iter().map(|d| &d.expression);
            if s.type_params.is_some() {
                return None;
            }
            evaluated_until(decorators.chain(bases), child, before)?;
        }
        _ => return None,
    }
    Some(false)
}

/// The parts of `parts` before the one that holds `child`; none if no part does.
fn evaluated_until<'m>(
    parts: impl Iterator<Item = &'m Expr>,
    child: TextRange,
    before: &mut Vec<Before<'m>>,
) -> Option<()> {
    for part in parts {
        if part.range().contains_range(child) {
            return Some(());
        }
        before.push(value(part));
    }
    None
}

fn value(expr: &Expr) -> Before<'_> {
    match expr {
        // Taking it apart is part of the call or display.
        Expr::Starred(_) | Expr::Slice(_) => Before::Fixed,
        _ => Before::Value(expr),
    }
}

/// What `node`, which is no statement, evaluates before its part at `child`.
fn in_expression<'m>(
    node: AnyNodeRef<'m>,
    child: TextRange,
    before: &mut Vec<Before<'m>>,
) -> Option<()> {
    let is = |expr: &Expr| expr.range().contains_range(child);
    match node {
        AnyNodeRef::ExprBinOp(e) if !is(&e.left) => before.push(value(&e.left)),
        AnyNodeRef::ExprCompare(e) => match &e.comparators[..] {
            _ if is(&e.left) => {}
            [first, ..] if is(first) => before.push(value(&e.left)),
            _ => return None,
        },
        AnyNodeRef::ExprBoolOp(e) if !is(&e.values[0]) => return None,
        AnyNodeRef::ExprIf(e) if !is(&e.test) => return None,
        AnyNodeRef::ExprSubscript(e) if !is(&e.value) => before.push(value(&e.value)),
        AnyNodeRef::ExprCall(e) if !is(&e.func) => before.push(value(&e.func)),
        AnyNodeRef::Arguments(a) => {
            let late_star = a.args.iter().any(|arg| {
                arg.is_starred_expr() && a.keywords.iter().any(|k| k.start() < arg.start())
            });
            if late_star {
                return None;
            }
            let keywords = a.keywords.iter().map(|k| (&k.value, k.arg.is_none()));
            let all = a.args.iter().map(|arg| (arg, false)).chain(keywords);
            for (part, is_double_star) in all.filter(|(part, _)| part.end() <= child.start()) {
                before.push(if is_double_star { Before::Fixed } else { value(part) });
            }
        }
        AnyNodeRef::ExprTuple(e) => earlier(&e.elts, child, before),
        AnyNodeRef::ExprList(e) => earlier(&e.elts, child, before),
        AnyNodeRef::ExprSet(e) => earlier(&e.elts, child, before),
        AnyNodeRef::ExprSlice(e) => {
            let parts = [&e.lower, &e.upper, &e.step].into_iter().flatten();
            before.extend(parts.filter(|p| p.end() <= child.start()).map(|p| value(p)));
        }
        AnyNodeRef::ExprDict(e) => {
            for item in &e.items {
                let is_double_star = item.key.is_none();
                for part in item.key.iter().chain([&item.value]) {
                    if part.end() <= child.start() {
                        before.push(if is_double_star { Before::Fixed } else { value(part) });
                    }
                }
            }
        }
        AnyNodeRef::ExprListComp(e) if first_iterable(&e.generators, child) => {}
        AnyNodeRef::ExprSetComp(e) if first_iterable(&e.generators, child) => {}
        AnyNodeRef::ExprDictComp(e) if first_iterable(&e.generators, child) => {}
        AnyNodeRef::ExprGenerator(e) if first_iterable(&e.generators, child) => {}
        AnyNodeRef::Comprehension(c) if is(&c.iter) => {}
        _ => return in_other_expression(node, child, before),
    }
    Some(())
}

/// Likewise for f-strings, and what evaluates nothing before its part.
fn in_other_expression<'m>(
    node: AnyNodeRef<'m>,
    child: TextRange,
    before: &mut Vec<Before<'m>>,
) -> Option<()> {
    let is = |expr: &Expr| expr.range().contains_range(child);
    match node {
        AnyNodeRef::FString(f) => {
            let fields = f.elements.iter().filter(|e| e.end() <= child.start());
            if fields.into_iter().any(|e| matches!(e, InterpolatedStringElement::Interpolation(_)))
            {
                before.push(Before::Fixed);
            }
        }
        AnyNodeRef::InterpolatedElement(field) if !is(&field.expression) => return None,
        AnyNodeRef::ExprFString(e) => {
            let parts = e.value.iter().filter(|part| part.range().end() <= child.start());
            if parts.count() > 0 {
                before.push(Before::Fixed);
            }
        }
        AnyNodeRef::ExprBinOp(_)
        | AnyNodeRef::ExprUnaryOp(_)
        | AnyNodeRef::ExprBoolOp(_)
        | AnyNodeRef::ExprIf(_)
        | AnyNodeRef::ExprSubscript(_)
        | AnyNodeRef::ExprCall(_)
        | AnyNodeRef::ExprAttribute(_)
        | AnyNodeRef::ExprStarred(_)
        | AnyNodeRef::ExprAwait(_)
        | AnyNodeRef::ExprYield(_)
        | AnyNodeRef::ExprYieldFrom(_)
        | AnyNodeRef::ExprNamed(_)
        | AnyNodeRef::InterpolatedElement(_)
        | AnyNodeRef::Keyword(_)
        | AnyNodeRef::WithItem(_)
        | AnyNodeRef::Decorator(_)
        | AnyNodeRef::Parameters(_)
        | AnyNodeRef::ParameterWithDefault(_) => {}
        _ => return None,
    }
    Some(())
}

fn earlier<'m>(elements: &'m [Expr], child: TextRange, before: &mut Vec<Before<'m>>) {
    before.extend(elements.iter().filter(|e| e.end() <= child.start()).map(value));
}

fn first_iterable(generators: &[rustpython_ast::Comprehension], child: TextRange) -> bool {
    generators.first().is_some_and(|first| first.iter.range().contains_range(child))
}

/// How a value may get a name in the expression at `range` below these nodes.
pub(crate) fn binding(ancestors: &[AnyNodeRef<'_>], range: TextRange) -> Binding {
    let mut child = range;
    let mut in_lambda = false;
    for node in ancestors.iter().rev() {
        match node {
            // An assignment expression is not allowed in an iterable of a comprehension, not even
            // in a lambda there.
            AnyNodeRef::Comprehension(c) if c.iter.range().contains_range(child) => {
                return Binding::Lambda;
            }
            AnyNodeRef::ExprLambda(e) => in_lambda |= e.body.range().contains_range(child),
            _ if in_lambda && !node.is_statement() => {}
            _ if in_lambda => return Binding::Walrus,
            // Several runs of one generator share the names around it.
            AnyNodeRef::ExprGenerator(_) => return Binding::Lambda,
            AnyNodeRef::StmtAnnAssign(s) if s.annotation.range().contains_range(child) => {
                return Binding::Lambda;
            }
            AnyNodeRef::Parameter(_) | AnyNodeRef::TypeParams(_) | AnyNodeRef::StmtTypeAlias(_) => {
                return Binding::Lambda;
            }
            AnyNodeRef::StmtFunctionDef(s) => {
                if s.returns.as_ref().is_some_and(|r| r.range().contains_range(child)) {
                    return Binding::Lambda;
                }
                if in_body(&s.body, child) {
                    return Binding::Walrus;
                }
            }
            // The name would stay behind as an attribute of the class.
            AnyNodeRef::StmtClassDef(s) if in_body(&s.body, child) => return Binding::Lambda,
            _ => {}
        }
        child = node.range();
    }
    Binding::Walrus
}

fn in_body(body: &[Stmt], child: TextRange) -> bool {
    let (Some(first), Some(last)) = (body.first(), body.last()) else { return false };
    TextRange::new(first.start(), TextSize::max(first.end(), last.end())).contains_range(child)
}
