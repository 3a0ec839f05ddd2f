//! Trees that are evaluated at once: at the prompt there is no program for them to go into.

use rustpython_vm::compiler::Mode;
use rustpython_vm::scope::Scope;
use rustpython_vm::{PyResult, VirtualMachine};

use crate::codenode::{Node, Op, TemporaryId, captured};
use crate::host::failure::Failure;
use crate::host::objects::abort::abort;
use crate::host::objects::abort::malformed;
use crate::host::state::prompt;
use crate::print;
use crate::residual::{Uncertain, shared};

/// Evaluates a tree among the prompt's variables, and gives its value; None for statements. A
/// named node is its variable, at the root too.
pub(in crate::host) fn evaluate(vm: &VirtualMachine, tree: &Node) -> PyResult {
    run(vm, &captured(&tree.as_variable()))
}

/// Evaluates a tree with each node object that occurs several times computed once.
pub(in crate::host) fn evaluate_shared(vm: &VirtualMachine, tree: &Node) -> PyResult {
    let mut names = 0;
    let mut variable = |_: &Node| {
        names += 1;
        TemporaryId(names)
    };
    let code = match shared(&tree.as_variable(), &mut variable) {
        Ok(code) => named(&code),
        Err(Uncertain(node)) => {
            let why = "a shared node is first reached on some paths only".to_owned();
            return Err(abort(vm, Failure::NeedsStatements { why, place: node.loc() }));
        }
    };
    let result = evaluate(vm, &code);
    if let Some(globals) = prompt::with(|s| s.running.clone()) {
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
    let Some(globals) = prompt::with(|s| s.running.clone()) else {
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
    let name = prompt::with(|s| {
        s.bound += usize::from(code.holds_assignment());
        s.add_text(&text)
    });
    let code = vm.compile(&text, mode, name).map_err(|e| vm.new_syntax_error(&e, Some(&text)))?;
    vm.run_code_obj(code, Scope::with_builtins(None, globals, vm))
}
