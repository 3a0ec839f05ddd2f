//! uneval: compile-time macros for Python.
//!
//! A [`Driver`] takes the sources of a program and gives back each expanded, or findings.
//!
//! The floor plan, lowest floor first: a module uses only modules above its line. The blank lines
//! keep the order from being sorted. What is public stands below it.

#![forbid(unsafe_code)]
#![cfg_attr(not(test), deny(clippy::indexing_slicing, clippy::string_slice))]
#![warn(unreachable_pub)]

// Text, and the findings about it.
mod source;

mod diagnostic;

mod screen;

// Python's concepts, syntax and names.
mod python;

mod syntax;

mod scope;

mod codenode;

mod print;

mod picture;

// Staging: what is left for run time, and what runs now.
mod residual;

mod staging;

// The compile-time Python, and the expansion that uses it.
mod host;

#[allow(clippy::indexing_slicing, clippy::string_slice, reason = "a debt")]
mod expand;

// The front doors.
mod driver;

mod cli;

pub use diagnostic::render::{Colouring, render};
pub use diagnostic::{Code, Finding, Label, Level, Levels, Severity};
pub use driver::{
    Driver, Files, Installed, NoTree, Options, Outcome, PythonVersion, RunFiles, Spot,
};
pub use host::Limits;
pub use source::edit::Edits;
pub use source::{DecodeError, EncodeError, Encoding, FileId, LineColumn, Source, Sources};

/// Trees of code: from a syntax tree, from and to JSON, printed and drawn.
pub mod tree {
    pub use crate::codenode::{
        Field, FieldKind, Malformed, Naming, Node, Op, Origin, Place, Plain, Shape, Value, check,
        constant_repr, from_json, lower_body, repr, to_json,
    };

    pub use crate::syntax::Layout;

    /// Trees as Python.
    pub mod print {
        pub use crate::print::{Style, expression, module, program};
    }

    /// Trees as pictures.
    pub mod picture {
        pub use crate::picture::{Ink, Titled, dot, svg, text};
    }
}

/// The command.
pub mod command {
    pub use crate::cli::{Memory, main, unlimited};
}
