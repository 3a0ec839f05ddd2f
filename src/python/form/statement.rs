//! Statements, their ops and what their heads hold.

use rustpython_ast::{
    Alias, Decorator, ElifElseClause, ExceptHandler, Expr, MatchCase, Pattern, StmtRef, TypeParam,
    TypeParams,
};

use super::expression::{arguments, parameters};
use super::{Arg, codes, empty, optional};
use crate::python::op::Op;

/// The op of a statement.
pub(crate) fn statement_op(stmt: StmtRef<'_>) -> Op {
    let either = |is_async, asynchronous, plain| if is_async { asynchronous } else { plain };
    match stmt {
        StmtRef::FunctionDef(s) => either(s.is_async, Op::ASYNCDEF, Op::DEF),
        StmtRef::ClassDef(_) => Op::CLASS,
        StmtRef::Return(_) => Op::RETURN,
        StmtRef::Delete(_) => Op::DELETE,
        StmtRef::TypeAlias(_) => Op::TYPEALIAS,
        StmtRef::Assign(_) => Op::ASSIGN,
        StmtRef::AugAssign(_) => Op::AUGASSIGN,
        StmtRef::AnnAssign(_) => Op::ANNASSIGN,
        StmtRef::For(s) => either(s.is_async, Op::ASYNCFOR, Op::FOR),
        StmtRef::While(_) => Op::WHILE,
        StmtRef::If(_) => Op::IF,
        StmtRef::With(s) => either(s.is_async, Op::ASYNCWITH, Op::WITH),
        StmtRef::Match(_) => Op::MATCH,
        StmtRef::Raise(_) => Op::RAISE,
        StmtRef::Try(s) => either(s.is_star, Op::TRYSTAR, Op::TRY),
        StmtRef::Assert(_) => Op::ASSERT,
        StmtRef::Import(_) => Op::IMPORT,
        StmtRef::ImportFrom(_) => Op::IMPORTFROM,
        StmtRef::Global(_) => Op::GLOBAL,
        StmtRef::Nonlocal(_) => Op::NONLOCAL,
        StmtRef::Expr(_) => Op::EXPR,
        StmtRef::Break(_) => Op::BREAK,
        StmtRef::Continue(_) => Op::CONTINUE,
        // The parser makes an escape command only in its notebook mode, which isn't used.
        StmtRef::Pass(_) | StmtRef::IpyEscapeCommand(_) => Op::PASS,
    }
}

/// What a statement holds, as its op has it; of blocks, only that they are there.
pub(super) fn args<'a>(stmt: StmtRef<'a>) -> Vec<Arg<'a>> {
    let code = |expr: &'a Expr| Arg::Code(expr);
    match stmt {
        StmtRef::FunctionDef(s) => vec![
            decorators(&s.decorator_list),
            type_parameters(s.type_params.as_deref()),
            parameters(&s.parameters),
            optional(s.returns.as_deref()),
            empty(),
            block(),
        ],
        StmtRef::ClassDef(s) => {
            let bases = s.arguments.as_deref().into_iter().flat_map(arguments).collect();
            vec![
                decorators(&s.decorator_list),
                type_parameters(s.type_params.as_deref()),
                Arg::Part(Op::PARTS, bases),
                empty(),
                block(),
            ]
        }
        StmtRef::Return(s) => vec![optional(s.value.as_deref())],
        StmtRef::Delete(s) => codes(&s.targets),
        StmtRef::TypeAlias(s) => {
            vec![code(&s.name), type_parameters(s.type_params.as_deref()), code(&s.value)]
        }
        StmtRef::Assign(s) => codes(s.targets.iter().chain([&*s.value])),
        StmtRef::AugAssign(s) => vec![code(&s.target), code(&s.value)],
        StmtRef::AnnAssign(s) => {
            vec![code(&s.target), code(&s.annotation), optional(s.value.as_deref())]
        }
        StmtRef::For(s) => vec![code(&s.target), code(&s.iter), block(), block()],
        StmtRef::While(s) => vec![code(&s.test), block(), block()],
        StmtRef::If(s) => vec![code(&s.test), block(), clauses(&s.elif_else_clauses)],
        StmtRef::With(s) => {
            let item = |item: &'a rustpython_ast::WithItem| {
                let target = optional(item.optional_vars.as_deref());
                Arg::Part(Op::WITHITEM, vec![code(&item.context_expr), target])
            };
            vec![Arg::Part(Op::PARTS, s.items.iter().map(item).collect()), block()]
        }
        StmtRef::Match(s) => {
            vec![code(&s.subject), Arg::Part(Op::PARTS, s.cases.iter().map(case).collect())]
        }
        StmtRef::Raise(s) => vec![optional(s.exc.as_deref()), optional(s.cause.as_deref())],
        StmtRef::Try(s) => {
            let handlers = s.handlers.iter().map(handler).collect();
            vec![block(), Arg::Part(Op::PARTS, handlers), block(), block()]
        }
        StmtRef::Assert(s) => vec![code(&s.test), optional(s.msg.as_deref())],
        StmtRef::Import(s) => aliases(&s.names),
        StmtRef::ImportFrom(s) => aliases(&s.names),
        StmtRef::Expr(s) => vec![code(&s.value)],
        StmtRef::Global(_)
        | StmtRef::Nonlocal(_)
        | StmtRef::Break(_)
        | StmtRef::Continue(_)
        | StmtRef::Pass(_)
        | StmtRef::IpyEscapeCommand(_) => Vec::new(),
    }
}

fn block<'a>() -> Arg<'a> {
    Arg::Part(Op::BLOCK, Vec::new())
}

fn decorators(decorators: &[Decorator]) -> Arg<'_> {
    Arg::Part(Op::PARTS, codes(decorators.iter().map(|decorator| &decorator.expression)))
}

fn aliases<'a>(names: &[Alias]) -> Vec<Arg<'a>> {
    names.iter().map(|_| Arg::Part(Op::ALIAS, vec![empty()])).collect()
}

/// What comes after the first body of an `if`: the `if` of an `elif` stands in an `else`.
fn clauses(clauses: &[ElifElseClause]) -> Arg<'_> {
    match clauses {
        [ElifElseClause { test: Some(test), .. }, rest @ ..] => {
            let nested = vec![Arg::Code(test), block(), self::clauses(rest)];
            Arg::Part(Op::BLOCK, vec![Arg::Part(Op::IF, nested)])
        }
        _ => block(),
    }
}

fn handler(handler: &ExceptHandler) -> Arg<'_> {
    let ExceptHandler::ExceptHandler(handler) = handler;
    Arg::Part(Op::EXCEPT, vec![optional(handler.type_.as_deref()), empty(), block()])
}

fn case(case: &MatchCase) -> Arg<'_> {
    let guard = optional(case.guard.as_deref());
    Arg::Part(Op::CASE, vec![pattern(&case.pattern), guard, block()])
}

fn pattern(own: &Pattern) -> Arg<'_> {
    match own {
        Pattern::MatchValue(p) => Arg::Part(Op::MATCHVALUE, vec![Arg::Code(&p.value)]),
        Pattern::MatchSingleton(_) => {
            Arg::Part(Op::MATCHVALUE, vec![Arg::Part(Op::VALUE, Vec::new())])
        }
        Pattern::MatchSequence(p) => {
            Arg::Part(Op::MATCHSEQUENCE, p.patterns.iter().map(pattern).collect())
        }
        Pattern::MatchMapping(p) => {
            let pair =
                |(key, value)| Arg::Part(Op::MATCHPAIR, vec![Arg::Code(key), pattern(value)]);
            Arg::Part(Op::MATCHMAPPING, p.keys.iter().zip(&p.patterns).map(pair).collect())
        }
        Pattern::MatchClass(p) => {
            let keyword = |k| Arg::Part(Op::MATCHKEYWORD, vec![pattern(k)]);
            let mut args = vec![Arg::Code(&p.cls)];
            args.extend(p.arguments.patterns.iter().map(pattern));
            args.extend(p.arguments.keywords.iter().map(|k| &k.pattern).map(keyword));
            Arg::Part(Op::MATCHCLASS, args)
        }
        Pattern::MatchStar(_) => Arg::Part(Op::MATCHSTAR, vec![empty()]),
        Pattern::MatchAs(p) => {
            let inner = p.pattern.as_deref().map_or_else(empty, pattern);
            Arg::Part(Op::MATCHAS, vec![inner, empty()])
        }
        Pattern::MatchOr(p) => Arg::Part(Op::MATCHOR, p.patterns.iter().map(pattern).collect()),
    }
}

fn type_parameters(parameters: Option<&TypeParams>) -> Arg<'_> {
    let parameters = parameters.into_iter().flat_map(|parameters| &parameters.type_params);
    Arg::Part(Op::PARTS, parameters.map(type_parameter).collect())
}

fn type_parameter(parameter: &TypeParam) -> Arg<'_> {
    match parameter {
        TypeParam::TypeVar(p) => {
            let parts = [&p.bound, &p.default];
            Arg::Part(Op::TYPEVAR, parts.map(|part| optional(part.as_deref())).into())
        }
        TypeParam::TypeVarTuple(p) => {
            Arg::Part(Op::TYPEVARTUPLE, vec![optional(p.default.as_deref())])
        }
        TypeParam::ParamSpec(p) => Arg::Part(Op::PARAMSPEC, vec![optional(p.default.as_deref())]),
    }
}
