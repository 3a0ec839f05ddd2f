//! uneval: compile-time macros for Python.
//!
//! The floor plan, lowest floor first: a module uses only modules above its line. The blank lines
//! keep the order from being sorted.

// Text, and the findings about it.
pub mod source;

pub mod diagnostic;

pub mod screen;

// Python's syntax and names.
pub mod scope;

pub mod codenode;

pub mod print;

pub mod picture;

// Staging: what is left for run time, and what runs now.
pub mod residual;

pub mod staging;

// The compile-time Python, and the expansion that uses it.
pub mod host;

pub mod expand;

// The front doors.
pub mod driver;

pub mod cli;
