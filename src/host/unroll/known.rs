//! Loops whose rounds are known.

use rustpython_ast::Stmt;
use rustpython_text_size::TextRange;

use super::Unfinished;
use super::body::{Evaluation, Flow};
use super::state::{Frozen, Loop, known_values};
use crate::codenode::{Loc, Name, Node, TemporaryId, Value};
use crate::host::failure::{Failure, Limit};
use crate::host::provenance::here;
use crate::host::session;
use crate::host::stop::stop;
use crate::residual::{Statement, Unrolled};

/// How many steps a round of a loop that is repeated counts for.
const STEPS_OF_ROUND: u64 = 100;

/// A loop whose rounds are known.
pub(super) struct Repeated<'a> {
    /// What it goes through, or its condition.
    pub at: TextRange,
    /// The names that it assigns.
    pub names: &'a [Name],
    pub body: &'a [Stmt],
    pub orelse: &'a [Stmt],
}

/// What comes next in a loop.
pub(super) enum Next {
    Round,
    End,
    /// The rest of the loop has been worked out in another way.
    Instead(Flow),
}

impl Evaluation<'_> {
    pub fn enter(&mut self, entered: Loop) {
        self.loops.push(entered);
    }

    /// Writes a `break` or `continue` on some condition into the program.
    pub fn leave_round(&mut self, flow: &Flow) -> Result<(), Unfinished> {
        let is_break = matches!(flow, Flow::Break);
        let Some(innermost) = self.loops.last_mut() else { return Ok(()) };
        innermost.is_broken |= is_break;
        innermost.is_continued |= !is_break;
        let is_known = innermost.is_known;
        let variables = if is_break { innermost.exits.clone() } else { innermost.heads.clone() };
        self.assign_variables(&variables)?;
        let statement = match is_break || is_known {
            true => Statement::Break,
            false => Statement::Continue,
        };
        session::with(|s| s.residual.add(statement));
        Ok(())
    }

    /// Gives variables of the program the values that the names have now.
    pub fn assign_variables(
        &mut self,
        variables: &[(Name, TemporaryId)],
    ) -> Result<(), Unfinished> {
        let mut pairs = Vec::new();
        for (name, id) in variables {
            let Some(value) = self.variable(name) else { continue };
            let code = self.lifted(&value)?;
            if code.temporary_id() != Some(*id) {
                pairs.push((*id, code));
            }
        }
        if !pairs.is_empty() {
            session::with(|s| s.residual.add(Statement::Assign(pairs)));
        }
        Ok(())
    }

    fn variables_for(&self, names: &[Name]) -> Vec<(Name, TemporaryId)> {
        names.iter().map(|name| (name.clone(), self.new_variable(name))).collect()
    }

    /// Works out a loop round by round, as long as `next` says so.
    pub fn known_rounds(
        &mut self,
        repeated: &Repeated<'_>,
        next: &mut dyn FnMut(&mut Self) -> Result<Next, Unfinished>,
    ) -> Result<Flow, Unfinished> {
        let names = repeated.names;
        let before = Frozen::of(self.vm, known_values(&self.variables, self.vm));
        let exits = self.variables_for(names);
        session::with(|s| s.residual.open());
        let ended = self.rounds(repeated, &exits, next);
        let (flow, is_broken, is_conditional) = match ended {
            Ok(ended) => ended,
            Err(unfinished) => {
                session::with(|s| s.residual.close());
                return Err(unfinished);
            }
        };
        if is_conditional && !before.is_unchanged(self.vm) {
            session::with(|s| s.residual.close());
            return Err(Unfinished::Plain);
        }
        if !is_broken {
            let block = session::with(|s| s.residual.close());
            session::with(|s| block.into_iter().for_each(|statement| s.residual.add(statement)));
            return Ok(flow);
        }
        if let Flow::Next = self.leave_block(flow)? {
            self.assign_variables(&exits)?;
            session::with(|s| s.residual.add(Statement::Break));
        }
        let body = session::with(|s| s.residual.close());
        let test = Node::value(Value::Bool(true));
        session::with(|s| s.residual.add(Statement::While { test, body, orelse: Vec::new() }));
        self.after_loop(&exits)?;
        self.assigned(names)?;
        Ok(Flow::Next)
    }

    /// What leaves the function from a block leaves it in the program; a loop around can't be left
    /// from there.
    fn leave_block(&mut self, flow: Flow) -> Result<Flow, Unfinished> {
        match flow {
            Flow::Break | Flow::Continue => Err(Unfinished::Plain),
            flow => self.leave(flow),
        }
    }

    /// The rounds; how control leaves the last, whether the program leaves the loop on some
    /// condition, and whether it leaves it or a round so.
    fn rounds(
        &mut self,
        repeated: &Repeated<'_>,
        exits: &[(Name, TemporaryId)],
        next: &mut dyn FnMut(&mut Self) -> Result<Next, Unfinished>,
    ) -> Result<(Flow, bool, bool), Unfinished> {
        let (mut is_broken, mut is_conditional) = (false, false);
        let limit = session::with(|s| s.limits.steps);
        let mut written = 0;
        for _ in 0..limit / STEPS_OF_ROUND {
            let mark = session::with(|s| s.residual.mark());
            match next(self)? {
                Next::Round => {}
                Next::End => {
                    self.remember(repeated, written);
                    return Ok((self.block(repeated.orelse)?, is_broken, is_conditional));
                }
                Next::Instead(flow) => {
                    self.remember(repeated, written);
                    return Ok((flow, is_broken, is_conditional));
                }
            }
            let heads = self.variables_for(repeated.names);
            let (exits, is_known) = (exits.to_vec(), true);
            let own = Loop { heads, exits, is_known, is_broken: false, is_continued: false };
            let (flow, left) = self.one_round(own, repeated.body)?;
            written += usize::from(session::with(|s| s.residual.has_grown_since(mark)));
            self.check_rounds(written)?;
            is_broken |= left.is_broken;
            is_conditional |= left.is_broken || left.is_continued;
            match flow {
                Flow::Next | Flow::Continue => continue,
                _ => self.remember(repeated, written),
            }
            return match flow {
                Flow::Break => Ok((Flow::Next, is_broken, is_conditional)),
                flow => Ok((flow, is_broken, is_conditional)),
            };
        }
        let place = here(self.vm);
        let failure = Failure::Limit(Limit::Steps { limit, place });
        Err(Unfinished::Raised(stop(self.vm, failure)))
    }

    /// Stops at too many rounds of a loop that leave something for the program.
    fn check_rounds(&self, written: usize) -> Result<(), Unfinished> {
        let most = session::with(|s| s.limits.rounds);
        if written <= most {
            return Ok(());
        }
        let message = format!("unrolls a loop to more than {most} rounds");
        let size = Limit::Size { message, flag: "--max-rounds", place: here(self.vm) };
        Err(Unfinished::Raised(stop(self.vm, Failure::Limit(size))))
    }

    /// Writes down how many rounds of the loop stand in the program.
    fn remember(&self, repeated: &Repeated<'_>, rounds: usize) {
        let loc = Loc { file: self.unroll.info.home, range: repeated.at };
        session::with(|s| s.residual.add_unrolled(Unrolled { loc, rounds }));
    }

    fn one_round(&mut self, own: Loop, body: &[Stmt]) -> Result<(Flow, Loop), Unfinished> {
        session::with(|s| s.residual.open());
        self.enter(own);
        let flow = self.block(body);
        let left = self.loops.pop();
        let result = flow.and_then(|flow| match left {
            Some(left) if left.is_continued => self.end_round(flow, left),
            Some(left) => Ok((flow, left)),
            None => Err(Unfinished::Plain),
        });
        let block = session::with(|s| s.residual.close());
        let (flow, left) = result?;
        if left.is_continued {
            let test = Node::value(Value::Bool(true));
            let orelse = Vec::new();
            session::with(|s| s.residual.add(Statement::While { test, body: block, orelse }));
            self.after_loop(&left.heads)?;
        } else {
            session::with(|s| block.into_iter().for_each(|statement| s.residual.add(statement)));
        }
        Ok((flow, left))
    }

    /// The end of a round that is a loop of its own, because the program may leave it before.
    fn end_round(&mut self, flow: Flow, left: Loop) -> Result<(Flow, Loop), Unfinished> {
        if left.is_broken {
            // From inside of the round's own loop the other can't be left.
            return Err(Unfinished::Plain);
        }
        match flow {
            Flow::Next | Flow::Continue => {
                self.assign_variables(&left.heads)?;
                session::with(|s| s.residual.add(Statement::Break));
            }
            Flow::Break => return Err(Unfinished::Plain),
            flow => {
                self.leave(flow)?;
            }
        }
        Ok((Flow::Next, left))
    }
}
