//! Tests of the module's own branches that are known without running anything.
//!
//! ```text
//! if sys.version_info >= (3,):          holds on every Python that the output is for
//! if TYPE_CHECKING:                     doesn't hold when the program runs
//! ```

use std::cmp::Ordering;

use rustpython_ast::{BoolOp, CmpOp, Expr, Number, UnaryOp};

use crate::expand::program::module::Module;
use crate::scope::{BindingKind, Imported, Reaching};

/// Whether a test holds, on every Python that the output is for; none if that isn't known.
pub(crate) fn outcome(module: &Module, test: &Expr) -> Option<bool> {
    let of = |test: &Expr| outcome(module, test);
    match test {
        Expr::BooleanLiteral(literal) => Some(literal.value),
        Expr::UnaryOp(not) if not.op == UnaryOp::Not => of(&not.operand).map(|holds| !holds),
        Expr::BoolOp(chain) => {
            let decisive = chain.op == BoolOp::Or;
            let parts: Vec<Option<bool>> = chain.values.iter().map(of).collect();
            match parts.contains(&Some(decisive)) {
                // Those before it are asked, and may do something.
                true if parts
                    .iter()
                    .take_while(|part| **part != Some(decisive))
                    .all(Option::is_some) =>
                {
                    Some(decisive)
                }
                true => None,
                false => parts.iter().all(Option::is_some).then_some(!decisive),
            }
        }
        Expr::Name(_) | Expr::Attribute(_) => {
            is_member(module, test, "typing", "TYPE_CHECKING").then_some(false)
        }
        Expr::Compare(compare) => match (&compare.ops[..], &compare.comparators[..]) {
            ([op], [right]) => compared(module, &compare.left, *op, right),
            _ => None,
        },
        _ => None,
    }
}

/// The oldest Python that any output is for.
const OLDEST: u64 = 3;

/// Whether a comparison of `sys.version_info`, or of a part of it, with a constant holds.
fn compared(module: &Module, left: &Expr, op: CmpOp, right: &Expr) -> Option<bool> {
    let major = match left {
        Expr::Subscript(s) if integer(&s.slice) == Some(0) => &s.value,
        Expr::Attribute(a) if a.attr.as_str() == "major" => &a.value,
        _ => {
            let version = right.as_tuple_expr().filter(|_| is_version(module, left))?;
            let numbers: Vec<u64> = version.elts.iter().map(integer).collect::<Option<_>>()?;
            // Any 3.x.y is greater than (3,), and less than (4,).
            let order = match &numbers[..] {
                [] => Ordering::Greater,
                [first, ..] if *first != OLDEST => OLDEST.cmp(first),
                [_] => Ordering::Greater,
                [_, rest @ ..] if rest.iter().all(|part| *part == 0) => Ordering::Greater,
                _ => return None,
            };
            return holds(order, op);
        }
    };
    is_version(module, major).then_some(())?;
    holds(OLDEST.cmp(&integer(right)?), op)
}

fn holds(order: Ordering, op: CmpOp) -> Option<bool> {
    Some(match op {
        CmpOp::Eq => order.is_eq(),
        CmpOp::NotEq => order.is_ne(),
        CmpOp::Lt => order.is_lt(),
        CmpOp::LtE => order.is_le(),
        CmpOp::Gt => order.is_gt(),
        CmpOp::GtE => order.is_ge(),
        _ => return None,
    })
}

fn integer(expr: &Expr) -> Option<u64> {
    match &expr.as_number_literal_expr()?.value {
        Number::Int(number) => number.as_u64(),
        _ => None,
    }
}

fn is_version(module: &Module, expr: &Expr) -> bool {
    is_member(module, expr, "sys", "version_info")
}

/// Whether the expression is `name` of the library's module `from`, by what its names are bound to.
fn is_member(module: &Module, expr: &Expr, from: &str, name: &str) -> bool {
    let imported = |expr: &Expr| {
        let used = module.scopes.use_at(expr.as_name_expr()?.range.start())?;
        let Reaching::One(binding) = module.scopes.reaching(used) else { return None };
        let BindingKind::Import { module, level: 0, name, object, .. } = &binding.kind else {
            return None;
        };
        let is_module = *object != Imported::Root || module.as_deref() == Some(from);
        (module.as_deref() == Some(from) && is_module).then_some(name.as_deref())
    };
    match expr {
        Expr::Name(_) => imported(expr) == Some(Some(name)),
        Expr::Attribute(a) => a.attr.as_str() == name && imported(&a.value) == Some(None),
        _ => false,
    }
}
