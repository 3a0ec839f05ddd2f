//! A definition with macros among its decorators: they apply bottom up.
//!
//! ```text
//! @a                          # stays
//! @m                          # then this, which gets @b and what is left of f
//! @b
//! @n(1)                       # this macro first
//! @c                          # is in the tree
//! def f(): ...
//! ```

use std::rc::Rc;

use rustpython_ast::{Decorator, Expr, Identifier, Stmt};
use rustpython_text_size::{Ranged as _, TextRange, TextSize};

use super::run::{Given, LeftStatements, call_site, report_nothing_left, run_statement_macro};
use super::sites::Role;
use crate::codenode::{Loc, Name, Node, Op, Origin, Plain, lower, lower_body};
use crate::expand::Expander;
use crate::expand::call_site::CallSite;
use crate::expand::findings::Reported;
use crate::expand::program::Module;
use crate::residual::Statement;
use crate::syntax::tokens::definition_start;

/// What takes the place of a statement.
pub(crate) struct Written<'m> {
    pub range: TextRange,
    pub statements: Vec<Statement>,
    /// The use of a macro.
    pub expression: &'m Expr,
    /// Up to where comments would be lost.
    pub comments_until: TextSize,
}

/// What has become of the definition.
enum Subject {
    Definition(Node),
    /// The name is to have this value.
    Value(Node),
    Nothing,
}

/// A definition on its way through its decorators.
struct Stack<'m> {
    module: &'m Rc<Module>,
    stmt: &'m Stmt,
    name: Name,
    place: Loc,
    before: Vec<Statement>,
    subject: Subject,
    after: Vec<Statement>,
    /// The macro that ran last.
    last: Option<&'m Expr>,
}

/// What the macros among the decorators leave of a definition.
pub(crate) fn expand_definition<'m>(
    cx: &mut Expander<'_>,
    module: &'m Rc<Module>,
    stmt: &'m Stmt,
    (decorators, roles): (&'m [Decorator], &[Role]),
) -> Result<Written<'m>, Reported> {
    let is_macro = |role: &Role| !matches!(role, Role::Ordinary);
    let ends = roles.iter().position(is_macro).zip(roles.iter().rposition(is_macro));
    let definition = ends.and_then(|(top, lowest)| {
        let bare = without_decorators(module, stmt, decorators.get(lowest + 1..)?)?;
        Some((top, lowest, bare, name_of(stmt)?))
    });
    let Some((top, lowest, (bare, start), name)) = definition else {
        let place = module.label(stmt.range(), "this definition");
        return Err(cx.findings.report_unforeseen(place));
    };
    let end = end_of_statement(module, stmt);
    let mut stack = Stack {
        module,
        stmt,
        name: name.as_str().into(),
        place: Loc { file: module.file, range: name.range },
        before: Vec::new(),
        subject: Subject::Definition(tree(module, &bare, end)),
        after: Vec::new(),
        last: None,
    };
    for index in (top..=lowest).rev() {
        let expression = &decorators[index].expression;
        match &roles[index] {
            Role::Ordinary => apply_decorator(cx, &mut stack, expression)?,
            Role::Plain => call_with(cx, &mut stack, expression, &decorators[..index])?,
            Role::Takes(home, name) => apply_macro(cx, &mut stack, expression, (home, name))?,
            Role::Failed => return Err(cx.findings.reported_before()),
        }
    }
    let starts_alike = matches!(stack.subject, Subject::Definition(_)) && stack.before.is_empty();
    let first = match starts_alike {
        // The text above the first macro stays.
        true => decorators[top].start(),
        false => {
            for decorator in decorators[..top].iter().rev() {
                apply_decorator(cx, &mut stack, &decorator.expression)?;
            }
            stmt.start()
        }
    };
    Ok(Written {
        range: TextRange::new(first, end),
        expression: &decorators[lowest].expression,
        comments_until: start,
        statements: stack.statements(),
    })
}

/// Puts an ordinary decorator on what the macros below it have left.
fn apply_decorator(
    cx: &mut Expander<'_>,
    stack: &mut Stack<'_>,
    expression: &Expr,
) -> Result<(), Reported> {
    let module = stack.module;
    let code = lower(expression, module.file, module.text(), &mut Plain);
    stack.subject = match std::mem::replace(&mut stack.subject, Subject::Nothing) {
        Subject::Definition(tree) => Subject::Definition(with_decorator(&tree, code)),
        Subject::Value(value) => Subject::Value(Node::call(code, vec![value])),
        Subject::Nothing => return Err(nothing_to_decorate(cx, stack, expression)),
    };
    Ok(())
}

/// The macro is called with the function or class, as the plain function would be, below the decorators
/// `above`.
fn call_with(
    cx: &mut Expander<'_>,
    stack: &mut Stack<'_>,
    expression: &Expr,
    above: &[Decorator],
) -> Result<(), Reported> {
    let module = stack.module;
    let callee = lower(expression, module.file, module.text(), &mut Plain);
    let own = || Node::var(stack.name.clone(), Origin::Site);
    let call = Node::call(callee.clone(), vec![own()]);
    match std::mem::replace(&mut stack.subject, Subject::Nothing) {
        Subject::Value(value) => {
            stack.subject = Subject::Value(Node::call(callee, vec![value]));
        }
        Subject::Definition(tree) if !above.is_empty() => {
            let parameter = Node::new(Op::PARAM, vec![Node::empty(), Node::empty()])
                .with_name(Some(stack.name.clone()));
            let parameters = Node::new(Op::PARAMS, vec![parameter]);
            let function = Node::new(Op::LAMBDA, vec![parameters, call]);
            stack.subject = Subject::Definition(with_decorator(&tree, function));
        }
        Subject::Definition(tree) => {
            let assign = Node::new(Op::ASSIGN, vec![own(), call]);
            stack.after.insert(0, Statement::Do(assign));
            stack.subject = Subject::Definition(tree);
        }
        Subject::Nothing => return Err(nothing_to_decorate(cx, stack, expression)),
    }
    Ok(())
}

/// Runs a macro on what those below it have left.
fn apply_macro<'m>(
    cx: &mut Expander<'_>,
    stack: &mut Stack<'m>,
    expression: &'m Expr,
    used: (&Rc<Module>, &Name),
) -> Result<(), Reported> {
    let tree = match std::mem::replace(&mut stack.subject, Subject::Nothing) {
        Subject::Definition(tree) => tree,
        Subject::Value(_) | Subject::Nothing => {
            return Err(nothing_to_decorate(cx, stack, expression));
        }
    };
    let given = Given { tree, name: Some((stack.name.clone(), stack.place)) };
    let site: CallSite<'_> = call_site(stack.module, stack.stmt, expression);
    let LeftStatements { mut statements, value } =
        run_statement_macro(cx, site, expression, used, &given)?;
    stack.last = Some(expression);
    let is_own = |statement: &Statement| {
        matches!(statement, Statement::Do(node)
            if node.op().defines() && node.name() == Some(&stack.name))
    };
    stack.subject = match (value, statements.iter().rposition(is_own)) {
        (Some(value), _) => Subject::Value(value),
        (None, Some(index)) => {
            stack.after.splice(0..0, statements.drain(index + 1..));
            match statements.pop() {
                Some(Statement::Do(node)) => Subject::Definition(node),
                _ => Subject::Nothing,
            }
        }
        (None, None) => Subject::Nothing,
    };
    stack.before.extend(statements);
    Ok(())
}

fn nothing_to_decorate(cx: &mut Expander<'_>, stack: &Stack<'_>, expression: &Expr) -> Reported {
    let module = stack.module;
    let last = stack.last.unwrap_or(expression);
    let callee = match last {
        Expr::Call(call) => &*call.func,
        other => other,
    };
    let by = module.label(last.range(), "this decorator");
    let wanted = module.label(expression.range(), "to be decorated by this");
    report_nothing_left(cx, (module.slice(callee.range()), by), &stack.name, wanted)
}

impl Stack<'_> {
    fn statements(self) -> Vec<Statement> {
        let mut statements = self.before;
        match self.subject {
            Subject::Definition(tree) => statements.push(Statement::Do(tree)),
            Subject::Value(value) => {
                let name = Node::var(self.name, Origin::Site);
                statements.push(Statement::Do(Node::new(Op::ASSIGN, vec![name, value])));
            }
            Subject::Nothing => {}
        }
        statements.extend(self.after);
        statements
    }
}

/// The definition with one more decorator, above the others.
fn with_decorator(tree: &Node, decorator: Node) -> Node {
    let mut args = tree.args().to_vec();
    if let Some(decorators) = args.first_mut() {
        let others = decorators.args().iter().cloned();
        *decorators = Node::new(Op::PARTS, std::iter::once(decorator).chain(others).collect());
    }
    tree.with_args(args)
}

/// The name that a definition gives.
pub(crate) fn name_of(stmt: &Stmt) -> Option<&Identifier> {
    match stmt {
        Stmt::FunctionDef(s) => Some(&s.name),
        Stmt::ClassDef(s) => Some(&s.name),
        _ => None,
    }
}

/// Where a definition begins if only its last decorators are kept.
pub(crate) fn start_without(module: &Module, stmt: &Stmt, kept: &[Decorator]) -> Option<TextSize> {
    if let Some(first) = kept.first() {
        return Some(first.start());
    }
    let decorators = match stmt {
        Stmt::FunctionDef(s) => &s.decorator_list,
        Stmt::ClassDef(s) => &s.decorator_list,
        _ => return None,
    };
    let after = decorators.last().map_or(stmt.start(), Decorator::end);
    definition_start(&module.tokens, after)
}

/// The definition with these decorators, and where it begins.
fn without_decorators(
    module: &Module,
    stmt: &Stmt,
    kept: &[Decorator],
) -> Option<(Stmt, TextSize)> {
    let start = start_without(module, stmt, kept)?;
    let mut bare = stmt.clone();
    let (decorators, range) = match &mut bare {
        Stmt::FunctionDef(s) => (&mut s.decorator_list, &mut s.range),
        Stmt::ClassDef(s) => (&mut s.decorator_list, &mut s.range),
        _ => return None,
    };
    *decorators = kept.to_vec();
    *range = TextRange::new(start, range.end());
    Some((bare, start))
}

/// The end of a statement with its comments: on its last line, and below it in its last body.
pub(crate) fn end_of_statement(module: &Module, stmt: &Stmt) -> TextSize {
    module.end_of_lines(stmt.end(), module.source.indentation(stmt.start()))
}

/// The tree of a statement, which has its comments up to `end`.
pub(crate) fn tree(module: &Module, stmt: &Stmt, end: TextSize) -> Node {
    let within = TextRange::new(stmt.start(), end);
    let body = std::slice::from_ref(stmt);
    let block = lower_body(body, module.file, module.text(), module.layout(), within, &mut Plain);
    block.args().first().cloned().unwrap_or(block)
}
