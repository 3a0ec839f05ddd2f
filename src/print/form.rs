//! The table of what writes each op. It has no default, so that no op is written as nothing.

use super::printer::{Comma, Printer};
use super::{interpolated, literal};
use crate::codenode::{Node, Op, Precedence};

impl Printer<'_> {
    /// `node` written out, without parentheses around it. A BLOCK is written by lines, in what it
    /// belongs to; steps are folded away or named before anything is printed.
    pub(super) fn form(&mut self, node: &Node) {
        use Op::*;
        let args = node.args();
        match node.op() {
            NEG | POS | INVERT | NOT => self.unary(node),
            PLUS | MINUS | MULTIPLY | DIVIDE | FLOORDIV | MOD | MATMUL | EXP | LSHIFT | RSHIFT
            | BITOR | BITXOR | BITAND | AND | OR | EQ | NE | LT | LE | GT | GE | IS | ISNOT
            | IN | NOTIN | CHAIN => self.operation(node),
            LINK => self.chain_link(node),
            VAR => self.name_of(node),
            VALUE => self.literal(node, |p| literal::print(p, node)),
            FSTRING => self.literal(node, |p| interpolated::print(p, node, "f")),
            TSTRING => self.literal(node, |p| interpolated::print(p, node, "t")),
            FIELD => self.text(&interpolated::field(self, node)),
            TEMPORARY => self.token("..."),
            ATTR | INDEX | CALL => self.primary(node),
            KEYWORD => self.keyword(node),
            // As arguments of a call; those in a display are written there.
            STAR => self.after("*", node.arg(0), Precedence::Lambda),
            DOUBLESTAR => self.after("**", node.arg(0), Precedence::Lambda),
            SLICE => self.slice(node),
            TUPLE => self.tuple(args),
            LIST => self.display("[", "]", args),
            SET | DICT => self.display("{", "}", args),
            PAIR => self.pair(node),
            LISTCOMP => self.comprehension("[", "]", args),
            SETCOMP | DICTCOMP => self.comprehension("{", "}", args),
            GENERATOR => self.comprehension("(", ")", args),
            FORCLAUSE | ASYNCFORCLAUSE => self.for_clause(node),
            LAMBDA => self.lambda(node),
            PARAMS => self.lambda_parameters(args),
            PARAM | STARPARAM | DOUBLESTARPARAM | SLASH => self.parameter(node),
            TYPEVAR | TYPEVARTUPLE | PARAMSPEC => self.type_parameter(node),
            WALRUS => self.walrus(node),
            AWAIT => self.after("await ", node.arg(0), AWAIT.least(0)),
            YIELD => self.yielded(node.arg(0)),
            YIELDFROM => self.after("yield from ", node.arg(0), YIELDFROM.least(0)),
            PARTS => self.items(args, Comma::Never, Self::element),
            EMPTY | BLOCK => {}
            EXPR => self.expression_statement(node.arg(0)),
            ASSIGN => self.assignment(args),
            AUGASSIGN => self.augmented(node),
            ANNASSIGN => self.annotated(node),
            DELETE => self.delete(args),
            RETURN => self.returned(node.arg(0)),
            RAISE => self.raised(node.arg(0), node.arg(1)),
            ASSERT => self.assertion(node.arg(0), node.arg(1)),
            PASS => self.token("pass"),
            BREAK => self.token("break"),
            CONTINUE => self.token("continue"),
            GLOBAL => self.words("global ", args),
            NONLOCAL => self.words("nonlocal ", args),
            IMPORT => self.words("import ", args),
            IMPORTFROM => self.import_from(node),
            ALIAS => self.alias(node),
            TYPEALIAS => self.type_alias(node),
            IF if node.is_statement() => self.if_statement(node),
            IF => self.conditional(node),
            WHILE => self.while_statement(node),
            FOR | ASYNCFOR => self.for_statement(node),
            WITH | ASYNCWITH => self.with_statement(node),
            WITHITEM => self.with_item(node),
            TRY | TRYSTAR => self.try_statement(node),
            EXCEPT => self.handler(node, EXCEPT.keyword()),
            MATCH => self.match_statement(node),
            CASE => self.case(node),
            MATCHVALUE => self.part(node, 0),
            MATCHSEQUENCE => self.patterns("[", "]", args),
            MATCHMAPPING => self.patterns("{", "}", args),
            MATCHPAIR => self.pair_pattern(node),
            MATCHCLASS => self.class_pattern(node),
            MATCHKEYWORD => self.keyword_pattern(node),
            MATCHSTAR => self.captured("*", node.arg(0)),
            MATCHREST => self.captured("**", node.arg(0)),
            MATCHAS => self.capture(node),
            MATCHOR => self.alternatives(args),
            DEF | ASYNCDEF => self.function(node),
            CLASS => self.class(node),
        }
    }
}
