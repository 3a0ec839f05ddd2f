//! Trees that are evaluated at once: at the prompt there is no program for them to go into.

use rustpython_vm::compiler::Mode;
use rustpython_vm::scope::Scope;
use rustpython_vm::{PyResult, VirtualMachine};

use super::failure::Failure;
use super::lift::malformed;
use super::session;
use super::stop::stop;
use crate::codenode::{Node, Op, TemporaryId, captured};
use crate::print;
use crate::residual::{Uncertain, shared};

/// Whether code of the prompt is running, and not a macro.
pub(super) fn is_immediate() -> bool {
    session::with(|s| s.prompt.is_some())
}

/// Evaluates a tree among the prompt's variables, and gives its value; None for statements. A
/// named node is its variable, at the root too.
pub(super) fn evaluate(vm: &VirtualMachine, tree: &Node) -> PyResult {
    run(vm, &captured(&tree.as_variable()))
}

/// Evaluates a tree with each node object that occurs several times computed once.
pub(super) fn evaluate_shared(vm: &VirtualMachine, tree: &Node) -> PyResult {
    let mut names = 0;
    let mut variable = |_: &Node| {
        names += 1;
        TemporaryId(names)
    };
    let code = match shared(&tree.as_variable(), &mut variable) {
        Ok(code) => named(&code),
        Err(Uncertain(node)) => {
            let why = "a shared node is first reached on some paths only".to_owned();
            return Err(stop(vm, Failure::NeedsStatements { why, place: node.loc() }));
        }
    };
    let result = evaluate(vm, &code);
    if let Some(globals) = session::with(|s| s.prompt.clone()) {
        for number in 1..=names {
            // If evaluation was broken off, it may not have come to this one.
            let _ = globals.del_item(&*shared_name(TemporaryId(number)), vm);
        }
    }
    result
}

/// The code with names for its temporaries.
fn named(code: &Node) -> Node {
    match code.temporary_id() {
        Some(id) => Node::var(shared_name(id), code.origin()),
        None => code.map_args(named),
    }
}

fn shared_name(id: TemporaryId) -> String {
    format!("__uneval_shared_{}__", id.0)
}

fn run(vm: &VirtualMachine, code: &Node) -> PyResult {
    let Some(globals) = session::with(|s| s.prompt.clone()) else {
        return Err(vm.new_runtime_error("there is no prompt"));
    };
    let mode = match code.is_expression() {
        true => Mode::Eval,
        false if code.is_statement() || code.op() == Op::BLOCK => Mode::Exec,
        false => return Err(malformed(vm, format!("{} is no expression by itself", code.op()))),
    };
    let text = match mode {
        Mode::Eval => print::expression(code, print::Style::default()),
        _ => print::program(code),
    };
    let name = session::with(|s| {
        s.bound += usize::from(code.holds_assignment());
        s.remember_text(&text)
    });
    let code = vm.compile(&text, mode, name).map_err(|e| vm.new_syntax_error(&e, Some(&text)))?;
    vm.run_code_obj(code, Scope::with_builtins(None, globals, vm))
}
