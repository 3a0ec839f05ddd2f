//! Syntax that no text was parsed for: rewritten code is made of it.

use rustpython_ast::{self as ast, Arguments, AtomicNodeIndex, Expr, ExprContext, Stmt};
use rustpython_text_size::TextRange;

/// A name, as it is used.
pub(crate) fn name(name: &str, ctx: ExprContext, range: TextRange) -> Expr {
    Expr::Name(ast::ExprName { node_index: AtomicNodeIndex::NONE, range, id: name.into(), ctx })
}

/// A name that is read.
pub(crate) fn loaded(id: &str, range: TextRange) -> Expr {
    name(id, ExprContext::Load, range)
}

/// `None`.
pub(crate) fn none(range: TextRange) -> Expr {
    Expr::NoneLiteral(ast::ExprNoneLiteral { node_index: AtomicNodeIndex::NONE, range })
}

/// A number.
pub(crate) fn integer(value: usize, range: TextRange) -> Expr {
    let value = ast::Number::Int(ast::Int::from(value as u64));
    Expr::NumberLiteral(ast::ExprNumberLiteral { node_index: AtomicNodeIndex::NONE, range, value })
}

/// A string.
pub(crate) fn text(value: &str, range: TextRange) -> Expr {
    let flags = ast::StringLiteralFlags::empty();
    Expr::from(ast::StringLiteral {
        node_index: AtomicNodeIndex::NONE,
        range,
        value: value.into(),
        flags,
    })
}

/// `function(args)`.
pub(crate) fn call(function: &str, args: Vec<Expr>, range: TextRange) -> Expr {
    Expr::Call(ast::ExprCall {
        node_index: AtomicNodeIndex::NONE,
        range,
        func: Box::new(loaded(function, range)),
        arguments: Arguments {
            range,
            node_index: AtomicNodeIndex::NONE,
            args: args.into(),
            keywords: Box::default(),
        },
    })
}

/// `(a, b)`.
pub(crate) fn tuple(elts: Vec<Expr>, range: TextRange) -> Expr {
    Expr::Tuple(ast::ExprTuple {
        node_index: AtomicNodeIndex::NONE,
        range,
        elts,
        ctx: ExprContext::Load,
        parenthesized: true,
    })
}

/// `[elt for target in iter]`.
pub(crate) fn list_of(elt: Expr, target: Expr, iter: Expr, range: TextRange) -> Expr {
    Expr::ListComp(ast::ExprListComp {
        node_index: AtomicNodeIndex::NONE,
        range,
        elt: Box::new(elt),
        generators: vec![ast::Comprehension {
            range,
            node_index: AtomicNodeIndex::NONE,
            target,
            iter,
            ifs: Vec::new(),
            is_async: false,
        }],
    })
}

/// `body if test else orelse`.
pub(crate) fn conditional(test: Expr, body: Expr, orelse: Expr, range: TextRange) -> Expr {
    Expr::If(ast::ExprIf {
        node_index: AtomicNodeIndex::NONE,
        range,
        test: Box::new(test),
        body: Box::new(body),
        orelse: Box::new(orelse),
    })
}

/// `lambda: body`.
pub(crate) fn thunk(body: Expr, range: TextRange) -> Expr {
    Expr::Lambda(ast::ExprLambda {
        node_index: AtomicNodeIndex::NONE,
        range,
        parameters: None,
        body: Box::new(body),
    })
}

/// `lambda parameters: body`.
pub(crate) fn lambda(parameters: &[&str], body: Expr, range: TextRange) -> Expr {
    let parameter = |name: &&str| ast::ParameterWithDefault {
        range,
        node_index: AtomicNodeIndex::NONE,
        parameter: ast::Parameter {
            range,
            node_index: AtomicNodeIndex::NONE,
            name: ast::Identifier::new(*name, range),
            annotation: None,
        },
        default: None,
    };
    let parameters = ast::Parameters {
        range,
        node_index: AtomicNodeIndex::NONE,
        posonlyargs: Vec::new(),
        args: parameters.iter().map(parameter).collect(),
        vararg: None,
        kwonlyargs: Vec::new(),
        kwarg: None,
    };
    Expr::Lambda(ast::ExprLambda {
        node_index: AtomicNodeIndex::NONE,
        range,
        parameters: Some(Box::new(parameters)),
        body: Box::new(body),
    })
}

/// `target := value`.
pub(crate) fn walrus(target: &str, value: Expr, range: TextRange) -> Expr {
    Expr::Named(ast::ExprNamed {
        node_index: AtomicNodeIndex::NONE,
        range,
        target: Box::new(name(target, ExprContext::Store, range)),
        value: Box::new(value),
    })
}

/// `target = value`.
pub(crate) fn assign(target: Expr, value: Expr, range: TextRange) -> Stmt {
    Stmt::Assign(ast::StmtAssign {
        node_index: AtomicNodeIndex::NONE,
        range,
        targets: vec![target],
        value: Box::new(value),
    })
}

/// The expression as a statement.
pub(crate) fn statement(value: Expr, range: TextRange) -> Stmt {
    let node_index = AtomicNodeIndex::NONE;
    Stmt::Expr(ast::StmtExpr { node_index, range, value: Box::new(value) })
}
