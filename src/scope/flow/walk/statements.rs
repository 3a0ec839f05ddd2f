//! The walk through statements: where ways part, where they come together, and what is lost then.

use std::collections::BTreeSet;

use rustpython_ast::name::Name;
use rustpython_ast::{
    self as ast, ElifElseClause, ExceptHandler, Expr, ModModule, Parameters, Stmt,
};
use rustpython_text_size::{Ranged as _, TextRange};

use super::{FlowWalk, Notes};
use crate::python::builtins::FrameRead;
use crate::scope::flow::change::{Change, FlowContext, of_code, of_expressions};
use crate::scope::flow::state::{AbstractState, BoundVariable};
use crate::scope::flow::value::{AbstractValue, is_immutable_type};
use crate::scope::flow::{Definiens, Flow, KnownVariable, Program};
use crate::scope::{Binding, BindingKind, Place, ScopeId, Scopes, Use, assigned_names};
use crate::syntax::statements;

/// What is known at the calls of macros of a module.
pub(crate) fn flow(module: &ModModule, scopes: &Scopes, program: &dyn Program) -> Flow {
    let mut flow = Flow::default();
    let frames = statements(module)
        .filter_map(Stmt::as_function_def_stmt)
        .filter_map(|def| Some((scopes.scope_of(def.range)?, Some(&*def.parameters), &*def.body)));
    let all = std::iter::once((ScopeId::MODULE, None, &*module.body)).chain(frames);
    for (frame, parameters, body) in all {
        let counters = counters(scopes, frame, body);
        if frame == ScopeId::MODULE && is_reflective(scopes) {
            continue;
        }
        let around = FlowContext { scopes, program, counters: &counters };
        let mut walk = FlowWalk {
            around,
            frame,
            scope: frame,
            state: Some(AbstractState::default()),
            loops: Vec::new(),
            notes: Notes::Taken,
            read: BTreeSet::new(),
            flow,
        };
        parameters.into_iter().for_each(|parameters| walk.parameters(parameters));
        walk.block(body);
        flow = walk.flow;
    }
    flow
}

/// Whether code of the file may bind a module's variables by names that nobody sees.
fn is_reflective(scopes: &Scopes) -> bool {
    let may_assign = |used: &Use| {
        scopes.frame_read(used).is_some_and(FrameRead::may_assign)
            || used.name == "__builtins__" && scopes.resolve(used) == Place::Unbound
    };
    let imports = |binding: &Binding| match &binding.kind {
        BindingKind::Import { module: Some(module), .. } => {
            matches!(&**module, "builtins" | "__main__")
        }
        _ => false,
    };
    let all = scopes.scopes();
    scopes.uses().any(may_assign)
        || all
            .flat_map(|scope| {
                scopes.names(scope).map(move |name| (scope, name)).collect::<Vec<_>>()
            })
            .any(|(scope, name)| scopes.bindings(scope, name).iter().any(imports))
}

/// The variables that only ever get a literal, or more of what they are: whatever is added to
/// them, no other variable's object is changed.
fn counters(scopes: &Scopes, frame: ScopeId, body: &[Stmt]) -> BTreeSet<Name> {
    let is_counter = |name: &&str| {
        let bindings = scopes.bindings(frame, name);
        bindings.iter().any(|binding| binding.kind == BindingKind::AugAssign)
            && bindings
                .iter()
                .all(|binding| matches!(binding.kind, BindingKind::AugAssign | BindingKind::Assign))
    };
    let mut counters: BTreeSet<Name> =
        scopes.names(frame).filter(is_counter).map(Name::new).collect();
    if counters.is_empty() {
        return counters;
    }
    for stmt in statements(body) {
        let is_other = |assign: &ast::StmtAssign| !assign.value.is_literal_expr();
        if stmt.as_assign_stmt().is_some_and(is_other) {
            let mut names = Vec::new();
            assigned_names(stmt, &mut names);
            counters.retain(|counter| !names.iter().any(|name| **name == **counter));
        }
    }
    counters
}

impl<'a> FlowWalk<'a> {
    fn parameters(&mut self, parameters: &Parameters) {
        for parameter in parameters.iter() {
            let parameter = parameter.as_parameter();
            let annotation = parameter.annotation.as_deref();
            let known = KnownVariable {
                immutable: annotation.is_some_and(|a| is_immutable_type(self.around.scopes, a)),
                ..KnownVariable::default()
            };
            let rest = [&parameters.vararg, &parameters.kwarg];
            let is_rest = rest.into_iter().flatten().any(|rest| rest.range == parameter.range);
            let known = if is_rest { KnownVariable { immutable: false, ..known } } else { known };
            let name = parameter.name.id.clone();
            self.bind(BoundVariable { name, known }, &mut []);
        }
    }

    pub(super) fn block(&mut self, body: &[Stmt]) {
        body.iter().for_each(|stmt| self.statement(stmt));
    }

    fn statement(&mut self, stmt: &Stmt) {
        self.read.clear();
        match stmt {
            Stmt::Assign(s) => {
                let value = self.evaluate(&s.value);
                let targets: Vec<&Expr> = s.targets.iter().collect();
                self.assign(&targets, &s.value, value);
            }
            Stmt::AnnAssign(s) => self.annotated(s),
            Stmt::AugAssign(s) => self.augment(s),
            Stmt::Expr(s) => {
                self.evaluate(&s.value);
            }
            Stmt::If(s) => self.branches((s.test.range(), &s.test), &s.body, &s.elif_else_clauses),
            Stmt::For(s) => self.repeat_for(s),
            Stmt::While(s) => {
                let change = self.change_of(&[&s.test], &[&s.body]);
                self.apply(&change);
                self.evaluate(&s.test);
                self.repeat(&change, &s.body, &s.orelse);
            }
            Stmt::Try(s) => self.attempt(s),
            Stmt::With(s) => self.with(s),
            Stmt::Match(s) => self.choose(s),
            Stmt::Return(s) => {
                self.all(s.value.as_deref());
                self.state = None;
            }
            Stmt::Raise(s) => {
                self.all(s.exc.iter().chain(&s.cause).map(|part| &**part));
                self.state = None;
            }
            Stmt::Break(_) => self.leave_loop(),
            Stmt::Continue(_) => self.state = None,
            Stmt::Assert(s) => {
                self.evaluate(&s.test);
                // It is come to only if the assertion fails; and asserts may be left out.
                let before = self.state.clone();
                self.all(s.msg.as_deref());
                self.state = before;
                let change = of_code(self.around, &*s.test);
                change.binds.iter().for_each(|name| self.forget(name));
            }
            Stmt::Delete(s) => s.targets.iter().for_each(|target| self.delete(target)),
            Stmt::FunctionDef(s) => {
                self.function(s);
                self.forget_words(stmt);
            }
            Stmt::ClassDef(s) => {
                self.class(s);
                self.forget_words(stmt);
            }
            Stmt::Import(_) => {
                self.disturb();
                self.forget_words(stmt);
            }
            Stmt::ImportFrom(s) => {
                self.import_from(s);
                self.forget_words(stmt);
            }
            Stmt::TypeAlias(_) => self.forget_words(stmt),
            Stmt::Global(_) | Stmt::Nonlocal(_) | Stmt::Pass(_) | Stmt::IpyEscapeCommand(_) => {}
        }
    }

    /// What is held at a `break` is held after the loop, if it is held on all other ways there.
    fn leave_loop(&mut self) {
        if let (Some(left), Some(state)) = (self.loops.last_mut(), self.state.take()) {
            *left = Some(match left.take() {
                Some(other) => other.meet(&state),
                None => state,
            });
        }
    }

    fn function(&mut self, s: &ast::StmtFunctionDef) {
        self.all(s.decorator_list.iter().map(|decorator| &decorator.expression));
        self.all(s.parameters.iter_non_variadic_params().filter_map(|p| p.default()));
        if !s.decorator_list.is_empty() {
            self.disturb();
        }
    }

    fn class(&mut self, s: &ast::StmtClassDef) {
        self.all(s.decorator_list.iter().map(|decorator| &decorator.expression));
        let arguments = s.arguments.iter();
        self.all(arguments.clone().flat_map(|arguments| arguments.args.iter()));
        self.all(arguments.flat_map(|a| &a.keywords).map(|keyword| &keyword.value));
        let scope = self.around.scopes.scope_of(s.range).unwrap_or(self.scope);
        let outer = std::mem::replace(&mut self.scope, scope);
        self.block(&s.body);
        self.scope = outer;
        self.disturb();
    }

    fn import_from(&mut self, s: &ast::StmtImportFrom) {
        self.disturb();
        if s.names.iter().any(|alias| &*alias.name == "*") {
            // It binds nobody knows what.
            self.state = self.state.take().map(|_| AbstractState::default());
        }
    }

    /// What the statement binds by a word of its own is another value from then on.
    fn forget_words(&mut self, stmt: &Stmt) {
        let mut names = Vec::new();
        assigned_names(stmt, &mut names);
        let scopes = self.around.scopes;
        for name in names {
            if scopes.lookup(self.scope, &name) == scopes.lookup(self.frame, &name) {
                self.forget(&Name::new(&*name));
            }
        }
    }

    fn annotated(&mut self, s: &ast::StmtAnnAssign) {
        let Some(code) = &s.value else { return };
        let value = self.evaluate(code);
        let immutable = value.immutable || is_immutable_type(self.around.scopes, &s.annotation);
        self.assign(&[&s.target], code, AbstractValue { immutable, ..value });
    }

    fn augment(&mut self, s: &ast::StmtAugAssign) {
        let value = self.evaluate(&s.value);
        let Expr::Name(name) = &*s.target else {
            return self.assign_unknown(&s.target);
        };
        // The variable is read before its value is computed: `a -= (a := 4)`.
        let is_rebound = self.change_of(&[&s.value], &[]).binds.contains(&name.id);
        let before = self.state.as_ref().and_then(|state| state.get(&name.id)).cloned();
        let before = before.filter(|_| !is_rebound).unwrap_or_default();
        if !before.immutable {
            // Its object may be another variable's, too.
            self.disturb();
        }
        let is_new = |code: &Definiens| match code {
            Definiens::Code(code) => matches!(code, Expr::BinOp(_) | Expr::UnaryOp(_)),
            Definiens::Augmented { .. } => true,
            Definiens::Choice { .. } => false,
        };
        let fact = before.fact.filter(|fact| {
            !value.refused
                && !fact.once
                && fact.depth < 64
                && (before.immutable || is_new(&fact.code))
        });
        let fact = fact.map(|fact| self.augmented(&fact, s, value));
        let known = KnownVariable {
            fact,
            immutable: before.immutable && value.immutable,
            container: before.container,
        };
        // What it was is in its own definition already.
        if let Some(bound) = self.bound(&name.id, name.range, known) {
            self.bind(bound, &mut []);
        }
    }

    fn delete(&mut self, target: &Expr) {
        match target {
            Expr::Name(name) => {
                if let Some(bound) = self.bound(&name.id, name.range, KnownVariable::default()) {
                    self.forget(&bound.name);
                }
            }
            Expr::Tuple(e) => e.elts.iter().for_each(|target| self.delete(target)),
            Expr::List(e) => e.elts.iter().for_each(|target| self.delete(target)),
            other => self.assign_unknown(other),
        }
    }

    /// An `if` with what follows it.
    fn branches(
        &mut self,
        (place, test): (TextRange, &Expr),
        body: &[Stmt],
        rest: &[ElifElseClause],
    ) {
        let value = self.evaluate(test);
        let condition = Name::new(format!("if {}", u32::from(place.start())));
        // A variable that nobody can name, which holds the condition as long as that is what it was,
        // in terms of what the branches leave alone.
        let mut bound = self.change_of(&[], &[body]).binds;
        rest.iter().for_each(|clause| bound.extend(of_code(self.around, &*clause.body).binds));
        let fact = (!value.refused).then(|| self.definition(test, value));
        let fact = fact.and_then(|fact| self.state.as_ref()?.before_binding(fact, &bound));
        let known = KnownVariable { fact, immutable: true, ..KnownVariable::default() };
        self.bind(BoundVariable { name: condition.clone(), known }, &mut []);
        let before = self.state.clone();
        self.block(body);
        let after = std::mem::replace(&mut self.state, before);
        if let Some((clause, rest)) = rest.split_first() {
            match &clause.test {
                Some(test) => self.branches((clause.range, test), &clause.body, rest),
                None => self.block(&clause.body),
            }
        }
        self.state = match (after, self.state.take()) {
            (Some(one), Some(two)) => Some(one.choose(&two, &condition)),
            (one, two) => one.or(two),
        };
    }

    fn change_of(&self, exprs: &[&Expr], blocks: &[&[Stmt]]) -> Change {
        let mut change = of_expressions(self.around, exprs.iter().copied());
        blocks.iter().for_each(|block| change.add(&of_code(self.around, *block)));
        change
    }

    fn repeat_for(&mut self, s: &ast::StmtFor) {
        let items = self.evaluate(&s.iter);
        let mut change = self.change_of(&[&s.target], &[&s.body]);
        change.disturbs |= s.is_async;
        self.apply(&change);
        let before = self.state.clone();
        self.assign_unknown(&s.target);
        let is_range = items.immutable
            && self.around.scopes.called_builtin(&s.iter).is_some_and(|b| b.name == "range");
        if let (Expr::Name(name), Some(state)) = (&*s.target, &mut self.state)
            && is_range
        {
            state.never_changes(&name.id);
        }
        self.rounds(before, &change, &s.body, &s.orelse);
    }

    fn repeat(&mut self, change: &Change, body: &[Stmt], orelse: &[Stmt]) {
        let before = self.state.clone();
        self.rounds(before, change, body, orelse);
    }

    /// The body of a loop, before each round of which `before` is known.
    fn rounds(
        &mut self,
        before: Option<AbstractState>,
        change: &Change,
        body: &[Stmt],
        orelse: &[Stmt],
    ) {
        self.loops.push(None);
        self.block(body);
        let left = self.loops.pop().flatten();
        self.state = before;
        self.apply(change);
        self.block(orelse);
        self.state = match (self.state.take(), left) {
            (Some(one), Some(two)) => Some(one.meet(&two)),
            (one, two) => one.or(two),
        };
    }

    fn attempt(&mut self, s: &ast::StmtTry) {
        let before = self.state.clone();
        let change = self.change_of(&[], &[&s.body]);
        self.block(&s.body);
        self.block(&s.orelse);
        let mut ends = vec![self.state.take()];
        for ExceptHandler::ExceptHandler(handler) in &s.handlers {
            self.state = before.clone();
            self.apply(&change);
            self.all(handler.type_.as_deref());
            let own = handler.name.iter().map(|name| name.id.clone()).collect();
            let own = Change { binds: own, disturbs: false };
            self.apply(&own);
            self.block(&handler.body);
            // The name is deleted at the end.
            self.apply(&own);
            ends.push(self.state.take());
        }
        let after = ends.into_iter().flatten().reduce(|one, two| one.meet(&two));
        if s.finalbody.is_empty() {
            self.state = after;
            return;
        }
        // It is come to from anywhere; what follows only if all went well.
        let mut all = self.change_of(&[], &[&s.body, &s.orelse]);
        for ExceptHandler::ExceptHandler(handler) in &s.handlers {
            all.add(&of_code(self.around, &handler.body));
            all.binds.extend(handler.name.iter().map(|name| name.id.clone()));
        }
        self.state = before;
        self.apply(&all);
        self.block(&s.finalbody);
        let goes_on = self.state.is_some();
        let notes = std::mem::replace(&mut self.notes, Notes::Ignored);
        self.state = after;
        self.block(&s.finalbody);
        self.notes = notes;
        if !goes_on {
            self.state = None;
        }
    }

    fn with(&mut self, s: &ast::StmtWith) {
        let before = self.state.clone();
        for item in &s.items {
            self.evaluate(&item.context_expr);
            self.disturb();
            item.optional_vars.iter().for_each(|t| self.assign_unknown(t));
        }
        self.block(&s.body);
        // What the context swallows may come from anywhere in the body.
        let targets: Vec<&Expr> =
            s.items.iter().filter_map(|i| i.optional_vars.as_deref()).collect();
        let mut change = self.change_of(&targets, &[&s.body]);
        change.disturbs = true;
        let ended = std::mem::replace(&mut self.state, before);
        self.apply(&change);
        if let (Some(one), Some(two)) = (ended, self.state.take()) {
            self.state = Some(two.meet(&one));
        }
    }

    fn choose(&mut self, s: &ast::StmtMatch) {
        self.evaluate(&s.subject);
        // Patterns look at attributes and items, and bind what they come to.
        let mut ends = Vec::new();
        for case in &s.cases {
            let mut names = Vec::new();
            assigned_names(&case.pattern, &mut names);
            let binds = names.iter().map(|name| Name::new(&**name)).collect();
            self.apply(&Change { binds, disturbs: false });
            self.all(case.guard.as_deref());
            // The guard isn't come to if the pattern doesn't match.
            let change = of_expressions(self.around, case.guard.as_deref());
            change.binds.iter().for_each(|name| self.forget(name));
            let before = self.state.clone();
            self.block(&case.body);
            ends.push(std::mem::replace(&mut self.state, before));
        }
        ends.push(self.state.take());
        self.state = ends.into_iter().flatten().reduce(|one, two| one.meet(&two));
    }
}
