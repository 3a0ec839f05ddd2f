//! Parameters and type parameters.

use rustpython_ast::{self as ast, Parameters};
use rustpython_text_size::Ranged as _;

use super::Lowering;
use crate::codenode::node::Node;
use crate::python::op::Op;

impl Lowering<'_> {
    pub(super) fn lambda(&mut self, e: &ast::ExprLambda) -> Node {
        let parameters = match &e.parameters {
            Some(parameters) => self.parameters(parameters),
            None => Node::new(Op::PARAMS, Vec::new()),
        };
        Node::new(Op::LAMBDA, vec![parameters, self.expr(&e.body)])
    }

    pub(super) fn parameters(&mut self, p: &Parameters) -> Node {
        let mut args: Vec<Node> = p.posonlyargs.iter().map(|a| self.parameter(a)).collect();
        if !args.is_empty() {
            args.push(Node::new(Op::SLASH, Vec::new()));
        }
        args.extend(p.args.iter().map(|a| self.parameter(a)));
        match &p.vararg {
            Some(vararg) => args.push(self.rest(Op::STARPARAM, vararg)),
            None if !p.kwonlyargs.is_empty() => {
                args.push(Node::new(Op::STARPARAM, vec![Node::empty()]));
            }
            None => {}
        }
        args.extend(p.kwonlyargs.iter().map(|a| self.parameter(a)));
        if let Some(kwarg) = &p.kwarg {
            args.push(self.rest(Op::DOUBLESTARPARAM, kwarg));
        }
        self.at(p.range, Node::new(Op::PARAMS, args))
    }

    fn parameter(&mut self, p: &ast::ParameterWithDefault) -> Node {
        let annotation = self.optional(p.parameter.annotation.as_deref());
        let default = self.optional(p.default.as_deref());
        self.named_parameter(Op::PARAM, &p.parameter, vec![annotation, default])
    }

    fn rest(&mut self, op: Op, p: &ast::Parameter) -> Node {
        let annotation = self.optional(p.annotation.as_deref());
        self.named_parameter(op, p, vec![annotation])
    }

    fn named_parameter(&mut self, op: Op, p: &ast::Parameter, args: Vec<Node>) -> Node {
        self.named(&p.name, Node::new(op, args), p.range)
    }

    pub(super) fn type_parameters(&mut self, parameters: Option<&ast::TypeParams>) -> Node {
        let all = parameters.into_iter().flat_map(|p| &p.type_params);
        let nodes = all.map(|parameter| self.type_parameter(parameter)).collect();
        Node::new(Op::PARTS, nodes)
    }

    fn type_parameter(&mut self, parameter: &ast::TypeParam) -> Node {
        let (name, node) = match parameter {
            ast::TypeParam::TypeVar(p) => {
                let bound = self.optional(p.bound.as_deref());
                let default = self.optional(p.default.as_deref());
                (&p.name, Node::new(Op::TYPEVAR, vec![bound, default]))
            }
            ast::TypeParam::TypeVarTuple(p) => {
                let default = self.optional(p.default.as_deref());
                (&p.name, Node::new(Op::TYPEVARTUPLE, vec![default]))
            }
            ast::TypeParam::ParamSpec(p) => {
                let default = self.optional(p.default.as_deref());
                (&p.name, Node::new(Op::PARAMSPEC, vec![default]))
            }
        };
        self.named(name, node, parameter.range())
    }
}
