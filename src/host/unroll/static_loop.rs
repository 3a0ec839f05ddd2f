//! Loops whose rounds are known at compile time.
//!
//! ```text
//! for i in (1, 2):            while True:
//!     if x > i: break             if x > 1: break
//!     f(i)               →        f(1)
//!                                 if x > 2: break
//!                                 f(2)
//!                                 break
//! ```
//!
//! A loop that the program leaves on some condition is a loop of one round in the program; a
//! `continue` ends such a loop around its own round.

use rustpython_ast::Stmt;
use rustpython_text_size::TextRange;

use super::evaluation::{
    Attempt, Completion, Evaluation, LoopContext, LoopStage, Phis, Unfinished,
};
use crate::codenode::{Loc, Name, Node, Value};
use crate::host::failure::{Failure, Limit};
use crate::host::objects::abort::abort;
use crate::host::objects::contents::Contents;
use crate::host::objects::provenance::here;
use crate::host::state::{recording, run};
use crate::residual::{Statement, Unrolled};

/// How many steps a round of a loop that is repeated counts for.
const STEPS_OF_ROUND: u64 = 100;

/// What comes next in a loop.
pub(super) enum Next {
    Round,
    End,
    /// The rest of the loop has been evaluated in another way.
    Instead(Completion),
}

/// A loop whose rounds are known.
pub(super) struct StaticLoop<'a> {
    /// What it goes through, or its condition.
    pub at: TextRange,
    /// The names that it assigns.
    pub names: &'a [Name],
    /// Prepares the next round, if there is one.
    pub next: &'a mut dyn FnMut(&mut Evaluation<'_>) -> Attempt<Next>,
    pub body: &'a [Stmt],
    pub orelse: &'a [Stmt],
}

/// How the rounds of a loop ended.
struct Ending {
    completion: Completion,
    /// Whether the program leaves the loop on some condition.
    is_broken: bool,
    /// Whether it leaves the loop or a round so.
    is_conditional: bool,
}

/// Evaluates a loop round by round.
pub(super) fn static_loop(e: &mut Evaluation<'_>, mut repeated: StaticLoop<'_>) -> Attempt {
    let before = Contents::of(e.vm, &e.variables);
    let exits = e.variables_for(repeated.names);
    let (mut block, ending) = recording::block(|| rounds(e, &mut repeated, &exits));
    let Ending { completion, is_broken, is_conditional } = ending?;
    if is_conditional && !before.is_unchanged(e.vm) {
        return Err(Unfinished::Plain);
    }
    if !is_broken {
        recording::add_all(block);
        return Ok(completion);
    }
    let (end, left) = recording::block(|| end_loop(e, completion, &exits));
    left?;
    block.extend(end);
    recording::add(repeated_once(block));
    e.set_to(&exits)?;
    e.assigned(repeated.names)?;
    Ok(Completion::Normal)
}

/// `while True:` with a block that leaves the loop at its end.
fn repeated_once(body: Vec<Statement>) -> Statement {
    let test = Node::value(Value::Bool(true));
    Statement::While { test, body, orelse: Vec::new() }
}

/// Writes the end of a loop's only round. What leaves the function leaves it in the program; a loop
/// around can't be left from there.
fn end_loop(e: &mut Evaluation<'_>, completion: Completion, exits: &Phis) -> Attempt<()> {
    match completion {
        Completion::Break | Completion::Continue => Err(Unfinished::Plain),
        completion => {
            if e.leave(completion)?.is_normal() {
                e.assign_phis(exits)?;
                recording::add(Statement::Break);
            }
            Ok(())
        }
    }
}

fn rounds(e: &mut Evaluation<'_>, repeated: &mut StaticLoop<'_>, exits: &Phis) -> Attempt<Ending> {
    let (mut is_broken, mut is_conditional) = (false, false);
    let limit = run::with(|s| s.limits.steps);
    let mut written = 0;
    for _ in 0..limit / STEPS_OF_ROUND {
        let mark = recording::with(|s| s.residual.mark());
        // What comes after the last round stands in the only one of the program if that is left on some
        // condition.
        e.loops.extend(is_broken.then(LoopContext::closed));
        let ended = after_rounds(e, repeated, written);
        if is_broken {
            e.loops.pop();
        }
        if let Some(completion) = ended? {
            return Ok(Ending { completion, is_broken, is_conditional });
        }
        let heads = e.variables_for(repeated.names);
        let own = LoopContext::new(LoopStage::CompileTime, heads, exits.clone());
        let (completion, left) = one_round(e, own, repeated.body)?;
        written += usize::from(recording::with(|s| s.residual.has_grown_since(mark)));
        check_rounds(e, written)?;
        is_broken |= left.is_broken;
        is_conditional |= left.is_broken || left.is_continued;
        let completion = match completion {
            Completion::Normal | Completion::Continue => continue,
            Completion::Break => Completion::Normal,
            completion => completion,
        };
        note_rounds(e, repeated, written);
        return Ok(Ending { completion, is_broken, is_conditional });
    }
    let failure = Failure::Limit(Limit::Steps { limit, place: here(e.vm) });
    Err(Unfinished::Raised(abort(e.vm, failure)))
}

/// How the loop ends; nothing if there is another round.
fn after_rounds(
    e: &mut Evaluation<'_>,
    repeated: &mut StaticLoop<'_>,
    rounds: usize,
) -> Attempt<Option<Completion>> {
    let next = (repeated.next)(e)?;
    if !matches!(next, Next::Round) {
        note_rounds(e, repeated, rounds);
    }
    match next {
        Next::Round => Ok(None),
        Next::End => e.block(repeated.orelse).map(Some),
        Next::Instead(completion) => Ok(Some(completion)),
    }
}

/// Stops at too many rounds of a loop that leave something for the program.
fn check_rounds(e: &Evaluation<'_>, written: usize) -> Attempt<()> {
    let limit = run::with(|s| s.limits.rounds);
    if written <= limit {
        return Ok(());
    }
    let failure = Failure::Limit(Limit::Rounds { limit, place: here(e.vm) });
    Err(Unfinished::Raised(abort(e.vm, failure)))
}

/// Notes how many rounds of the loop stand in the program.
fn note_rounds(e: &Evaluation<'_>, repeated: &StaticLoop<'_>, rounds: usize) {
    let loc = Loc { file: e.unroll.info.home, range: repeated.at };
    recording::with(|s| s.residual.add_unrolled(Unrolled { loc, rounds }));
}

fn one_round(
    e: &mut Evaluation<'_>,
    own: LoopContext,
    body: &[Stmt],
) -> Attempt<(Completion, LoopContext)> {
    let (block, ended) = recording::block(|| {
        e.loops.push(own);
        let completion = e.block(body);
        let left = e.loops.pop();
        completion.and_then(|completion| match left {
            Some(left) if left.is_continued => end_round(e, completion, left),
            Some(left) => Ok((completion, left)),
            None => Err(Unfinished::Plain),
        })
    });
    let (completion, left) = ended?;
    if left.is_continued {
        recording::add(repeated_once(block));
        e.set_to(&left.heads)?;
    } else {
        recording::add_all(block);
    }
    Ok((completion, left))
}

/// The end of a round that is a loop of its own, because the program may leave it before.
fn end_round(
    e: &mut Evaluation<'_>,
    completion: Completion,
    left: LoopContext,
) -> Attempt<(Completion, LoopContext)> {
    if left.is_broken {
        // From inside of the round's own loop the other can't be left.
        return Err(Unfinished::Plain);
    }
    match completion {
        Completion::Normal | Completion::Continue => {
            e.assign_phis(&left.heads)?;
            recording::add(Statement::Break);
        }
        Completion::Break => return Err(Unfinished::Plain),
        completion => {
            e.leave(completion)?;
        }
    }
    Ok((Completion::Normal, left))
}
