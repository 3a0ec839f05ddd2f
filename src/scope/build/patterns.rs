//! The walk through the patterns of `match`: values are looked up, captures bind.

use rustpython_ast::{Identifier, Pattern};

use super::Builder;
use crate::scope::binding::BindingKind;

impl Builder {
    /// Walks a pattern, in the order in which it is tried.
    pub(super) fn pattern(&mut self, pattern: &Pattern) {
        match pattern {
            Pattern::MatchValue(value) => self.expr(&value.value),
            Pattern::MatchSingleton(_) => {}
            Pattern::MatchSequence(sequence) => self.patterns(&sequence.patterns),
            Pattern::MatchMapping(mapping) => {
                self.exprs(&mapping.keys);
                self.patterns(&mapping.patterns);
                self.capture(mapping.rest.as_ref());
            }
            Pattern::MatchClass(class) => {
                self.expr(&class.cls);
                self.patterns(&class.arguments.patterns);
                for keyword in &class.arguments.keywords {
                    self.identifier(&keyword.attr.id);
                    self.pattern(&keyword.pattern);
                }
            }
            Pattern::MatchStar(star) => self.capture(star.name.as_ref()),
            Pattern::MatchAs(capture) => {
                if let Some(inner) = &capture.pattern {
                    self.pattern(inner);
                }
                self.capture(capture.name.as_ref());
            }
            Pattern::MatchOr(or) => self.patterns(&or.patterns),
        }
    }

    fn patterns(&mut self, patterns: &[Pattern]) {
        for pattern in patterns {
            self.pattern(pattern);
        }
    }

    fn capture(&mut self, name: Option<&Identifier>) {
        if let Some(name) = name {
            self.bind_identifier(name, BindingKind::Match);
        }
    }
}
