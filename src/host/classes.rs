//! The classes of the macro language: run-time values, trees, macros.

mod operators;

mod run_time_value;

mod fields;

mod walk;

mod codenode;

pub(super) mod macros;
