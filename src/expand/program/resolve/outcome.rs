//! Tests of the module's own branches that are known without running anything.
//!
//! ```text
//! if sys.version_info >= (3,):          holds on every Python that an output may be for
//! if sys.version_info >= (3, 12):       known where it is said which Python the output is for
//! if TYPE_CHECKING:                     doesn't hold when the program runs
//! ```

use std::cmp::Ordering;
use std::rc::Rc;

use rustpython_ast::{BoolOp, CmpOp, Expr, Number, UnaryOp};

use super::Resolver;
use super::imported_modules::imported_path;
use crate::expand::program::module::Module;
use crate::host::PythonVersion;
use crate::python::library::is_false_at_run_time;

/// The Pythons on which a test is to have the same outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pythons {
    /// All that an output may be for.
    Every,
    /// The one that the output is for.
    Target,
}

/// Whether a test in a module holds; none if that isn't known.
pub(crate) fn outcome(
    (resolver, module): (&Resolver<'_>, &Rc<Module>),
    pythons: Pythons,
    test: &Expr,
) -> Option<bool> {
    let of = |test: &Expr| outcome((resolver, module), pythons, test);
    match test {
        Expr::BooleanLiteral(literal) => Some(literal.value),
        Expr::UnaryOp(not) if not.op == UnaryOp::Not => of(&not.operand).map(|holds| !holds),
        Expr::BoolOp(chain) => {
            let decisive = chain.op == BoolOp::Or;
            let parts: Vec<Option<bool>> = chain.values.iter().map(of).collect();
            match parts.iter().position(|part| *part == Some(decisive)) {
                // Those before it are asked, and may do something.
                Some(at) => parts.iter().take(at).all(Option::is_some).then_some(decisive),
                None => parts.iter().all(Option::is_some).then_some(!decisive),
            }
        }
        Expr::Name(_) | Expr::Attribute(_) => {
            let path = imported_path(&resolver.project, module, test)?;
            is_false_at_run_time(&path).then_some(false)
        }
        Expr::Compare(compare) => match (&compare.ops[..], &compare.comparators[..]) {
            ([op], [right]) => {
                let target = resolver.target.filter(|_| pythons == Pythons::Target);
                let left = version((resolver, module), target, &compare.left)?;
                left.compared(*op, right)
            }
            _ => None,
        },
        _ => None,
    }
}

/// `sys.version_info`, or what is taken of it.
#[derive(Debug, PartialEq, Eq)]
enum Version {
    /// The numbers at its head that are known; others follow.
    Head(Vec<u64>),
    /// A slice of it.
    Whole(Vec<u64>),
    /// One of its numbers.
    Number(u64),
}

/// What an expression is of the version that an output is for, if it is something of it.
fn version(
    code: (&Resolver<'_>, &Rc<Module>),
    target: Option<PythonVersion>,
    expr: &Expr,
) -> Option<Version> {
    let (resolver, module) = code;
    let head = |expr: &Expr| {
        let is_version = imported_path(&resolver.project, module, expr)? == "sys.version_info";
        let numbers = match target {
            Some(target) => vec![u64::from(target.major), u64::from(target.minor)],
            None => vec![u64::from(PythonVersion::default().major)],
        };
        is_version.then_some(numbers)
    };
    let number = |numbers: Vec<u64>, at: usize| numbers.get(at).copied().map(Version::Number);
    match expr {
        Expr::Subscript(part) => match &*part.slice {
            Expr::Slice(slice) => {
                let end = usize::try_from(integer(slice.upper.as_deref()?)?).ok()?;
                let is_head = slice.lower.is_none() && slice.step.is_none();
                let numbers = head(&part.value).filter(|_| is_head)?;
                Some(Version::Whole(numbers.get(..end)?.to_vec()))
            }
            index => number(head(&part.value)?, usize::try_from(integer(index)?).ok()?),
        },
        Expr::Attribute(part) if part.attr.as_str() == "major" => number(head(&part.value)?, 0),
        Expr::Attribute(part) if part.attr.as_str() == "minor" => number(head(&part.value)?, 1),
        _ => head(expr).map(Version::Head),
    }
}

impl Version {
    /// Whether a comparison of it with a constant holds.
    fn compared(&self, op: CmpOp, right: &Expr) -> Option<bool> {
        let numbers =
            || -> Option<Vec<u64>> { right.as_tuple_expr()?.elts.iter().map(integer).collect() };
        let order = match self {
            Version::Number(number) => number.cmp(&integer(right)?),
            Version::Whole(own) => own.cmp(&numbers()?),
            Version::Head(own) => order_of_head(own, &numbers()?)?,
        };
        holds(order, op)
    }
}

/// How tuples that begin with `head` and go on compare with `other`, if all compare alike.
fn order_of_head(head: &[u64], other: &[u64]) -> Option<Ordering> {
    for (at, own) in head.iter().enumerate() {
        match other.get(at).map(|other| own.cmp(other)) {
            // The longer one is the greater.
            None => return Some(Ordering::Greater),
            Some(Ordering::Equal) => {}
            Some(order) => return Some(order),
        }
    }
    // What follows is a number of at least zero, and more after it.
    let rest = other.get(head.len()..).unwrap_or_default();
    rest.iter().all(|part| *part == 0).then_some(Ordering::Greater)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_tuples() {
        let check = |head: &[u64], other: &[u64], expected| {
            assert_eq!(order_of_head(head, other), expected, "{head:?} and {other:?}");
        };
        check(&[3], &[3], Some(Ordering::Greater));
        check(&[3], &[3, 0], Some(Ordering::Greater));
        check(&[3], &[3, 8], None);
        check(&[3], &[2, 7], Some(Ordering::Greater));
        check(&[3], &[4], Some(Ordering::Less));
        check(&[3, 9], &[3, 8, 4], Some(Ordering::Greater));
        check(&[3, 9], &[3, 9], Some(Ordering::Greater));
        check(&[3, 9], &[3, 9, 1], None);
        check(&[3, 9], &[3, 10], Some(Ordering::Less));
        check(&[3, 9], &[], Some(Ordering::Greater));
    }
}
