//! `if comptime(…)`, `elif comptime(…)` and `while comptime(False)`.

use rustpython_ast::{Expr, Stmt, StmtIf, StmtTry, StmtWhile};
use rustpython_text_size::{Ranged as _, TextRange, TextSize};

use super::Early;
use super::copy::{Acted, CopyTarget, Spliced};
use super::layout::{Region, Shift, colon};
use super::sites::{Construct, ControlFlowSite, Tests};
use crate::expand::findings::Reported;
use crate::expand::program::{Pythons, outcome};
use crate::python::meta::MetaName;

/// A clause of an `if` statement.
struct Clause<'m> {
    start: TextSize,
    test: Option<&'m Expr>,
    body: &'m [Stmt],
}

impl<'m> Clause<'m> {
    fn of(stmt: &'m StmtIf) -> Vec<Clause<'m>> {
        let first = Clause { start: stmt.start(), test: Some(&stmt.test), body: &stmt.body };
        let rest = stmt.elif_else_clauses.iter().map(|clause| Clause {
            start: clause.start(),
            test: clause.test.as_ref(),
            body: &clause.body,
        });
        std::iter::once(first).chain(rest).collect()
    }

    fn after_test(&self) -> TextSize {
        self.test.map_or(self.start, Expr::end)
    }
}

/// When a clause is taken, the ones before it not being taken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Always,
    /// The program has to ask.
    Asks,
}

impl<'m> Early<'_, '_, 'm> {
    /// Writes the residual code of a statement.
    pub(crate) fn statement(
        &mut self,
        site: &ControlFlowSite<'m>,
        to: CopyTarget<'_, 'm>,
    ) -> Acted {
        match site.kind {
            Construct::If(stmt, tests) => self.branches(site, (stmt, tests), to),
            Construct::Try(stmt) => self.attempt(site, stmt, to),
            Construct::While(stmt) => self.never(site, stmt, to),
            Construct::Rounds(stmt, call) => self.rounds(site, stmt, call, to.shift),
            _ => Acted::No,
        }
    }

    fn branches(
        &mut self,
        site: &ControlFlowSite<'m>,
        (stmt, tests): (&'m StmtIf, Tests),
        to: CopyTarget<'_, 'm>,
    ) -> Acted {
        let mut kept: Vec<(Verdict, Clause<'m>)> = Vec::new();
        let module = self.module;
        let resolver = self.stage.resolver;
        let known = |test: &Expr| match tests {
            Tests::Known => outcome((resolver, module), Pythons::Target, test),
            Tests::Marked => None,
        };
        for clause in Clause::of(stmt) {
            let test = clause.test.and_then(|t| resolver.meta_call(module, t, MetaName::Comptime));
            let verdict = match (clause.test, test) {
                (None, _) => Verdict::Always,
                (Some(test), None) => match known(test) {
                    Some(true) => Verdict::Always,
                    Some(false) => continue,
                    None => Verdict::Asks,
                },
                (Some(_), Some(call)) => match self.truth(call) {
                    Ok(true) => Verdict::Always,
                    Ok(false) => continue,
                    Err(Reported { .. }) => return Acted::Gone(None),
                },
            };
            kept.push((verdict, clause));
            if verdict == Verdict::Always {
                break;
            }
        }
        match &kept[..] {
            [] => Acted::Gone(None),
            [(Verdict::Always, clause)] => {
                let after = clause.after_test();
                self.splice(site, clause.body, after, to)
            }
            _ => {
                self.chain(site, &kept, to.shift);
                Acted::Done(None)
            }
        }
    }

    /// `try`, of which the body surely runs to its end: that, and what stands under `else`.
    fn attempt(
        &mut self,
        site: &ControlFlowSite<'m>,
        stmt: &'m StmtTry,
        to: CopyTarget<'_, 'm>,
    ) -> Acted {
        let after = stmt.start() + TextSize::of("try");
        let body = self.splice(site, &stmt.body, after, to);
        let (Some(last), false) = (stmt.handlers.last(), stmt.orelse.is_empty()) else {
            return body;
        };
        if matches!(body, Acted::Done(_)) {
            let line = self.new_line(site.range.start(), to.shift);
            self.out.write(&line, TextRange::empty(last.end()));
        }
        match self.splice(site, &stmt.orelse, last.end(), to) {
            Acted::Gone(end) if matches!(body, Acted::Gone(_)) => Acted::Gone(end),
            Acted::Done(end) | Acted::Gone(end) => Acted::Done(end),
            Acted::No => Acted::No,
        }
    }

    /// The block in place of the statement that held it.
    fn splice(
        &mut self,
        site: &ControlFlowSite<'m>,
        body: &'m [Stmt],
        after: TextSize,
        to: CopyTarget<'_, 'm>,
    ) -> Acted {
        if body.iter().all(Stmt::is_pass_stmt) {
            return Acted::Gone(None);
        }
        let module = self.module;
        let header = module.source.indentation(site.range.start());
        let region = Region::of(module, colon(module, after), header, body);
        self.keep_undocumented(site, body.first(), to.shift);
        let leaves = site.block.as_ref().is_some_and(|(block, _)| to.leaves(block));
        let inner = Shift { from: region.indentation.clone(), to: to.shift.of(header) };
        let outside = std::mem::take(&mut self.out);
        let end = self.copy(region.range, &inner, Some(Spliced { block: body, leaves }));
        let text = std::mem::replace(&mut self.out, outside);
        if text.is_blank() {
            return Acted::Gone(end);
        }
        self.out.append(&text);
        Acted::Done(end)
    }

    /// The clauses that are left, of which the first asks.
    fn chain(&mut self, site: &ControlFlowSite<'m>, kept: &[(Verdict, Clause<'m>)], shift: &Shift) {
        let module = self.module;
        let header = module.source.indentation(site.range.start());
        let mut before: Option<TextSize> = None;
        for (verdict, clause) in kept {
            if let Some(end) = before {
                let between = TextRange::new(end, clause.start);
                let is_comment =
                    |line: &str| line.trim().is_empty() || line.trim().starts_with('#');
                if module.slice(between).lines().all(is_comment) {
                    self.verbatim(between, shift);
                } else {
                    let line = self.new_line(site.range.start(), shift);
                    self.out.write(&line, TextRange::empty(clause.start));
                }
            }
            let colon = colon(module, clause.after_test());
            let word = TextRange::new(clause.start, colon);
            match (verdict, clause.test) {
                (Verdict::Always, Some(_)) => self.out.write("else", word),
                (Verdict::Asks, Some(_))
                    if before.is_none() && clause.start != site.range.start() =>
                {
                    let rest = clause.start + TextSize::of("el");
                    self.copy(TextRange::new(rest, colon), shift, None);
                }
                _ => {
                    self.copy(word, shift, None);
                }
            }
            let region = Region::of(module, colon, header, clause.body);
            self.copy(TextRange::new(colon, region.range.end()), shift, None);
            before = Some(region.range.end());
        }
    }

    /// `while comptime(False)`.
    fn never(
        &mut self,
        site: &ControlFlowSite<'m>,
        stmt: &'m StmtWhile,
        to: CopyTarget<'_, 'm>,
    ) -> Acted {
        let Expr::Call(call) = &*stmt.test else { return Acted::No };
        match self.truth(call) {
            Ok(true) => Acted::No,
            Ok(false) if !stmt.orelse.is_empty() => {
                let after = stmt.body.last().map_or(stmt.test.end(), Stmt::end);
                self.splice(site, &stmt.orelse, after, to)
            }
            Ok(false) | Err(Reported { .. }) => Acted::Gone(None),
        }
    }
}
