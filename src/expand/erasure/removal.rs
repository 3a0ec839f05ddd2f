//! Removes what exists at compile time only: definitions, imports of it, and `del` of it.

use std::rc::Rc;

use rustpython_ast::token::{Token, TokenKind};
use rustpython_ast::{Alias, Decorator, Expr, ExprCall, Stmt};
use rustpython_text_size::{Ranged as _, TextRange};

use super::Erasure;
use super::cut::{BodyOf, Removal, parts, remove};
use crate::expand::compile_time::{has_plain_form, is_sourceless};
use crate::expand::output::Beside;
use crate::expand::program::{
    Ambiguity, Decoration, Entity, Module, Unresolved, below, is_unnoticed_import,
};
use crate::python::meta::{MetaName, PACKAGES, is_meta_module};
use crate::scope::{Binding, BindingKind, Context, Imported, Place, Position, ScopeId, Use};
use crate::source::edit::Edits;
use crate::syntax::tokens::in_parentheses;
use crate::syntax::{
    Exports, LastComma, ListedElements, Reach, Remainder, Syntax, attribute_root, statements, walk,
    without_constants,
};

/// Whether the module's own text has anything to remove.
pub(crate) fn has_compile_time(cx: &Erasure<'_, '_>, module: &Rc<Module>) -> bool {
    let mut edits = Edits::new();
    remove_compile_time(cx, module, &mut edits);
    !edits.is_empty()
}

/// Adds the edits that remove what the output has no use for.
pub(crate) fn remove_compile_time(cx: &Erasure<'_, '_>, module: &Rc<Module>, edits: &mut Edits) {
    remove(module, edits, &mut |stmt, of| removal_of(cx, module, stmt, of));
}

/// Adds the edits that remove the statements of which nothing is left.
pub(crate) fn remove_vanished(cx: &Erasure<'_, '_>, module: &Rc<Module>, edits: &mut Edits) {
    let vanished = &cx.output.vanished;
    remove(module, edits, &mut |stmt, _| Removal::from(vanished.contains(&stmt.range())));
}

fn removal_of(cx: &Erasure<'_, '_>, module: &Rc<Module>, stmt: &Stmt, of: BodyOf) -> Removal {
    if cx.output.vanished.contains(&stmt.range()) {
        return Removal::Whole;
    }
    let exports = Exports::in_statement(stmt);
    if !exports.is_empty() && is_in_frame(module, stmt) {
        return exports_removal(cx, module, &exports);
    }
    let is_module = of == BodyOf::Module;
    match stmt {
        Stmt::FunctionDef(def) if cx.resolver.stays_plain(module, def) => {
            decorators_removal(cx, module, &def.decorator_list)
        }
        Stmt::FunctionDef(def) if is_module => {
            match cx.resolver.decoration(module, &def.decorator_list) {
                Some(Decoration::Unroll)
                    if has_plain_form(cx.resolver, cx.compile_time, module, def) =>
                {
                    decorators_removal(cx, module, &def.decorator_list)
                }
                decoration => Removal::from(decoration.is_some()),
            }
        }
        Stmt::ClassDef(class) if is_module => {
            Removal::from(cx.resolver.decoration(module, &class.decorator_list).is_some())
        }
        Stmt::Assign(_) | Stmt::AnnAssign(_) if is_module => constants_removal(cx, module, stmt),
        Stmt::Import(import) => import_removal(cx, module, stmt, &import.names),
        Stmt::ImportFrom(import) => import_removal(cx, module, stmt, &import.names),
        Stmt::Delete(delete) => {
            let mut is_dead = |target: &Expr| match target {
                Expr::Name(name) => {
                    let used = module.scopes.use_at(name.range.start()).cloned();
                    used.is_some_and(|used| deletes_macro(cx, module, &used))
                }
                _ => false,
            };
            let dead: Vec<bool> = delete.targets.iter().map(&mut is_dead).collect();
            let ranges: Vec<TextRange> = delete.targets.iter().map(|t| t.range()).collect();
            parts(module, &ranges, &dead)
        }
        _ => Removal::Keep,
    }
}

/// The compile-time decorators of a function that stays.
fn decorators_removal(
    cx: &Erasure<'_, '_>,
    module: &Rc<Module>,
    decorators: &[Decorator],
) -> Removal {
    let goes = |decorator: &&Decorator| {
        let entity = cx.resolver.entity_of(module, &decorator.expression);
        entity.is_some_and(|e| e.is_meta(MetaName::Macro) || e.is_meta(MetaName::Unroll))
    };
    let dead = decorators.iter().filter(goes).map(|decorator| {
        let start = module.source.line_range(decorator.range().start()).start();
        let end = module.source.full_line_range(decorator.range().end()).end();
        TextRange::new(start, end)
    });
    Removal::Edits(dead.map(|range| (range, String::new())).collect())
}

/// Whether the statement runs as part of the module, not of a function or class.
fn is_in_frame(module: &Module, stmt: &Stmt) -> bool {
    let mut statements = walk(&module.syntax).within(Reach::Frame).filter_map(Syntax::stmt);
    statements.any(|other| std::ptr::eq(other, stmt))
}

/// The list of what a star import brings: macros aren't there any more.
fn exports_removal(cx: &Erasure<'_, '_>, module: &Rc<Module>, exports: &[Exports<'_>]) -> Removal {
    let mut edits = Vec::new();
    for part in exports {
        match part {
            Exports::Display(display, items) => {
                edits.extend(display_edits(cx, module, display, items));
            }
            Exports::Single(_)
                if part.names().any(|name| is_exported_no_more(cx, module, name)) =>
            {
                return Removal::Whole;
            }
            Exports::Single(_) | Exports::Computed(_) => {}
        }
    }
    if edits.is_empty() { Removal::Keep } else { Removal::Edits(edits) }
}

/// Takes the names of macros out of a list, tuple or set.
fn display_edits(
    cx: &Erasure<'_, '_>,
    module: &Rc<Module>,
    display: &Expr,
    items: &[Expr],
) -> Vec<(TextRange, String)> {
    let is_dead = |item: &Expr| {
        let name = item.as_string_literal_expr().map(|text| text.value.to_str());
        name.is_some_and(|name| is_exported_no_more(cx, module, name))
    };
    let dead: Vec<bool> = items.iter().map(is_dead).collect();
    let kept: Vec<&Expr> =
        items.iter().zip(&dead).filter(|(_, dead)| !**dead).map(|(item, _)| item).collect();
    let all = |text: String| vec![(display.range(), text)];
    match (display, &kept[..]) {
        _ if !dead.contains(&true) => Vec::new(),
        (Expr::List(_), []) => all("[]".to_owned()),
        (Expr::Set(_), []) => all("set()".to_owned()),
        (_, []) => all("()".to_owned()),
        (Expr::Tuple(_), [alone]) => all(format!("({},)", module.slice(alone.range()))),
        _ => {
            let ranges: Vec<TextRange> = items.iter().map(|item| item.range()).collect();
            match parts(module, &ranges, &dead) {
                Removal::Edits(edits) => edits,
                Removal::Keep | Removal::Whole => Vec::new(),
            }
        }
    }
}

/// Whether the name is one of the module that its output hasn't.
pub(crate) fn is_exported_no_more(cx: &Erasure<'_, '_>, module: &Rc<Module>, name: &str) -> bool {
    let goes = |entity: &Entity| {
        entity.is_compile_time() || is_sourceless(cx.resolver, cx.compile_time, entity)
    };
    match cx.resolver.export_denotes(module, name) {
        // What somebody else makes of it later is no definition of the module's.
        Err(Unresolved::Ambiguous(Ambiguity { bindings, .. })) => {
            let mut own = bindings.iter().filter(|(home, ..)| home.file == module.file);
            let is_bound = own.clone().next().is_some();
            is_bound && own.all(|(.., entity)| entity.as_ref().is_some_and(goes))
        }
        answer => answer.ok().flatten().as_ref().is_some_and(goes),
    }
}

/// Constants without a source: their targets go with them.
fn constants_removal(cx: &Erasure<'_, '_>, module: &Rc<Module>, stmt: &Stmt) -> Removal {
    let goes =
        |call: &ExprCall| cx.compile_time.sourceless.contains_key(&(module.file, call.range));
    match without_constants(stmt, &goes) {
        Remainder::Nothing => Removal::Whole,
        Remainder::Whole => Removal::Keep,
        Remainder::Elements(elements) => {
            Removal::Edits(elements.iter().flat_map(|all| elements_edits(module, all)).collect())
        }
    }
}

fn elements_edits(module: &Module, all: &ListedElements) -> Vec<(TextRange, String)> {
    let written =
        |(range, _): &(TextRange, bool)| in_parentheses(&module.tokens, *range, all.display);
    let ranges: Vec<TextRange> = all.elements.iter().map(written).collect();
    let dead: Vec<bool> = all.elements.iter().map(|(_, goes)| *goes).collect();
    let Removal::Edits(mut edits) = parts(module, &ranges, &dead) else { return Vec::new() };
    let Some((kept, _)) = ranges.iter().zip(&dead).rfind(|(_, dead)| !**dead) else { return edits };
    let gone: Vec<TextRange> = edits.iter().map(|(range, _)| *range).collect();
    let holds = |all: &[TextRange], token: &Token| {
        all.iter().any(|range| range.contains_range(token.range()))
    };
    let after = TextRange::new(kept.end(), all.display.end());
    let tokens = module.tokens.in_range(after).iter();
    let mut commas = tokens.filter(|token| {
        token.kind() == TokenKind::Comma && !holds(&ranges, token) && !holds(&gone, token)
    });
    match (all.comma, commas.next()) {
        (LastComma::Unwanted, Some(comma)) => edits.push((comma.range(), String::new())),
        (LastComma::Needed, None) => edits.push((TextRange::empty(kept.end()), ",".to_owned())),
        _ => {}
    }
    edits
}

/// What is to go of an import statement, and what comes in its place and beside it.
fn import_removal(
    cx: &Erasure<'_, '_>,
    module: &Rc<Module>,
    stmt: &Stmt,
    names: &[Alias],
) -> Removal {
    let none = Beside::default();
    let beside = cx.output.beside.get(&stmt.range()).unwrap_or(&none);
    let mut edits = Vec::new();
    let mut gone = Vec::new();
    for alias in names {
        let is_dead = is_dead_import(cx, module, alias);
        let members = beside.members.iter().filter(|(place, _)| *place == alias.range);
        let mut texts: Vec<&str> = members.map(|(_, text)| text.as_str()).collect();
        gone.push(is_dead && texts.is_empty());
        if !texts.is_empty() {
            texts.splice(0..0, (!is_dead).then(|| module.slice(alias.range)));
            texts.dedup();
            edits.push((alias.range, texts.join(", ")));
        }
    }
    let ranges: Vec<TextRange> = names.iter().map(|alias| alias.range).collect();
    let line = new_statement(module, stmt.range());
    match parts(module, &ranges, &gone) {
        Removal::Whole if beside.statements.is_empty() => return Removal::Whole,
        Removal::Whole => edits.push((stmt.range(), beside.statements.join(&line))),
        part => {
            if let Removal::Edits(cut) = part {
                edits.extend(cut);
            }
            let after = beside.statements.iter().map(|text| format!("{line}{text}"));
            let after: String = after.collect();
            if !after.is_empty() {
                edits.push((TextRange::empty(stmt.end()), after));
            }
        }
    }
    if edits.is_empty() { Removal::Keep } else { Removal::Edits(edits) }
}

/// What stands between the statement and one that comes after it.
pub(crate) fn new_statement(module: &Module, statement: TextRange) -> String {
    let line = module.source.line_range(statement.start()).start();
    let indent = module.slice(TextRange::new(line, statement.start()));
    match indent.trim().is_empty() {
        true => format!("{}{indent}", module.source.newline()),
        false => "; ".to_owned(),
    }
}

/// `from cython.meta import *` goes, a star import of a module of the project stays.
fn star_is_dead(module: &Rc<Module>, range: TextRange) -> bool {
    let stars = module.scopes.star_imports(ScopeId::MODULE).to_vec();
    stars.iter().any(|star| {
        let imported = module.absolute(star.level, star.module.as_deref());
        star.statement.contains_range(range) && is_meta_module(&imported)
    })
}

/// Whether the statement may be the first that is left of a module, function or class.
pub(crate) fn may_start_body(cx: &Erasure<'_, '_>, module: &Module, statement: TextRange) -> bool {
    // Those that may have a docstring.
    let bodies = statements(&module.syntax).filter_map(|stmt| match stmt {
        Stmt::FunctionDef(def) => Some(&def.body),
        Stmt::ClassDef(class) => Some(&class.body),
        _ => None,
    });
    let may_go = |stmt: &Stmt| {
        is_import(stmt)
            || matches!(stmt, Stmt::FunctionDef(_) | Stmt::ClassDef(_) | Stmt::Delete(_))
            || cx.output.vanished.contains(&stmt.range())
    };
    std::iter::once(&module.syntax.body).chain(bodies).any(|body| {
        let index = body.iter().position(|stmt| stmt.range() == statement);
        index.is_some_and(|index| body[..index].iter().all(may_go))
    })
}

/// Whether the expanded module doesn't do this import.
pub(crate) fn is_dead_import(cx: &Erasure<'_, '_>, module: &Rc<Module>, alias: &Alias) -> bool {
    match alias.name.as_str() {
        "*" => star_is_dead(module, alias.range),
        _ => alias_is_dead(cx, module, alias),
    }
}

fn alias_is_dead(cx: &Erasure<'_, '_>, module: &Rc<Module>, alias: &Alias) -> bool {
    if cx.output.kept_imports.contains(&(module.file, alias.range)) {
        return false;
    }
    let Some((scope, binding)) = bound_by(module, alias) else { return false };
    match cx.resolver.entity_of_binding(module, &binding) {
        Some(entity)
            if entity.is_compile_time() || is_sourceless(cx.resolver, cx.compile_time, &entity) =>
        {
            true
        }
        Some(Entity::MetaPackage(_) | Entity::Module(_) | Entity::Path(_)) => {
            let uses = uses_of(module, scope, &binding.name);
            // The module of the compile-time names has nothing else, so that it needn't be used.
            (is_meta_module(&alias.name) || was_used(cx, module, &binding.name))
                && reach_compile_time(cx, module, (scope, &binding.name), &uses)
                && !is_noticed(cx, module, alias, &binding)
        }
        _ => false,
    }
}

/// Whether it could be noticed that the import of a module isn't done.
fn is_noticed(cx: &Erasure<'_, '_>, module: &Rc<Module>, alias: &Alias, binding: &Binding) -> bool {
    let imported = match &binding.kind {
        BindingKind::Import { module: from, level, name: Some(name), .. } => {
            below(&module.absolute(*level, from.as_deref()), name)
        }
        _ => alias.name.to_string(),
    };
    !is_unnoticed_import(cx.resolver, module, &imported)
        || cx.resolver.index().is_assigned(module, &binding.name)
        || cx.resolver.index().is_taken(module, &binding.name)
}

/// Whether the text of the user's uses the name: what is decided at compile time uses it no more.
fn was_used(cx: &Erasure<'_, '_>, module: &Rc<Module>, name: &str) -> bool {
    let mut texts = cx.lineage.texts_of(module.file);
    texts.any(|file| {
        let text = cx.resolver.project.module_of(file);
        let is_use = |used: &Use| used.name == name && used.context != Context::Store;
        text.is_some_and(|text| text.scopes.uses().any(is_use))
    })
}

/// Where a variable of a scope is read or deleted.
fn uses_of(module: &Module, scope: ScopeId, name: &str) -> Vec<Use> {
    let is_use = |used: &&Use| {
        used.name == name
            && used.context != Context::Store
            && module.scopes.resolve(used) == Place::Bound(scope)
    };
    module.scopes.uses().filter(is_use).cloned().collect()
}

/// Whether all uses of a module get at compile-time names.
fn reach_compile_time(
    cx: &Erasure<'_, '_>,
    module: &Rc<Module>,
    (scope, name): (ScopeId, &str),
    uses: &[Use],
) -> bool {
    let chains: Vec<&Expr> =
        walk(&module.syntax).filter_map(Syntax::expr).filter(|e| e.is_attribute_expr()).collect();
    let bindings = module.scopes.bindings(scope, name);
    let root = bindings.first().and_then(import_root);
    let is_of = |b: &Binding| b.position == Position::Straight && import_root(b) == root;
    let is_direct = match bindings {
        [binding] => binding.position == Position::Straight,
        _ => root.is_some() && bindings.iter().all(is_of),
    };
    // What a macro leaves elsewhere may look for the module here.
    let may_be_left = |stmt: &Stmt| {
        stmt.is_function_def_stmt() && !root.is_some_and(|root| PACKAGES.contains(&root))
    };
    let reaches_macro = |this: &Erasure<'_, '_>, used: &Use| {
        let dead = is_direct
            && module.top_level(used.range).is_some_and(|stmt| {
                !is_import(stmt)
                    && !may_be_left(stmt)
                    && removal_of(this, module, stmt, BodyOf::Module) == Removal::Whole
            });
        dead || chains.iter().any(|expr| {
            attribute_root(expr).range() == used.range
                && this.resolver.entity_of(module, expr).is_some_and(|e| match e {
                    Entity::Meta(_) => true,
                    Entity::Constant(..) | Entity::MetaPackage(_) => false,
                    e => e.is_compile_time(),
                })
        })
    };
    uses.iter().all(|used| reaches_macro(cx, used))
}

fn deletes_macro(cx: &Erasure<'_, '_>, module: &Rc<Module>, used: &Use) -> bool {
    let Place::Bound(scope) = module.scopes.resolve(used) else { return false };
    let bindings = module.scopes.bindings(scope, &used.name).to_vec();
    // What the `del` takes away: the latest definition before it.
    let before =
        bindings.iter().rfind(|b| b.is_definition() && b.range.end() <= used.range.start());
    let Some(binding) = before else {
        // A star import may have brought it.
        let entity = cx.resolver.entity_of_use(module, used);
        return entity.is_some_and(|entity| entity.is_compile_time());
    };
    let entity = cx.resolver.entity_of_binding(module, binding);
    let stmt = module.top_level(binding.range).filter(|s| s.range() == binding.statement);
    entity.is_some_and(|entity| entity.is_compile_time())
        || stmt.is_some_and(|stmt| {
            !is_import(stmt) && removal_of(cx, module, stmt, BodyOf::Module) == Removal::Whole
        })
}

/// The binding that an alias of an import makes, and the scope that has it.
pub(crate) fn bound_by(module: &Module, alias: &Alias) -> Option<(ScopeId, Binding)> {
    let named = alias.asname.as_ref().map_or(alias.name.range, |name| name.range);
    module.scopes.scopes().find_map(|scope| {
        module.scopes.names(scope).find_map(|name| {
            let bindings = module.scopes.bindings(scope, name);
            let binding = bindings
                .iter()
                .find(|b| named.contains_range(b.range) && alias.range.contains_range(b.range))?;
            Some((scope, binding.clone()))
        })
    })
}

/// The module that the name of an `import` statement stands for.
fn import_root(binding: &Binding) -> Option<&str> {
    match &binding.kind {
        BindingKind::Import { module: Some(name), name: None, object: Imported::Root, .. } => {
            name.split('.').next()
        }
        BindingKind::Import { module: Some(name), name: None, .. } => Some(name.as_str()),
        _ => None,
    }
}

fn is_import(stmt: &Stmt) -> bool {
    matches!(stmt, Stmt::Import(_) | Stmt::ImportFrom(_))
}
