//! The walk through statements, in the order in which Python runs them.

use rustpython_ast::name::Name;
use rustpython_ast::{
    Alias, ExceptHandler, Expr, Stmt, StmtAnnAssign, StmtFor, StmtIf, StmtImportFrom, StmtMatch,
    StmtTry, StmtWhile, StmtWith,
};
use rustpython_text_size::{Ranged, TextRange, TextSize};

use super::Builder;
use crate::scope::binding::{BindingKind, Imported};
use crate::scope::table::Declared;

impl Builder {
    /// Walks a statement list.
    pub(super) fn body(&mut self, body: &[Stmt]) {
        for statement in body {
            self.in_statement(statement.range(), |here| here.stmt(statement));
        }
    }

    fn nested_body(&mut self, body: &[Stmt]) {
        self.nested(|here| here.body(body));
    }

    fn stmt(&mut self, statement: &Stmt) {
        match statement {
            Stmt::FunctionDef(function) => self.function(function),
            Stmt::ClassDef(class) => self.class(class),
            Stmt::TypeAlias(alias) => self.type_alias(alias),
            Stmt::Assign(assign) => {
                self.expr(&assign.value);
                self.targets(&assign.targets, &BindingKind::Assign);
            }
            Stmt::AugAssign(assign) => self.augmented(&assign.target, &assign.value),
            Stmt::AnnAssign(assign) => self.annotated(assign),
            Stmt::For(each) => self.for_loop(each),
            Stmt::While(again) => self.while_loop(again),
            Stmt::If(choice) => self.if_statement(choice),
            Stmt::With(with) => self.with(with),
            Stmt::Match(choice) => self.match_statement(choice),
            Stmt::Try(attempt) => self.try_statement(attempt),
            Stmt::Import(import) => import.names.iter().for_each(|alias| self.import(alias)),
            Stmt::ImportFrom(import) => self.import_from(import),
            Stmt::Expr(expression) => self.expr(&expression.value),
            Stmt::Return(give) => self.optional(give.value.as_deref()),
            Stmt::Delete(delete) => self.targets(&delete.targets, &BindingKind::Delete),
            Stmt::Raise(raise) => {
                self.optional(raise.exc.as_deref());
                self.optional(raise.cause.as_deref());
            }
            Stmt::Assert(assert) => {
                self.expr(&assert.test);
                self.optional(assert.msg.as_deref());
            }
            Stmt::Global(global) => {
                global.names.iter().for_each(|name| self.declare(name, Declared::Global));
            }
            Stmt::Nonlocal(nonlocal) => {
                nonlocal.names.iter().for_each(|name| self.declare(name, Declared::Nonlocal));
            }
            Stmt::Pass(_) | Stmt::Break(_) | Stmt::Continue(_) | Stmt::IpyEscapeCommand(_) => {}
        }
    }

    /// `x += v` looks `x` up first, and gives it its value last.
    fn augmented(&mut self, target: &Expr, value: &Expr) {
        if let Expr::Name(name) = target {
            self.use_name(name);
            self.expr(value);
            self.bind(&name.id, name.range, BindingKind::AugAssign);
        } else {
            self.expr(target);
            self.expr(value);
        }
    }

    fn annotated(&mut self, assign: &StmtAnnAssign) {
        self.optional(assign.value.as_deref());
        match (&*assign.target, &assign.value) {
            (target, Some(_)) => self.target(target, &BindingKind::AnnAssign),
            (target @ Expr::Name(_), None) if assign.simple => {
                self.target(target, &BindingKind::Declaration);
            }
            // `(x): T` declares nothing; the name is only written down.
            (Expr::Name(name), None) => self.use_name(name),
            (target, None) => self.expr(target),
        }
        self.annotation(&assign.annotation);
    }

    /// Walks an annotation. Its names are those of the scope around it.
    pub(super) fn annotation(&mut self, annotation: &Expr) {
        self.later(|here| here.expr(annotation));
    }

    fn for_loop(&mut self, each: &StmtFor) {
        self.expr(&each.iter);
        self.in_loop(|inner| {
            inner.target(&each.target, &BindingKind::For);
            inner.body(&each.body);
        });
        self.nested_body(&each.orelse);
    }

    fn while_loop(&mut self, again: &StmtWhile) {
        self.in_loop(|inner| {
            inner.expr(&again.test);
            inner.body(&again.body);
        });
        self.nested_body(&again.orelse);
    }

    fn if_statement(&mut self, choice: &StmtIf) {
        self.expr(&choice.test);
        self.nested_body(&choice.body);
        for clause in &choice.elif_else_clauses {
            self.optional(clause.test.as_ref());
            self.nested_body(&clause.body);
        }
    }

    /// Only `with f() as x` binds `x` for certain: once a first manager is entered, it may swallow
    /// an exception of the next, or of taking a tuple apart.
    fn with(&mut self, with: &StmtWith) {
        for (index, item) in with.items.iter().enumerate() {
            self.expr(&item.context_expr);
            match item.optional_vars.as_deref() {
                Some(target @ Expr::Name(_)) if index == 0 => {
                    self.target(target, &BindingKind::With);
                }
                Some(target) => self.nested(|inner| inner.target(target, &BindingKind::With)),
                None => {}
            }
        }
        self.nested_body(&with.body);
    }

    fn match_statement(&mut self, choice: &StmtMatch) {
        self.expr(&choice.subject);
        self.nested(|inner| {
            for case in &choice.cases {
                inner.pattern(&case.pattern);
                inner.optional(case.guard.as_deref());
                inner.body(&case.body);
            }
        });
    }

    fn try_statement(&mut self, attempt: &StmtTry) {
        self.nested(|inner| {
            inner.body(&attempt.body);
            for ExceptHandler::ExceptHandler(handler) in &attempt.handlers {
                inner.optional(handler.type_.as_deref());
                if let Some(name) = &handler.name {
                    inner.bind_identifier(name, BindingKind::Except);
                }
                inner.body(&handler.body);
            }
            inner.body(&attempt.orelse);
            inner.body(&attempt.finalbody);
        });
    }

    fn import(&mut self, alias: &Alias) {
        let dotted = &alias.name;
        self.words(&dotted.id);
        let kind = |object| BindingKind::Import {
            module: Some(dotted.id.clone()),
            level: 0,
            name: None,
            alias: alias.range,
            object,
        };
        match (&alias.asname, dotted.id.split_once('.')) {
            (Some(name), _) => self.bind_identifier(name, kind(Imported::Module)),
            (None, None) => self.bind_identifier(dotted, kind(Imported::Module)),
            (None, Some((root, _))) => {
                self.bind(root, first_word(dotted.range, root), kind(Imported::Root));
            }
        }
    }

    fn import_from(&mut self, import: &StmtImportFrom) {
        let module = import.module.as_ref().map(|module| module.id.clone());
        self.words(module.as_deref().unwrap_or_default());
        for alias in &import.names {
            if alias.name.id.as_str() == "*" {
                self.star_import(module.clone(), import.level);
                continue;
            }
            self.identifier(&alias.name.id);
            let kind = BindingKind::Import {
                module: module.clone(),
                level: import.level,
                name: Some(Name::clone(&alias.name.id)),
                alias: alias.range,
                object: Imported::Member,
            };
            self.bind_identifier(alias.asname.as_ref().unwrap_or(&alias.name), kind);
        }
    }

    /// Notes the parts of a dotted name.
    fn words(&mut self, dotted: &str) {
        dotted.split('.').filter(|word| !word.is_empty()).for_each(|word| self.identifier(word));
    }
}

/// Where `root` is written in a dotted name. The parser normalises names that are not ASCII, so of
/// those the length in the file is not known, and the whole is given.
fn first_word(dotted: TextRange, root: &str) -> TextRange {
    let length = TextSize::of(root);
    if root.is_ascii() && length <= dotted.len() {
        TextRange::at(dotted.start(), length)
    } else {
        dotted
    }
}
