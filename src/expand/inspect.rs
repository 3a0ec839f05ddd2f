//! Questions about a file that change nothing in it.

pub(crate) mod macro_calls;

pub(crate) mod tree;

pub(crate) use self::macro_calls::MacroCall;
