//! The fields of f-strings: before Python 3.12 they hold no backslash, so constants that aren't written
//! without one get names.
//!
//! ```text
//! f"{x}: {'\n'.join(y)}"      →      t0 = "\n"
//!                                    f"{x}: {t0.join(y)}"
//! ```

use super::statement::Statement;
use crate::codenode::{Loc, Node, Op, TemporaryId};
use crate::print::{self, Style};

/// A program and its result with names for such constants, numbered from `first` on.
pub(super) fn constants_named(
    block: Vec<Statement>,
    result: &Node,
    first: usize,
) -> (Vec<Statement>, Node) {
    let mut naming = ConstantNaming { next: u32::try_from(first).unwrap_or(u32::MAX) };
    let mut block = naming.block(block);
    let result = naming.code(result, &mut block);
    (block, result)
}

/// Whether the use of a value in `node` is in a field that can't hold `code`.
pub(super) fn is_refused(node: &Node, id: TemporaryId, code: &Node) -> bool {
    is_in_field(node, id) && has_backslash(code)
}

fn is_in_field(node: &Node, id: TemporaryId) -> bool {
    fn uses(node: &Node, id: TemporaryId) -> bool {
        node.temporary_id() == Some(id) || node.args().iter().any(|arg| uses(arg, id))
    }
    match node.op() {
        _ if !node.holds_temporary() => false,
        Op::FSTRING => uses(node, id),
        _ => node.args().iter().any(|arg| is_in_field(arg, id)),
    }
}

fn has_backslash(code: &Node) -> bool {
    print::expression(code, Style::default()).contains('\\')
}

struct ConstantNaming {
    next: u32,
}

impl ConstantNaming {
    fn block(&mut self, block: Vec<Statement>) -> Vec<Statement> {
        let mut out = Vec::with_capacity(block.len());
        for statement in block {
            let statement = statement.map_blocks(&mut |inner| self.block(inner));
            let statement = statement.map_own(&mut |code| self.code(code, &mut out));
            out.push(statement);
        }
        out
    }

    /// The code, with the statements before it that name what it can't hold.
    fn code(&mut self, code: &Node, before: &mut Vec<Statement>) -> Node {
        code.map_args(|part| match (code.op(), part.op()) {
            (Op::FSTRING, Op::FIELD) => self.field(part, code.loc(), before),
            _ => self.code(part, before),
        })
    }

    /// A field of the f-string that was written at `string`, or a part of its code.
    fn field(&mut self, code: &Node, string: Option<Loc>, before: &mut Vec<Statement>) -> Node {
        match code.op() {
            // Where it was written in the field, the file is for Pythons that read it.
            Op::VALUE if !is_within(code.loc(), string) && has_backslash(code) => {
                let named = before.iter().find_map(|statement| match statement {
                    Statement::Bind(id, constant) if constant == code => Some(*id),
                    _ => None,
                });
                Node::temporary(named.unwrap_or_else(|| self.bind(code, before)))
            }
            // The text of a specification is no code.
            Op::FSTRING => self.code(code, before),
            _ => code.map_args(|part| self.field(part, string, before)),
        }
    }

    fn bind(&mut self, constant: &Node, before: &mut Vec<Statement>) -> TemporaryId {
        let id = TemporaryId(self.next);
        self.next += 1;
        before.push(Statement::Bind(id, constant.clone()));
        id
    }
}

fn is_within(part: Option<Loc>, whole: Option<Loc>) -> bool {
    part.zip(whole).is_some_and(|(part, whole)| {
        part.file == whole.file && whole.range.contains_range(part.range)
    })
}
