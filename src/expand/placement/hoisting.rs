//! Whether code can go before the statement that holds a call, and what that statement has
//! evaluated by then (language.md §7).
//!
//! A call stands *straight* in its statement if it is evaluated exactly once whenever the statement
//! is, in the statement's own scope. What comes before it is kept as expressions that can be
//! saved under a name, in the order in which they are evaluated.

use rustpython_ast::{AnyNodeRef, Expr, Stmt, StmtClassDef};
use rustpython_text_size::{Ranged as _, TextRange, TextSize};

use crate::codenode::Op;
use crate::python::form::{Operand, form};
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
        // A piece of one, such as the arguments of a call, is passed by.
        let Some((op, operands)) = form(*node) else { continue };
        let earlier = evaluated_before((*node, op), &operands, child)?;
        before.splice(0..0, earlier);
        child = node.range();
        if node.is_statement() {
            let is_bare = matches!(node, AnyNodeRef::StmtExpr(s) if s.value.range() == range);
            return Some(Hoisting { statement: child, before, is_bare });
        }
    }
    None
}

/// What a form evaluates before its part at `child`; none if the part isn't straight in it.
fn evaluated_before<'m>(
    (form, op): (AnyNodeRef<'m>, Op),
    operands: &[Operand<'m>],
    child: TextRange,
) -> Option<Vec<Before<'m>>> {
    let at = operands.iter().position(|operand| operand.expr.range().contains_range(child))?;
    let (earlier, own) = (operands.get(..at)?, operands.get(at)?);
    // The parts of a display are assigned one after the other.
    let is_target = own.is_bound && !matches!(own.expr, Expr::Attribute(_) | Expr::Subscript(_));
    let before = earlier.iter().map(|operand| match operand.expr {
        name @ Expr::Name(_) if operand.is_bound && op == Op::AUGASSIGN => Before::Target(name),
        _ if operand.is_bound => Before::Fixed,
        // Taking it apart, or formatting it, is part of the call, display or string.
        Expr::Starred(_) | Expr::Slice(_) => Before::Fixed,
        _ if matches!(operand.of, Op::DOUBLESTAR | Op::FIELD) => Before::Fixed,
        value => Before::Value(value),
    });
    (is_straight(form, op, at) && !is_target && own.is_certain()).then(|| before.collect())
}

/// Whether what comes before operand `at` of a form can be evaluated before its statement.
fn is_straight(form: AnyNodeRef<'_>, op: Op, at: usize) -> bool {
    use Op::*;
    match op {
        // The text of its fields is a part of its value.
        TSTRING => false,
        // Its bases are evaluated in the scope of its type parameters.
        CLASS => form.as_stmt_class_def().is_none_or(|class| class.type_params.is_none()),
        // What is entered first sees what comes after it fail.
        WITH | ASYNCWITH => at == 0,
        VALUE | VAR | TEMPORARY | PLUS | MINUS | MULTIPLY | DIVIDE | FLOORDIV | MOD | MATMUL
        | EXP | LSHIFT | RSHIFT | BITOR | BITXOR | BITAND | NEG | POS | INVERT | NOT | AND | OR
        | EQ | NE | LT | LE | GT | GE | IS | ISNOT | IN | NOTIN | CHAIN | LINK | IF | ATTR
        | INDEX | SLICE | CALL | KEYWORD | STAR | DOUBLESTAR | EMPTY | TUPLE | LIST | SET
        | DICT | PAIR | LISTCOMP | SETCOMP | DICTCOMP | GENERATOR | FORCLAUSE | ASYNCFORCLAUSE
        | LAMBDA | PARAMS | PARAM | STARPARAM | DOUBLESTARPARAM | SLASH | FSTRING | FIELD
        | WALRUS | AWAIT | YIELD | YIELDFROM | BLOCK | PARTS | EXPR | ASSIGN | AUGASSIGN
        | ANNASSIGN | DELETE | RETURN | RAISE | ASSERT | PASS | BREAK | CONTINUE | GLOBAL
        | NONLOCAL | IMPORT | IMPORTFROM | ALIAS | TYPEALIAS | FOR | ASYNCFOR | WHILE
        | WITHITEM | TRY | TRYSTAR | EXCEPT | MATCH | CASE | MATCHVALUE | MATCHSEQUENCE
        | MATCHSTAR | MATCHMAPPING | MATCHPAIR | MATCHREST | MATCHCLASS | MATCHKEYWORD
        | MATCHAS | MATCHOR | DEF | ASYNCDEF | TYPEVAR | TYPEVARTUPLE | PARAMSPEC => true,
    }
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
            // Beside type parameters the bases stand in a scope of their own.
            AnyNodeRef::StmtClassDef(s) if s.type_params.is_some() && has_argument(s, child) => {
                return Binding::Lambda;
            }
            _ => {}
        }
        child = node.range();
    }
    Binding::Walrus
}

fn has_argument(class: &StmtClassDef, child: TextRange) -> bool {
    class.arguments.as_ref().is_some_and(|arguments| arguments.range.contains_range(child))
}

fn in_body(body: &[Stmt], child: TextRange) -> bool {
    let (Some(first), Some(last)) = (body.first(), body.last()) else { return false };
    TextRange::new(first.start(), TextSize::max(first.end(), last.end())).contains_range(child)
}
