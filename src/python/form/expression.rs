//! Expressions, their ops and what they hold.

use rustpython_ast::{
    AnyParameterRef, Arguments, BoolOp, Comprehension, DictItem, Expr, ExprCompare, ExprRef,
    FStringPart, InterpolatedStringElement, Keyword, Parameters,
};

use super::operators::{binary_op, comparison_op, unary_op};
use super::{Arg, codes, empty, optional};
use crate::python::op::Op;

/// The op of an expression.
pub(crate) fn expression_op(expr: ExprRef<'_>) -> Op {
    match expr {
        ExprRef::BoolOp(e) => match e.op {
            BoolOp::And => Op::AND,
            BoolOp::Or => Op::OR,
        },
        ExprRef::Named(_) => Op::WALRUS,
        ExprRef::BinOp(e) => binary_op(e.op),
        ExprRef::UnaryOp(e) => unary_op(e.op),
        ExprRef::Lambda(_) => Op::LAMBDA,
        ExprRef::If(_) => Op::IF,
        ExprRef::Dict(_) => Op::DICT,
        ExprRef::Set(_) => Op::SET,
        ExprRef::ListComp(_) => Op::LISTCOMP,
        ExprRef::SetComp(_) => Op::SETCOMP,
        ExprRef::DictComp(_) => Op::DICTCOMP,
        ExprRef::Generator(_) => Op::GENERATOR,
        ExprRef::Await(_) => Op::AWAIT,
        ExprRef::Yield(_) => Op::YIELD,
        ExprRef::YieldFrom(_) => Op::YIELDFROM,
        ExprRef::Compare(e) => match &*e.ops {
            [op] => comparison_op(*op),
            _ => Op::CHAIN,
        },
        ExprRef::Call(_) => Op::CALL,
        ExprRef::FString(_) => Op::FSTRING,
        ExprRef::TString(_) => Op::TSTRING,
        ExprRef::StringLiteral(_)
        | ExprRef::BytesLiteral(_)
        | ExprRef::NumberLiteral(_)
        | ExprRef::BooleanLiteral(_)
        | ExprRef::NoneLiteral(_)
        | ExprRef::EllipsisLiteral(_)
        // The parser makes it only in its notebook mode, which isn't used.
        | ExprRef::IpyEscapeCommand(_) => Op::VALUE,
        ExprRef::Attribute(_) => Op::ATTR,
        ExprRef::Subscript(_) => Op::INDEX,
        ExprRef::Starred(_) => Op::STAR,
        ExprRef::Name(_) => Op::VAR,
        ExprRef::List(_) => Op::LIST,
        ExprRef::Tuple(_) => Op::TUPLE,
        ExprRef::Slice(_) => Op::SLICE,
    }
}

/// What an expression holds, as its op has it.
pub(super) fn args<'a>(expr: ExprRef<'a>) -> Vec<Arg<'a>> {
    let code = |expr: &'a Expr| Arg::Code(expr);
    match expr {
        ExprRef::BoolOp(e) => codes(&e.values),
        ExprRef::Named(e) => vec![code(&e.target), code(&e.value)],
        ExprRef::BinOp(e) => vec![code(&e.left), code(&e.right)],
        ExprRef::UnaryOp(e) => vec![code(&e.operand)],
        ExprRef::Lambda(e) => {
            let parameters = e.parameters.as_deref().map(parameters);
            let none = || Arg::Part(Op::PARAMS, Vec::new());
            vec![parameters.unwrap_or_else(none), code(&e.body)]
        }
        ExprRef::If(e) => vec![code(&e.test), code(&e.body), code(&e.orelse)],
        ExprRef::Dict(e) => e.items.iter().map(item).collect(),
        ExprRef::Set(e) => codes(&e.elts),
        ExprRef::ListComp(e) => comprehension(code(&e.elt), &e.generators),
        ExprRef::SetComp(e) => comprehension(code(&e.elt), &e.generators),
        ExprRef::Generator(e) => comprehension(code(&e.elt), &e.generators),
        ExprRef::DictComp(e) => {
            let pair = vec![code(&e.key), code(&e.value)];
            comprehension(Arg::Part(Op::PAIR, pair), &e.generators)
        }
        ExprRef::Await(e) => vec![code(&e.value)],
        ExprRef::Yield(e) => vec![optional(e.value.as_deref())],
        ExprRef::YieldFrom(e) => vec![code(&e.value)],
        ExprRef::Compare(e) => compared(e),
        ExprRef::Call(e) => {
            let mut args = vec![code(&e.func)];
            args.extend(arguments(&e.arguments));
            args
        }
        ExprRef::FString(e) => {
            let parts = e.value.iter().filter_map(FStringPart::as_f_string);
            parts.flat_map(|part| &part.elements).map(interpolated).collect()
        }
        ExprRef::TString(e) => {
            e.value.iter().flat_map(|part| &part.elements).map(interpolated).collect()
        }
        ExprRef::Attribute(e) => vec![code(&e.value), Arg::Part(Op::VALUE, Vec::new())],
        ExprRef::Subscript(e) => vec![code(&e.value), code(&e.slice)],
        ExprRef::Starred(e) => vec![code(&e.value)],
        ExprRef::List(e) => codes(&e.elts),
        ExprRef::Tuple(e) => codes(&e.elts),
        ExprRef::Slice(e) => {
            [&e.lower, &e.upper, &e.step].map(|part| optional(part.as_deref())).into()
        }
        ExprRef::Name(_)
        | ExprRef::StringLiteral(_)
        | ExprRef::BytesLiteral(_)
        | ExprRef::NumberLiteral(_)
        | ExprRef::BooleanLiteral(_)
        | ExprRef::NoneLiteral(_)
        | ExprRef::EllipsisLiteral(_)
        | ExprRef::IpyEscapeCommand(_) => Vec::new(),
    }
}

fn compared(e: &ExprCompare) -> Vec<Arg<'_>> {
    let mut args = vec![Arg::Code(&e.left)];
    match &*e.comparators {
        [only] => args.push(Arg::Code(only)),
        several => {
            args.extend(several.iter().map(|link| Arg::Part(Op::LINK, vec![Arg::Code(link)])));
        }
    }
    args
}

/// The arguments of a call or class.
pub(super) fn arguments(arguments: &Arguments) -> impl Iterator<Item = Arg<'_>> {
    let keyword = |keyword: &'_ Keyword| match &keyword.arg {
        Some(_) => Op::KEYWORD,
        None => Op::DOUBLESTAR,
    };
    let keywords = arguments.keywords.iter();
    let keywords = keywords.map(move |k| Arg::Part(keyword(k), vec![Arg::Code(&k.value)]));
    arguments.args.iter().map(Arg::Code).chain(keywords)
}

fn item(item: &DictItem) -> Arg<'_> {
    match &item.key {
        Some(key) => Arg::Part(Op::PAIR, vec![Arg::Code(key), Arg::Code(&item.value)]),
        None => Arg::Part(Op::DOUBLESTAR, vec![Arg::Code(&item.value)]),
    }
}

fn comprehension<'a>(element: Arg<'a>, clauses: &'a [Comprehension]) -> Vec<Arg<'a>> {
    let clause = |clause: &'a Comprehension| {
        let mut args = vec![Arg::Code(&clause.target), Arg::Code(&clause.iter)];
        args.extend(codes(&clause.ifs));
        Arg::Part(if clause.is_async { Op::ASYNCFORCLAUSE } else { Op::FORCLAUSE }, args)
    };
    std::iter::once(element).chain(clauses.iter().map(clause)).collect()
}

/// The parameters of a function.
pub(super) fn parameters(parameters: &Parameters) -> Arg<'_> {
    Arg::Part(Op::PARAMS, parameters.iter().map(parameter).collect())
}

fn parameter(parameter: AnyParameterRef<'_>) -> Arg<'_> {
    let annotation = optional(parameter.annotation());
    match parameter.is_variadic() {
        true => Arg::Part(Op::STARPARAM, vec![annotation]),
        false => Arg::Part(Op::PARAM, vec![annotation, optional(parameter.default())]),
    }
}

fn interpolated(element: &InterpolatedStringElement) -> Arg<'_> {
    let InterpolatedStringElement::Interpolation(field) = element else {
        return Arg::Part(Op::VALUE, Vec::new());
    };
    let format = field.format_spec.as_deref().map_or_else(empty, |format| {
        Arg::Part(Op::FSTRING, format.elements.iter().map(interpolated).collect())
    });
    Arg::Part(Op::FIELD, vec![Arg::Code(&field.expression), format])
}
