//! The arguments of a call site, as the body of a macro sees them: constants as their values, all else
//! as steps of the residual program.

use rustpython_vm::builtins::PyBaseExceptionRef;
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{AsObject as _, PyObjectRef, PyResult, VirtualMachine};

use super::static_value::StaticValue;
use crate::codenode::{Name, Node, Op};
use crate::host::failure::{Failure, Mismatch};
use crate::host::objects::abort::{abort, text};
use crate::host::objects::constant_expression::{Constants, constant_value, followed_value};
use crate::host::objects::definition::MacroInfo;
use crate::host::objects::payload::PyDynamic;
use crate::host::state::recording;
use crate::host::state::run::{Activation, BoundParameter, Followed};
use crate::residual::{Presence, Reason, Step};

/// An argument of a call: its code, and its name if it is a keyword's.
#[derive(Clone, Debug)]
pub(crate) struct Argument {
    pub code: Node,
    pub keyword: Option<Name>,
    pub followed: Option<Followed>,
    /// The parts of it that are compile-time constants, with their values.
    pub constants: Vec<(Node, StaticValue)>,
}

impl Argument {
    /// A positional argument.
    pub(crate) fn new(code: Node) -> Argument {
        Argument { code, keyword: None, followed: None, constants: Vec::new() }
    }

    /// Whether it is a display whose shape is known, and something in it isn't.
    pub(super) fn is_open_display(&self) -> bool {
        let constants = self.constants();
        !constants.make_constant(&self.code) && has_shape(&self.code, &constants)
    }

    fn constants(&self) -> Constants {
        let parts = self.constants.iter();
        Constants::new(parts.map(|(part, value)| (part.address(), value.object())))
    }
}

/// How a display is bound in which something is known only at run time.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Displays {
    /// As one run-time value.
    Whole,
    /// As a container of compile time that holds run-time values.
    ByElement,
}

/// Binds the arguments of a call site to what the macro's body will see.
pub(super) fn bind(
    vm: &VirtualMachine,
    info: &MacroInfo,
    arguments: &[Argument],
    displays: Displays,
) -> PyResult<(FuncArgs, Activation)> {
    let mut args = FuncArgs::default();
    let mut bound = Vec::new();
    for (index, argument) in arguments.iter().enumerate() {
        let parameter = info.parameter(args.args.len(), argument.keyword.as_ref());
        let is_unevaled = parameter.is_some_and(|p| info.unevaled.contains(p));
        let constants = argument.constants();
        let steps = ArgumentSteps { vm, index, parameter, is_unevaled, constants };
        let value = steps.value(argument, displays);
        if let Some(parameter) = parameter {
            bound.push(BoundParameter {
                parameter: parameter.clone(),
                value: value.clone(),
                code: argument.code.clone(),
                followed: argument.followed.clone(),
            });
        }
        match &argument.keyword {
            Some(keyword) if args.kwargs.contains_key(&**keyword) => {
                let message = format!("keyword argument repeated: {keyword}");
                let mismatch = Mismatch::Other;
                return Err(abort(vm, Failure::BadArguments { message, mismatch }));
            }
            Some(keyword) => {
                args.kwargs.insert(keyword.to_string(), value);
            }
            None => args.args.push(value),
        }
    }
    Ok((args, Activation { arguments: bound, ..Activation::default() }))
}

/// The steps that one argument becomes.
struct ArgumentSteps<'a> {
    vm: &'a VirtualMachine,
    index: usize,
    parameter: Option<&'a Name>,
    is_unevaled: bool,
    constants: Constants,
}

impl ArgumentSteps<'_> {
    fn value(&self, argument: &Argument, displays: Displays) -> PyObjectRef {
        self.constant(&argument.code)
            .or_else(|| followed_value(self.vm, &argument.followed.as_ref()?.tree, &self.constants))
            .or_else(|| match displays {
                Displays::ByElement if !self.is_unevaled => self.by_element(&argument.code),
                _ => None,
            })
            .unwrap_or_else(|| self.step(&argument.code))
    }

    fn constant(&self, code: &Node) -> Option<PyObjectRef> {
        constant_value(self.vm, code, &self.constants)
    }

    fn step(&self, code: &Node) -> PyObjectRef {
        let step = Step {
            code: code.clone(),
            reason: Reason::Argument(self.index),
            presence: if self.is_unevaled { Presence::OnDemand } else { Presence::Pinned },
            loc: code.loc(),
            hint: self.parameter.cloned(),
        };
        PyDynamic::new_object(self.vm, recording::with(|s| s.residual.push(step)))
    }

    /// The container that a display with run-time elements is, if its shape is known.
    fn by_element(&self, code: &Node) -> Option<PyObjectRef> {
        if !has_shape(code, &self.constants) {
            return None;
        }
        if code.op() == Op::DICT {
            let dict = self.vm.ctx.new_dict();
            for pair in code.args() {
                let [key, value] = pair.args() else { return None };
                let key = self.constant(key)?;
                dict.set_item(&*key, self.element(value), self.vm).ok()?;
            }
            return Some(dict.into());
        }
        let elements = code.args().iter().map(|element| self.element(element)).collect();
        Some(match code.op() {
            Op::LIST => self.vm.ctx.new_list(elements).into(),
            _ => self.vm.ctx.new_tuple(elements).into(),
        })
    }

    fn element(&self, code: &Node) -> PyObjectRef {
        self.constant(code).or_else(|| self.by_element(code)).unwrap_or_else(|| self.step(code))
    }
}

/// Whether the code is a display of a list or tuple without stars, or of a dict with known keys.
fn has_shape(code: &Node, constants: &Constants) -> bool {
    let mut parts = code.args().iter();
    code.name().is_none()
        && match code.op() {
            Op::LIST | Op::TUPLE => parts.all(|part| part.op() != Op::STAR),
            Op::DICT => parts.all(|part| {
                part.op() == Op::PAIR
                    && part.args().first().is_some_and(|key| constants.make_constant(key))
            }),
            _ => false,
        }
}

/// What is wrong with the arguments of a call, if they don't bind.
pub(super) fn mismatch(info: &MacroInfo, args: &FuncArgs) -> Mismatch {
    match info.vararg.is_none() && args.args.len() > info.positional.len() {
        true => Mismatch::TooManyPositional,
        false => Mismatch::Other,
    }
}

/// A `TypeError` that comes before the body began is about the arguments.
pub(super) fn binding_error(
    vm: &VirtualMachine,
    exception: PyBaseExceptionRef,
    mismatch: Mismatch,
) -> PyBaseExceptionRef {
    let before_body = exception.__traceback__().is_none();
    if before_body && exception.class().is(vm.ctx.exceptions.type_error) {
        let message = text(vm, &exception).unwrap_or_default();
        abort(vm, Failure::BadArguments { message, mismatch });
    }
    exception
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codenode::{Plain, lower};
    use crate::source::FileId;

    #[track_caller]
    fn check(code: &str, expected: bool) {
        let parsed = rustpython_parser::parse_expression(code).map(|parsed| parsed.into_syntax());
        let node = parsed.map(|parsed| lower(&parsed.body, FileId(0), code, &mut Plain));
        let argument = node.map(Argument::new);
        assert_eq!(argument.is_ok_and(|argument| argument.is_open_display()), expected, "{code}");
    }

    #[test]
    fn the_shape_of_a_display_is_known() {
        check("[x, 1]", true);
        check("(x, [y])", true);
        check("{'a': x}", true);
        check("[1, 2]", false);
        check("[x, *y]", false);
        check("{x: 1}", false);
        check("{'a': x, **y}", false);
        check("{x, y}", false);
        check("f(x)", false);
    }
}
