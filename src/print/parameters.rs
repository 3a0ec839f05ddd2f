//! Parameters of functions, lambdas and types.

use super::printer::{Comma, Printer};
use crate::codenode::{Node, Op, Precedence};

impl Printer<'_> {
    pub(super) fn lambda(&mut self, node: &Node) {
        let (parameters, body) = (node.arg(0), node.arg(1));
        self.token("lambda");
        if !parameters.args().is_empty() {
            self.token(" ");
            self.lambda_parameters(parameters.args());
        }
        self.token(": ");
        self.brackets(|p| p.fitted_late(body, Precedence::Lambda));
    }

    /// Parameters on one line, between which there is no comma at the end.
    pub(super) fn lambda_parameters(&mut self, parameters: &[Node]) {
        for (index, parameter) in parameters.iter().enumerate() {
            if index > 0 {
                self.token(", ");
            }
            self.parameter(parameter);
        }
    }

    /// `(parameters)` of a function: all of them on one line, or one on each.
    pub(super) fn signature(&mut self, parameters: &[Node]) {
        if parameters.is_empty() {
            return self.token("()");
        }
        self.bracketed("(", ")", |p| match parameters {
            [only] if !matches!(only.op(), Op::STARPARAM | Op::DOUBLESTARPARAM) => {
                p.items(parameters, Comma::WhenBroken, Self::parameter);
            }
            _ => p.group(|p| p.items(parameters, Comma::WhenBroken, Self::parameter)),
        });
    }

    pub(super) fn parameter(&mut self, node: &Node) {
        let args = node.args();
        match node.op() {
            Op::SLASH => return self.token("/"),
            Op::STARPARAM => self.token("*"),
            Op::DOUBLESTARPARAM => self.token("**"),
            _ => {}
        }
        self.name_of(node);
        let is_annotated = node.arg(0).op() != Op::EMPTY;
        if is_annotated {
            self.token(": ");
            self.element(node.arg(0));
        }
        if let Some(default) = args.get(1).filter(|default| default.op() != Op::EMPTY) {
            self.token(if is_annotated { " = " } else { "=" });
            self.at(default, Precedence::Lambda);
        }
    }

    /// `[parameters]` of a type, if there are any.
    pub(super) fn type_parameters(&mut self, parameters: &[Node]) {
        if !parameters.is_empty() {
            self.bracketed("[", "]", |p| {
                p.items(parameters, Comma::WhenBroken, Self::type_parameter);
            });
        }
    }

    pub(super) fn type_parameter(&mut self, node: &Node) {
        let (bound, default) = match (node.op(), node.args()) {
            (Op::TYPEVAR, [bound, default]) => (Some(bound), default),
            _ => (None, node.arg(0)),
        };
        match node.op() {
            Op::TYPEVARTUPLE => self.token("*"),
            Op::PARAMSPEC => self.token("**"),
            _ => {}
        }
        self.name_of(node);
        if let Some(bound) = bound.filter(|bound| bound.op() != Op::EMPTY) {
            self.token(": ");
            self.at(bound, Precedence::Lambda);
        }
        if default.op() != Op::EMPTY {
            self.token(" = ");
            self.element(default);
        }
    }
}
