//! The statements of a residual program.

use super::effect::{Effect, StableName, effect};
use crate::codenode::{Node, Op, TemporaryId};

/// A statement. In a program that isn't folded yet most are steps; in a folded one none is.
#[derive(Clone, Debug)]
pub(crate) enum Statement {
    /// A step of the program that isn't folded yet.
    Step(TemporaryId),
    /// The value of a step gets a name.
    Bind(TemporaryId, Node),
    /// The code is evaluated for its effect; it may be a statement by itself.
    Do(Node),
    /// Variables get new values, all of which are computed first.
    Assign(Vec<(TemporaryId, Node)>),
    If {
        test: Node,
        body: Vec<Statement>,
        orelse: Vec<Statement>,
    },
    While {
        test: Node,
        body: Vec<Statement>,
        orelse: Vec<Statement>,
    },
    For {
        /// A TEMPORARY, or a display of them.
        target: Node,
        iterable: Node,
        body: Vec<Statement>,
        orelse: Vec<Statement>,
    },
    Try {
        body: Vec<Statement>,
        handlers: Vec<Handler>,
        orelse: Vec<Statement>,
        finalbody: Vec<Statement>,
    },
    With {
        context: Node,
        /// A TEMPORARY, or EMPTY.
        target: Node,
        body: Vec<Statement>,
    },
    Return(Node),
    /// The exception and its cause, each may be EMPTY.
    Raise(Node, Node),
    Break,
    Continue,
}

/// An `except` clause.
#[derive(Clone, Debug)]
pub(crate) struct Handler {
    /// The class, or EMPTY.
    pub class: Node,
    /// A TEMPORARY, or EMPTY.
    pub name: Node,
    pub body: Vec<Statement>,
}

impl Statement {
    /// What is evaluated exactly once, in this order, whenever the statement runs.
    pub(crate) fn codes(&self) -> Vec<&Node> {
        match self {
            Statement::Bind(_, code) | Statement::Do(code) | Statement::Return(code) => vec![code],
            Statement::Assign(pairs) => pairs.iter().map(|(_, code)| code).collect(),
            Statement::If { test, .. } => vec![test],
            Statement::For { iterable, .. } => vec![iterable],
            Statement::With { context, .. } => vec![context],
            Statement::Raise(exception, cause) => vec![exception, cause],
            _ => Vec::new(),
        }
    }

    /// What may be evaluated any number of times, blocks aside.
    pub(crate) fn repeated_codes(&self) -> Vec<&Node> {
        match self {
            Statement::While { test, .. } => vec![test],
            Statement::Try { handlers, .. } => handlers.iter().map(|h| &h.class).collect(),
            _ => Vec::new(),
        }
    }

    /// The blocks in it.
    pub(crate) fn blocks(&self) -> Vec<&Vec<Statement>> {
        match self {
            Statement::If { body, orelse, .. }
            | Statement::While { body, orelse, .. }
            | Statement::For { body, orelse, .. } => vec![body, orelse],
            Statement::With { body, .. } => vec![body],
            Statement::Try { body, handlers, orelse, finalbody } => {
                let mut blocks = vec![body];
                blocks.extend(handlers.iter().map(|handler| &handler.body));
                blocks.extend([orelse, finalbody]);
                blocks
            }
            _ => Vec::new(),
        }
    }

    /// The values that it names itself.
    pub(crate) fn targets(&self) -> Vec<TemporaryId> {
        let mut ids = Vec::new();
        match self {
            Statement::Bind(id, _) => ids.push(*id),
            Statement::Do(code) if matches!(code.op(), Op::ASSIGN | Op::AUGASSIGN) => {
                let target = code.arg(0);
                if matches!(target.op(), Op::TUPLE | Op::TEMPORARY) {
                    collect(target, &mut ids);
                }
            }
            Statement::Assign(pairs) => ids.extend(pairs.iter().map(|(id, _)| *id)),
            Statement::For { target, .. } | Statement::With { target, .. } => {
                collect(target, &mut ids);
            }
            Statement::Try { handlers, .. } => {
                handlers.iter().for_each(|handler| collect(&handler.name, &mut ids));
            }
            _ => {}
        }
        ids
    }

    /// What running the statement may do.
    pub(crate) fn effect(&self, stable: StableName<'_>) -> Effect {
        match self.blocks().is_empty() {
            true => self.codes().iter().map(|c| effect(c, stable)).fold(Effect::Pure, Effect::max),
            false => Effect::Any,
        }
    }

    /// Whether control never comes to what follows.
    pub(crate) fn leaves(&self) -> bool {
        match self {
            Statement::Return(_)
            | Statement::Raise(..)
            | Statement::Break
            | Statement::Continue => true,
            Statement::If { body, orelse, .. } => ends(body) && ends(orelse),
            _ => false,
        }
    }

    /// The same statement with every piece of code in it changed, that in its blocks too.
    #[must_use]
    pub(crate) fn map(self, change: &mut dyn FnMut(&Node) -> Node) -> Statement {
        let own = self.map_own(change);
        own.map_blocks(&mut |block| block.into_iter().map(|inner| inner.map(change)).collect())
    }

    /// The same statement with the code outside its blocks changed.
    #[must_use]
    pub(crate) fn map_own(self, change: &mut dyn FnMut(&Node) -> Node) -> Statement {
        match self {
            Statement::Bind(id, code) => Statement::Bind(id, change(&code)),
            Statement::Do(code) => Statement::Do(change(&code)),
            Statement::Assign(pairs) => {
                let changed = pairs.into_iter().map(|(id, code)| (id, change(&code)));
                Statement::Assign(changed.collect())
            }
            Statement::If { test, body, orelse } => {
                Statement::If { test: change(&test), body, orelse }
            }
            Statement::While { test, body, orelse } => {
                Statement::While { test: change(&test), body, orelse }
            }
            Statement::For { target, iterable, body, orelse } => {
                Statement::For { target, iterable: change(&iterable), body, orelse }
            }
            Statement::Try { body, handlers, orelse, finalbody } => Statement::Try {
                body,
                handlers: handlers
                    .into_iter()
                    .map(|h| Handler { class: change(&h.class), name: h.name, body: h.body })
                    .collect(),
                orelse,
                finalbody,
            },
            Statement::With { context, target, body } => {
                Statement::With { context: change(&context), target, body }
            }
            Statement::Return(code) => Statement::Return(change(&code)),
            Statement::Raise(exception, cause) => {
                Statement::Raise(change(&exception), change(&cause))
            }
            other => other,
        }
    }

    /// The same statement with each of its blocks changed.
    #[must_use]
    pub(crate) fn map_blocks(
        self,
        change: &mut dyn FnMut(Vec<Statement>) -> Vec<Statement>,
    ) -> Statement {
        match self {
            Statement::If { test, body, orelse } => {
                Statement::If { test, body: change(body), orelse: change(orelse) }
            }
            Statement::While { test, body, orelse } => {
                Statement::While { test, body: change(body), orelse: change(orelse) }
            }
            Statement::For { target, iterable, body, orelse } => {
                Statement::For { target, iterable, body: change(body), orelse: change(orelse) }
            }
            Statement::With { context, target, body } => {
                Statement::With { context, target, body: change(body) }
            }
            Statement::Try { body, handlers, orelse, finalbody } => Statement::Try {
                body: change(body),
                handlers: handlers
                    .into_iter()
                    .map(|h| Handler { body: change(h.body), ..h })
                    .collect(),
                orelse: change(orelse),
                finalbody: change(finalbody),
            },
            other => other,
        }
    }
}

/// Whether control never comes to the end of the block.
pub(super) fn ends(block: &[Statement]) -> bool {
    block.iter().any(Statement::leaves)
}

/// The TEMPORARY leaves of a target.
pub(super) fn collect(target: &Node, ids: &mut Vec<TemporaryId>) {
    ids.extend(target.temporary_id());
    target.args().iter().for_each(|arg| collect(arg, ids));
}
