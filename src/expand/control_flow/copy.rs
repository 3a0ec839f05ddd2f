//! Copies text, and writes the residual code of each place that was decided.

use std::rc::Rc;

use rustpython_ast::{Expr, ExprCall, ExprIf, ExprName, Stmt};
use rustpython_text_size::{Ranged as _, TextRange, TextSize};

use super::dropped::matters;
use super::layout::Shift;
use super::sites::{Block, BlockKind, Construct, ControlFlowSite, Leaving, Reading, ReadingSpot};
use super::variables::{RoundVariable, is_on_the_spot};
use super::{Decision, Early, End};
use crate::codenode::{Node, Op, Value};
use crate::expand::findings::Reported;
use crate::expand::layout;
use crate::expand::layout::CallSurroundings;
use crate::print;
use crate::print::{Style, Surrounding};
use crate::scope::{Place as Holder, ScopeKind};
use crate::source::edit::Edits;
use crate::syntax::is_text;
use crate::syntax::tokens::in_parentheses;

/// A block that comes to stand in the block around it.
#[derive(Clone, Copy)]
pub(crate) struct Spliced<'m> {
    pub block: &'m [Stmt],
    /// Whether a `break` or `continue` in it ends the round now.
    pub leaves: bool,
}

/// Where what is left of a statement is written: how its lines move, and the block around it if that
/// comes to stand in another.
#[derive(Clone, Copy)]
pub(crate) struct CopyTarget<'s, 'm> {
    pub shift: &'s Shift,
    pub spliced: Option<Spliced<'m>>,
}

impl CopyTarget<'_, '_> {
    /// Whether a `break` or `continue` in the block ends the round now.
    pub(crate) fn leaves(&self, block: &Block<'_>) -> bool {
        self.spliced.is_some_and(|spliced| spliced.leaves && block.is(spliced.block))
    }
}

/// What became of a statement.
pub(crate) enum Acted {
    /// Nothing was decided.
    No,
    Done(End),
    /// Nothing is left of it.
    Gone(End),
}

impl<'m> Early<'_, '_, 'm> {
    /// Copies what stands at `range`, up to where the round ends.
    pub(crate) fn copy(
        &mut self,
        range: TextRange,
        shift: &Shift,
        spliced: Option<Spliced<'m>>,
    ) -> End {
        let sites = Rc::clone(&self.sites);
        let mut at = range.start();
        let first = sites.partition_point(|site| site.range.start() < range.start());
        for site in &sites[first..] {
            if site.range.start() >= range.end() && !range.is_empty() {
                break;
            }
            if site.range.start() < at || site.range.end() > range.end() {
                continue;
            }
            self.verbatim(TextRange::new(at, site.range.start()), shift);
            at = site.range.start();
            let acted = match site.kind {
                Construct::If(..)
                | Construct::Try(_)
                | Construct::While(_)
                | Construct::Rounds(..) => self.statement(site, CopyTarget { shift, spliced }),
                Construct::Leaving(leaving, own) => {
                    self.leaving(site, (leaving, own), CopyTarget { shift, spliced })
                }
                _ => {
                    at = self.part(site, shift).unwrap_or(at);
                    continue;
                }
            };
            let end = match acted {
                Acted::No => continue,
                Acted::Done(end) => {
                    self.vanished.remove(&site.range);
                    at = self.end_of(site).min(range.end());
                    end
                }
                Acted::Gone(end) => {
                    self.vanished.insert(site.range);
                    at = self.gone(site, spliced, range.end());
                    end
                }
            };
            if end.is_some() {
                self.out.trim_end(|c| c.is_whitespace() || c == ';');
                return end;
            }
        }
        self.verbatim(TextRange::new(at.min(range.end()), range.end()), shift);
        None
    }

    /// Copies the text as it is.
    pub(crate) fn verbatim(&mut self, range: TextRange, shift: &Shift) {
        if range.is_empty() {
            return;
        }
        self.rendered.insert(range);
        let module = self.module;
        let mut at = range.start();
        let mut line = module.source.line_range(at).start();
        while line < range.end() && !shift.is_idle() {
            let text = module.slice(module.source.line_range(line));
            let moves = line >= at
                && text.starts_with(&*shift.from)
                && !text.trim().is_empty()
                && !self
                    .module
                    .layout()
                    .literals()
                    .iter()
                    .any(|s| s.start() < line && line < s.end());
            if moves {
                let between = TextRange::new(at, line);
                self.out.copy(module.slice(between), between);
                self.out.write(&shift.to, TextRange::empty(line));
                at = (line + TextSize::of(&*shift.from)).min(range.end());
            }
            let next = module.source.full_line_range(line).end();
            if next == line {
                break;
            }
            line = next;
        }
        let rest = TextRange::new(at, range.end());
        self.out.copy(module.slice(rest), rest);
    }

    /// Where the lines of a statement end.
    pub(crate) fn end_of(&self, site: &ControlFlowSite<'_>) -> TextSize {
        let header = self.module.source.indentation(site.range.start());
        match site.kind {
            Construct::Leaving(..) => site.range.end(),
            _ => self.module.end_of_lines(site.range.end(), header),
        }
    }

    /// The line ending with the new indentation of the line that holds `at`.
    pub(crate) fn new_line(&self, at: TextSize, shift: &Shift) -> String {
        let source = &self.module.source;
        format!("{}{}", source.newline(), shift.of(source.indentation(at)))
    }

    /// Whether nothing but what vanished stands before the statement in its block.
    fn is_first(&self, block: &Block<'_>, index: usize) -> bool {
        block.statements[..index].iter().all(|stmt| self.vanished.contains(&stmt.range()))
    }

    /// Keeps a text that comes to stand first in a function, class or module from becoming its
    /// docstring.
    pub(crate) fn keep_undocumented(
        &mut self,
        site: &ControlFlowSite<'_>,
        first: Option<&Stmt>,
        shift: &Shift,
    ) {
        let Some((block, index)) = &site.block else { return };
        if block.kind != BlockKind::Other
            && first.is_some_and(is_text)
            && self.is_first(block, *index)
        {
            let line = self.new_line(site.range.start(), shift);
            self.out.write(&format!("pass{line}"), TextRange::empty(site.range.start()));
        }
    }

    /// Removes the lines of a statement; gives where to go on.
    fn gone(
        &mut self,
        site: &ControlFlowSite<'m>,
        spliced: Option<Spliced<'m>>,
        limit: TextSize,
    ) -> TextSize {
        let end = self.end_of(site).min(limit);
        if let Some((block, index)) = &site.block {
            let is_last = index + 1 == block.statements.len();
            let may_be_empty =
                block.kind == BlockKind::Module || spliced.is_some_and(|s| block.is(s.block));
            let next_is_text = block.kind != BlockKind::Other
                && block.statements.get(index + 1).is_some_and(is_text);
            let needs_pass = is_last && !may_be_empty || next_is_text;
            if needs_pass && self.is_first(block, *index) {
                self.out.write("pass", site.range);
                return end;
            }
        }
        self.remove_lines(end, limit)
    }

    fn remove_lines(&mut self, end: TextSize, limit: TextSize) -> TextSize {
        let source = &self.module.source;
        let text = self.module.text();
        let is_gap = |c: char| matches!(c, ' ' | '\t' | '\x0c');
        let rest = |at: TextSize| text.get(at.to_usize()..).unwrap_or_default();
        let next_line = source.full_line_range(end).end();
        let after = rest(next_line);
        let blank = after.len() - after.trim_start().len();
        // The start of the next line with something on it.
        let content = next_line + TextSize::try_from(blank).unwrap_or_default();
        let content_line = source.line_range(content).start().max(next_line);
        self.out.trim_end(is_gap);
        if self.out.as_str().is_empty() {
            return content.min(limit);
        }
        if content >= limit {
            self.out.trim_end(char::is_whitespace);
            let whole = limit == TextSize::of(text);
            if whole && !self.out.as_str().is_empty() {
                self.out.write(source.newline(), TextRange::empty(limit));
            }
            return limit;
        }
        let before = self.out.as_str();
        let kept = before.trim_end();
        let blank_before = newlines(&before[kept.len()..]).saturating_sub(1);
        let blank_after = newlines(&text[next_line.to_usize()..content_line.to_usize()]);
        if blank_before >= blank_after {
            return content_line;
        }
        self.out.trim_end(char::is_whitespace);
        if !self.out.as_str().is_empty() {
            self.out.write(source.newline(), TextRange::empty(next_line));
        }
        next_line
    }

    /// `break` or `continue` of a loop over `unroll(…)`.
    fn leaving(
        &mut self,
        site: &ControlFlowSite<'m>,
        (leaving, own): (Leaving, TextRange),
        to: CopyTarget<'_, 'm>,
    ) -> Acted {
        if site.block.as_ref().is_some_and(|(block, _)| to.leaves(block)) {
            return Acted::Gone(Some(leaving));
        }
        if let Some(frame) = self.frames.iter_mut().rev().find(|frame| frame.at == own) {
            match leaving {
                Leaving::Break => frame.breaks = true,
                Leaving::Continue => frame.continues = true,
            }
        }
        Acted::No
    }

    /// What isn't a statement that may vanish; gives where to go on, if something was written.
    fn part(&mut self, site: &ControlFlowSite<'m>, shift: &Shift) -> Option<TextSize> {
        match &site.kind {
            Construct::Declaration => self.declaration(site.range),
            Construct::FunctionStart(scope) => {
                let lines = self.missing.of(*scope)?.clone();
                let at = site.range.start();
                let line = self.new_line(at, shift);
                if self.module.source.line_range(at).start()
                    + TextSize::of(self.module.source.indentation(at))
                    == at
                {
                    let lines: String =
                        lines.iter().map(|text| format!("{line}    {text}")).collect();
                    self.out.write(&format!("if False:{lines}{line}"), site.range);
                }
                None
            }
            Construct::Unmarked(call) => {
                let [argument] = &*call.arguments.args else { return None };
                self.copy(argument.range(), shift, None);
                Some(call.range.end())
            }
            Construct::Conditional(e) => self.conditional(e, shift),
            Construct::Comptime(call, place) => self.comptime(call, place, shift),
            Construct::Name(name, reading) => {
                let text = self.constant(name, reading)?;
                self.out.write(&text, name.range);
                Some(name.range.end())
            }
            _ => None,
        }
    }

    /// A second `global` of the same name would come after the name was used.
    fn declaration(&mut self, range: TextRange) -> Option<TextSize> {
        let scopes = &self.module.scopes;
        let is_own = |at: TextRange| {
            !scopes.scopes().any(|scope| {
                let own = scopes.range(scope);
                scopes.kind(scope) == ScopeKind::Function
                    && at.contains_range(own)
                    && own.contains_range(range)
            })
        };
        if !self.frames.iter().any(|frame| frame.round > 0 && is_own(frame.at)) {
            return None;
        }
        self.out.write("pass", range);
        Some(range.end())
    }

    /// `a if comptime(c) else b`.
    fn conditional(&mut self, e: &ExprIf, shift: &Shift) -> Option<TextSize> {
        let Expr::Call(test) = &*e.test else { return None };
        if matters(&e.body) || matters(&e.orelse) {
            return None;
        }
        let kept = match self.truth(test) {
            Ok(true) => &e.body,
            Ok(false) => &e.orelse,
            Err(Reported { .. }) => {
                self.out.write("None", e.range);
                return Some(e.range.end());
            }
        };
        let module = self.module;
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        let range = in_parentheses(&module.tokens, kept.range(), e.range);
        let after = module.text().get(e.range.end().to_usize()..).unwrap_or_default();
        let is_bare = layout::has_own_parentheses(module, e.range)
            && self.out.as_str().ends_with('(')
            && after.starts_with(')')
            && is_atom(kept);
        if is_bare {
            self.out.drop_last();
            self.copy(range, shift, None);
            return Some(e.range.end() + TextSize::of(')'));
        }
        let begins_word = is_word(module.slice(range).chars().next());
        let quoted = module.slice(range).starts_with(['"', '\'']);
        if is_word(self.out.as_str().chars().next_back()) && (begins_word || quoted) {
            self.out.write(" ", TextRange::empty(e.range.start()));
        }
        self.copy(range, shift, None);
        if is_word(after.chars().next()) && is_word(self.out.as_str().chars().next_back()) {
            self.out.write(" ", TextRange::empty(e.range.end()));
        }
        Some(e.range.end())
    }

    /// `comptime(…)` with variables of rounds in it.
    fn comptime(
        &mut self,
        call: &ExprCall,
        place: &CallSurroundings<'_>,
        shift: &Shift,
    ) -> Option<TextSize> {
        let module = self.module;
        let scopes = &module.scopes;
        let scope = crate::expand::call_site::scope_of_callee(module, &call.func);
        let is_used = |variable: &RoundVariable| {
            let inside = scopes.uses().filter(|used| call.range.contains_range(used.range));
            scopes.is_part_of(scope, variable.scope)
                && inside.into_iter().any(|used| is_use_of(self, used, variable))
        };
        if !self.variables.iter().any(is_used) {
            return None;
        }
        let decide = |this: &mut Self| {
            let value = this.value(call, "comptime");
            Decision::Value(value.and_then(|value| {
                let source = this.stage.compile_time.host().source_of(&value);
                this.reported(source, call, "comptime")
            }))
        };
        let node = match self.decide(decide) {
            Decision::Value(Ok(node)) => node,
            _ => Node::value(Value::None),
        };
        let text = self.printed(call.range, place, &node, shift);
        self.out.write(&text, call.range);
        Some(call.range.end())
    }

    /// The code as it is written in the place of what stands at `range`.
    fn printed(
        &self,
        range: TextRange,
        place: &CallSurroundings<'_>,
        node: &Node,
        shift: &Shift,
    ) -> String {
        let module = self.module;
        let can_encode = |c| module.source.can_encode(c);
        let edits = Edits::new();
        let style = layout::style(module, range, place, (self.width, &edits), &can_encode);
        let indentation = shift.of(style.indentation);
        let style = Style { indentation: &indentation, ..style };
        let text = layout::print_in(module, range, node, style);
        layout::spaced(module, range, layout::fit(place, node, text))
    }

    /// The constant that stands for a variable of a round there.
    fn constant(&mut self, name: &ExprName, reading: &Reading<'_>) -> Option<String> {
        let module = self.module;
        let used = module.scopes.use_at(name.range.start())?;
        let variables = self.variables.iter().rev();
        let variable = variables.into_iter().find(|v| is_use_of(self, used, v))?.clone();
        let can_stand = is_on_the_spot(module, used, variable.scope)
            && variable.source.as_ref().is_some_and(|node| fits(node, reading.spot));
        if !can_stand {
            self.left.insert((variable.scope, variable.name.clone()));
            return None;
        }
        let node = variable.source.as_ref()?;
        let can_encode = |c| module.source.can_encode(c);
        let edits = Edits::new();
        let place = &reading.place;
        let style = layout::style(module, name.range, place, (self.width, &edits), &can_encode);
        let style = Style { surrounding: Surrounding::OneLine, ..style };
        let text = layout::fit(place, node, print::expression(node, style));
        Some(layout::spaced(module, name.range, text))
    }
}

fn is_use_of(
    early: &Early<'_, '_, '_>,
    used: &crate::scope::Use,
    variable: &RoundVariable,
) -> bool {
    *used.name == *variable.name
        && early.module.scopes.resolve(used) == Holder::Bound(variable.scope)
}

fn newlines(text: &str) -> usize {
    text.matches('\n').count() + text.matches('\r').count() - text.matches("\r\n").count()
}

/// Whether the expression needs no parentheses anywhere.
fn is_atom(expr: &Expr) -> bool {
    expr.is_name_expr() || expr.is_string_literal_expr()
}

/// Whether the value is one that can stand in several places, and in this one.
fn fits(node: &Node, spot: ReadingSpot) -> bool {
    let is_text = matches!(node.constant(), Some(Value::Str(_) | Value::Bytes(_)));
    let is_singleton =
        matches!(node.constant(), Some(Value::None | Value::Bool(_) | Value::Ellipsis));
    let is_sequence = is_text || node.op() == Op::TUPLE;
    let fits_there = match spot {
        ReadingSpot::Any => true,
        ReadingSpot::String => match node.constant() {
            Some(Value::Str(text)) => text
                .as_str()
                .is_ok_and(|text| text.chars().all(|c| c.is_ascii_alphanumeric() || c == ' ')),
            Some(Value::Bytes(_)) => false,
            _ => node.op() != Op::TUPLE,
        },
        ReadingSpot::Identity => is_singleton,
        ReadingSpot::Indexed => is_sequence,
        ReadingSpot::Never => false,
    };
    fits_there && is_immutable(node)
}

fn is_immutable(node: &Node) -> bool {
    match node.op() {
        Op::VALUE => true,
        Op::NEG => node.args().iter().all(|arg| arg.op() == Op::VALUE),
        Op::TUPLE => node.args().iter().all(is_immutable),
        _ => false,
    }
}
