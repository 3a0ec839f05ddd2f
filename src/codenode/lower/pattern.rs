//! The patterns of `match`.

use rustpython_ast::{self as ast, Identifier, Pattern};
use rustpython_text_size::Ranged as _;

use super::Lowering;
use crate::codenode::node::Node;
use crate::codenode::value::Value;
use crate::python::op::Op;

impl Lowering<'_> {
    pub(super) fn pattern(&mut self, pattern: &Pattern) -> Node {
        let node = match pattern {
            Pattern::MatchValue(p) => Node::new(Op::MATCHVALUE, vec![self.expr(&p.value)]),
            Pattern::MatchSingleton(p) => {
                let value = match p.value {
                    ast::Singleton::None => Value::None,
                    ast::Singleton::True => Value::Bool(true),
                    ast::Singleton::False => Value::Bool(false),
                };
                Node::new(Op::MATCHVALUE, vec![Node::value(value)])
            }
            Pattern::MatchSequence(p) => Node::new(Op::MATCHSEQUENCE, self.patterns(&p.patterns)),
            Pattern::MatchMapping(p) => self.mapping(p),
            Pattern::MatchClass(p) => self.class_pattern(p),
            Pattern::MatchStar(p) => Node::new(Op::MATCHSTAR, vec![self.capture(p.name.as_ref())]),
            Pattern::MatchAs(p) => {
                let inner = match &p.pattern {
                    Some(inner) => self.pattern(inner),
                    None => Node::empty(),
                };
                let target = self.capture(p.name.as_ref());
                Node::new(Op::MATCHAS, vec![inner, target])
            }
            Pattern::MatchOr(p) => Node::new(Op::MATCHOR, self.patterns(&p.patterns)),
        };
        self.at(pattern.range(), node)
    }

    fn patterns(&mut self, patterns: &[Pattern]) -> Vec<Node> {
        patterns.iter().map(|pattern| self.pattern(pattern)).collect()
    }

    fn capture(&mut self, name: Option<&Identifier>) -> Node {
        name.map_or_else(Node::empty, |name| self.bound(name))
    }

    fn mapping(&mut self, p: &ast::PatternMatchMapping) -> Node {
        let pairs = p.keys.iter().zip(&p.patterns);
        let mut items: Vec<Node> = pairs
            .map(|(key, pattern)| {
                Node::new(Op::MATCHPAIR, vec![self.expr(key), self.pattern(pattern)])
            })
            .collect();
        if let Some(rest) = &p.rest {
            items.push(Node::new(Op::MATCHREST, vec![self.bound(rest)]));
        }
        Node::new(Op::MATCHMAPPING, items)
    }

    fn class_pattern(&mut self, p: &ast::PatternMatchClass) -> Node {
        let mut args = vec![self.expr(&p.cls)];
        args.extend(self.patterns(&p.arguments.patterns));
        for keyword in &p.arguments.keywords {
            let node = Node::new(Op::MATCHKEYWORD, vec![self.pattern(&keyword.pattern)]);
            args.push(node.with_name(Some(keyword.attr.as_str().into())));
        }
        Node::new(Op::MATCHCLASS, args)
    }
}
