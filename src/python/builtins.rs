//! Python's builtins: what each is, when a call of it runs, and what that may do.

mod rows;

use rows::{EXCEPTIONS, ROWS};

/// A builtin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Builtin {
    pub name: &'static str,
    pub kind: BuiltinKind,
    pub time: BindingTime,
    /// What a call of it may do.
    pub effect: CallEffect,
    /// Whether a call has gone through all that its argument gives before it returns.
    pub exhausts: bool,
    /// What it reads of the frame that it is called in.
    frame: Option<FrameRead>,
    /// What it does with the attribute of its first argument that its second one names.
    pub attribute: Option<AttributeUse>,
}

/// What a builtin is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BuiltinKind {
    Function,
    /// A class whose objects can't be changed and hold no others: a number, a text.
    Scalar,
    /// Any other class.
    Class,
    Exception,
    Constant,
}

/// When a call of a builtin runs (language.md §3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BindingTime {
    /// At compile time if this much of its arguments is known, at run time otherwise.
    Known(Need),
    /// At run time: it has an effect or asks the outside world.
    RunTime,
    /// At compile time in `@comptime` code, at run time in a macro: it makes code and runs it.
    Code,
    /// At compile time: it is about the frame or class of the compile-time code that it stands in,
    /// or is more than something to call.
    Now,
}

/// What a builtin has to know of its arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// What each is, but not what a container holds: that is handed on, or meets the operators.
    Each,
    /// What they hold, too.
    All,
    /// What iterating over them gives: of a dict the keys, which are known.
    Elements,
    /// What the first is: others are handed on.
    First,
    /// What the first two are.
    FirstTwo,
    /// What the positional ones are.
    Positional,
    /// The class of the first only, and what the others are.
    Class,
    /// What it is and holds, and that its hash is the same in each process, and on each Python.
    Hashed,
    /// What each is, and that no sum of floats is rounded: since 3.12 what is rounded off is summed as well.
    Summands,
}

/// What a builtin does with an attribute whose name it is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AttributeUse {
    Read,
    /// It tells whether there is one.
    Test,
    Assign,
    Delete,
}

impl AttributeUse {
    /// Whether the object has other attributes after it.
    pub(crate) fn changes(self) -> bool {
        match self {
            AttributeUse::Read | AttributeUse::Test => false,
            AttributeUse::Assign | AttributeUse::Delete => true,
        }
    }
}

/// What a call of a builtin may do, the methods of its arguments aside that count as operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CallEffect {
    /// Gives a number, a text or the like, and changes nothing.
    Measures,
    /// Likewise if its arguments can't be changed; otherwise it may use up an iterator.
    Reduces,
    /// Makes a new object of its arguments, and may use up an iterator.
    Collects,
    /// Changes no object, but the world.
    Speaks,
    /// Anything may happen.
    Anything,
}

impl CallEffect {
    /// Whether an object may be another when the call is over.
    pub(crate) fn changes_objects(self) -> bool {
        match self {
            CallEffect::Measures | CallEffect::Reduces | CallEffect::Speaks => false,
            CallEffect::Collects | CallEffect::Anything => true,
        }
    }

    /// Whether nobody can tell that the call was made, but by what an iterator has left.
    pub(crate) fn only_computes(self) -> bool {
        match self {
            CallEffect::Measures | CallEffect::Reduces | CallEffect::Collects => true,
            CallEffect::Speaks | CallEffect::Anything => false,
        }
    }
}

/// What a builtin reads of the frame that it is called in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FrameRead {
    /// The names of its variables.
    Names,
    /// Its variables, in a form by which those of a module can be assigned.
    Variables,
    /// Whatever the code reads that it runs there.
    Code,
    /// The variables of its module, which it may assign.
    Module,
    /// The class that its function is a method of, and the first argument.
    Method,
}

impl FrameRead {
    /// Whether variables may be assigned through it whose names nobody sees.
    pub(crate) fn may_assign(self) -> bool {
        match self {
            FrameRead::Variables | FrameRead::Code | FrameRead::Module => true,
            FrameRead::Names | FrameRead::Method => false,
        }
    }

    /// Whether it would be another frame's in a function of its own.
    pub(crate) fn is_of_function(self) -> bool {
        match self {
            FrameRead::Names | FrameRead::Variables | FrameRead::Code | FrameRead::Method => true,
            FrameRead::Module => false,
        }
    }
}

impl Builtin {
    /// Whether a macro leaves its calls for run time, whatever their arguments are.
    pub(crate) fn is_of_run_time(self) -> bool {
        matches!(self.time, BindingTime::RunTime | BindingTime::Code)
    }

    const fn reading(self, frame: FrameRead) -> Builtin {
        Builtin { frame: Some(frame), ..self }
    }

    const fn exhausting(self) -> Builtin {
        Builtin { exhausts: true, ..self }
    }

    const fn naming(self, attribute: AttributeUse) -> Builtin {
        Builtin { attribute: Some(attribute), ..self }
    }

    /// Whether a module may get names by a use of it that can't be seen in its text.
    pub(crate) fn may_add_names(self) -> bool {
        self.attribute == Some(AttributeUse::Assign)
            || self.frame.is_some_and(FrameRead::may_assign)
    }

    /// What a use reads of the frame: `vars(x)`, with an argument, reads `x` instead.
    pub(crate) fn frame(self, used: Usage) -> Option<FrameRead> {
        match (self.time, used) {
            (BindingTime::Known(_), Usage::WithArguments) => None,
            _ => self.frame,
        }
    }
}

/// How a builtin is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Usage {
    /// It is called with arguments.
    WithArguments,
    /// It is called without, or handed on to whatever calls it.
    Bare,
}

/// The builtin called `name`, if there is one.
pub(crate) fn builtin(name: &str) -> Option<Builtin> {
    match ROWS.binary_search_by_key(&name, |row| row.name) {
        Ok(index) => ROWS.get(index).copied(),
        Err(_) => {
            let index = EXCEPTIONS.binary_search(&name).ok()?;
            let name = EXCEPTIONS.get(index)?;
            Some(row(name, BuiltinKind::Exception, BindingTime::Now, CallEffect::Anything))
        }
    }
}

const fn row(
    name: &'static str,
    kind: BuiltinKind,
    time: BindingTime,
    effect: CallEffect,
) -> Builtin {
    Builtin { name, kind, time, effect, exhausts: false, frame: None, attribute: None }
}

#[cfg(test)]
mod tests;
