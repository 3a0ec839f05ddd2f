//! Quotations: a template with values at its holes becomes a tree.
//!
//! A variable that only quoted code binds is one in all quotations of one run of the function in
//! which they stand, as it is one in its scope; those of scopes that are quoted as a whole are new
//! each time.

use rustpython_vm::builtins::PyStr;
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{AsObject as _, PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::codenode::{Name, Node, Op, Origin, check, naming_hole};
use crate::host::hooks::simplify::simplified;
use crate::host::objects::abort::malformed;
use crate::host::objects::constants::index;
use crate::host::objects::payload::{PyCodenode, PyDynamic};
use crate::host::recording::lift::{Taking, lift};
use crate::host::recording::record::record;
use crate::host::recording::statements::{sequence, statements};
use crate::host::state::compiled;
use crate::host::state::file;
use crate::host::state::run::{self, BoundParameter};
use crate::residual::Reason;
use crate::staging::{Branches, Hole, Template};

/// `uneval(code)` and `with quote as tree:`: the number of the template, then its holes' values.
pub(in crate::host) fn quote(args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let template = template(&args, vm)?;
    let mut numbers = vec![file::quotation_number()];
    for run in args.args.get(1).and_then(|runs| sequence(runs)).unwrap_or_default() {
        numbers.push(match vm.is_none(&run) {
            true => run::with(|s| s.activations.last().map_or(0, |a| a.number)),
            false => run.try_into_value(vm)?,
        });
    }
    let tree = filled(vm, &template, args.args.get(2..).unwrap_or_default(), &numbers)?;
    let tree = match tree.args() {
        [statement] if tree.op() == Op::BLOCK => statement.clone(),
        _ => tree,
    };
    Ok(PyCodenode::new_object(vm, tree))
}

/// Code that stays in the program, with the values of the macro's variables in it.
pub(in crate::host) fn code(args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let template = template(&args, vm)?;
    let mut values = Vec::with_capacity(template.holes.len());
    for value in args.args.iter().skip(1) {
        values.push(Filling::Tree(lift(vm, value, Taking::Refer)?));
    }
    let numbers = vec![file::quotation_number()];
    record(vm, Fill { vm, values, numbers: &numbers }.node(&template.code)?, Reason::Operation)
}

/// The number of a run of a function that quotes.
pub(in crate::host) fn run(vm: &VirtualMachine) -> PyObjectRef {
    vm.ctx.new_int(file::quotation_number()).into()
}

fn template(args: &FuncArgs, vm: &VirtualMachine) -> PyResult<Template> {
    let template = compiled::with(|s| s.tables.templates.get(index(args, 0)).cloned());
    template.ok_or_else(|| vm.new_value_error("no such quotation"))
}

/// What goes into a hole.
enum Filling {
    Tree(Node),
    /// A BLOCK, in place of a statement.
    Statements(Node),
    /// Several, in place of `*trees`.
    Spread(Vec<Node>),
}

fn filled(
    vm: &VirtualMachine,
    template: &Template,
    values: &[PyObjectRef],
    numbers: &[u32],
) -> PyResult<Node> {
    let mut fillings = Vec::with_capacity(template.holes.len());
    for (hole, value) in template.holes.iter().zip(values) {
        fillings.push(filling(vm, hole, value, numbers)?);
    }
    Fill { vm, values: fillings, numbers }.node(&template.code)
}

fn filling(
    vm: &VirtualMachine,
    hole: &Hole,
    value: &PyObject,
    numbers: &[u32],
) -> PyResult<Filling> {
    Ok(match hole {
        Hole::Parameter(name, branches) => {
            Filling::Tree(parameter_tree(vm, name, *branches, value)?)
        }
        Hole::Value => Filling::Tree(lift(vm, value, Taking::Move)?),
        Hole::Target(name) => Filling::Tree(target(vm, name, value)?),
        Hole::Spread => match sequence(value) {
            Some(items) => {
                let items = items.iter().map(|item| lift(vm, item, Taking::Move));
                Filling::Spread(items.collect::<PyResult<Vec<_>>>()?)
            }
            None => Filling::Tree(lift(vm, value, Taking::Move)?),
        },
        Hole::Statements(Some(name)) if sequence(value).is_none() => {
            let tree = parameter_tree(vm, name, Branches::Cut, value)?;
            Filling::Statements(Node::block(vec![tree]))
        }
        Hole::Statements(_) => Filling::Statements(statements(vm, value)?),
        Hole::Rounds(template) => {
            Filling::Statements(Node::block(each(vm, template, value, numbers)?))
        }
        Hole::Elements(template) => Filling::Spread(each(vm, template, value, numbers)?),
        Hole::Choice(templates) => {
            let parts = sequence(value).unwrap_or_default();
            let chosen = match parts.first() {
                Some(number) => number.clone().try_into_value::<usize>(vm)?,
                None => 0,
            };
            let values = parts.get(1).and_then(|values| sequence(values)).unwrap_or_default();
            let empty = Template::default();
            let template = templates.get(chosen).unwrap_or(&empty);
            Filling::Statements(filled(vm, template, &values, numbers)?)
        }
    })
}

/// The template with each of the tuples of values.
fn each(
    vm: &VirtualMachine,
    template: &Template,
    rounds: &PyObject,
    numbers: &[u32],
) -> PyResult<Vec<Node>> {
    let mut all = Vec::new();
    for round in sequence(rounds).unwrap_or_default() {
        let values = sequence(&round).unwrap_or_default();
        all.push(filled(vm, template, &values, numbers)?);
    }
    Ok(all)
}

/// What quoted code binds where a variable of the macro stands.
fn target(vm: &VirtualMachine, name: &Name, value: &PyObject) -> PyResult<Node> {
    // What is known of a variable's value doesn't matter where the variable is assigned.
    if bound(name, value).is_some_and(|bound| bound.followed.is_some()) {
        return Ok(parameter_tree(vm, name, Branches::Cut, value)?.as_variable());
    }
    let Some(text) = value.downcast_ref::<PyStr>() else {
        let tree = lift(vm, value, Taking::Move)?;
        // What is assigned is the place that the value came from.
        return Ok(if tree.is_definition() { tree.with_name(None) } else { tree });
    };
    let name = text.as_wtf8().to_string_lossy();
    let node = Node::var(&*name, Origin::Here);
    check(&node).map_err(|why| malformed(vm, why.message))?;
    Ok(node)
}

/// The parameter of that name which was bound to `value`.
fn bound(name: &Name, value: &PyObject) -> Option<BoundParameter> {
    run::with(|s| {
        let mut arguments = s.activations.iter().rev().flat_map(|a| &a.arguments);
        arguments.find(|bound| bound.parameter == *name && bound.value.is(value)).cloned()
    })
}

/// The tree of a parameter that was bound to `value`: as the argument was written, where it was,
/// its variables followed to their definitions.
fn parameter_tree(
    vm: &VirtualMachine,
    name: &Name,
    branches: Branches,
    value: &PyObject,
) -> PyResult<Node> {
    let Some(BoundParameter { code, followed, .. }) = bound(name, value) else {
        return lift(vm, value, Taking::Move);
    };
    let tree = followed.map(|followed| match branches {
        Branches::Cut => followed.tree,
        Branches::Followed => followed.branches,
    });
    if value.downcastable::<PyDynamic>() {
        let moved = lift(vm, value, Taking::Move)?;
        // It may be of an outer macro's making.
        return Ok(tree.filter(|_| moved.is(&code)).unwrap_or(moved));
    }
    Ok(tree.unwrap_or(code))
}

struct Fill<'a> {
    vm: &'a VirtualMachine,
    values: Vec<Filling>,
    /// What the quotations' numbers in the template are for this one.
    numbers: &'a [u32],
}

impl Fill<'_> {
    /// The template with the fillings at its holes; what is in them is left alone.
    fn node(&self, code: &Node) -> PyResult<Node> {
        if let Some(hole) = code.temporary_id() {
            return match self.values.get(hole.0 as usize) {
                Some(Filling::Tree(tree) | Filling::Statements(tree)) => Ok(tree.clone()),
                Some(Filling::Spread(trees)) => Ok(Node::new(Op::LIST, trees.clone())),
                None => Ok(code.clone()),
            };
        }
        let mut args = Vec::with_capacity(code.args().len());
        let mut touched = false;
        for arg in code.args() {
            match self.several(arg) {
                Some(trees) => {
                    touched = true;
                    args.extend(trees);
                }
                None => {
                    let new = self.node(arg)?;
                    touched |= !new.is(arg);
                    args.push(new);
                }
            }
        }
        let node = if touched { rebuilt(code, args) } else { code.clone() };
        let node = self.named(node, code)?;
        if touched && let Err(why) = check(&node) {
            return Err(malformed(self.vm, why.message));
        }
        Ok(if touched { simplified(node) } else { node })
    }

    /// What stands in place of an argument that several trees replace.
    fn several(&self, arg: &Node) -> Option<Vec<Node>> {
        let hole = arg.args().first()?.temporary_id()?;
        match (arg.op(), self.values.get(hole.0 as usize)?) {
            (Op::STAR, Filling::Spread(trees)) => Some(trees.clone()),
            (Op::EXPR, Filling::Statements(block)) => Some(vec![block.clone()]),
            _ => None,
        }
    }

    /// The node with its own name: the hole's, or that of this quotation.
    fn named(&self, node: Node, code: &Node) -> PyResult<Node> {
        if let Some(hole) = naming_hole(code) {
            return match self.values.get(hole.0 as usize) {
                Some(Filling::Tree(tree)) if tree.op() == Op::VAR || tree.is_definition() => {
                    Ok(node.with_name(tree.name().cloned()).with_origin(tree.origin()))
                }
                _ => Err(malformed(self.vm, format!("{} needs a name here", code.op()))),
            };
        }
        Ok(match code.origin() {
            Origin::Quote(number) => {
                let number = self.numbers.get(number as usize).or(self.numbers.first());
                node.with_origin(Origin::Quote(number.copied().unwrap_or_default()))
            }
            _ => node,
        })
    }
}

fn rebuilt(code: &Node, mut args: Vec<Node>) -> Node {
    if let (Op::FIELD, [_, format]) = (code.op(), args.as_mut_slice())
        && format.op() == Op::VALUE
    {
        // An f-string of text only, which became a text.
        *format = Node::new(Op::FSTRING, vec![format.clone()]);
    }
    match code.op() {
        Op::BLOCK => code.with_statements(args),
        _ => code.with_args(args).with_docstring(),
    }
}
