//! uneval: compile-time macros for Python.
//!
//! The floor plan, lowest floor first: a module uses only modules above its line.

// Text, and the findings about it.
pub mod source;

// Python's syntax.
pub mod codenode;
pub mod print;
