//! What compile-time code does to the host as it runs, by how long that matters.
//!
//! RustPython's classes belong to their thread here, and what their slots are given is no more than
//! the VM and the operands. So what slots and the host share belongs to the thread as well: one
//! thread-local cell for each kind of state. Each kind is reset by a fresh value that takes the place of the last. That one is
//! handed out, to be dropped where Python code may run: its objects may have a `__del__`.
//!
//! | state | fresh for |
//! |---|---|
//! | [`compiled`] | each file that is asked for, with all that it imports |
//! | [`file`] | each attempt to expand a file |
//! | [`run`] | each entry into the interpreter |
//! | [`recording`] | each program that code is recorded for |
//! | [`prompt`] | each prompt |

pub(super) mod compiled;

pub(super) mod closures;

pub(super) mod file;

pub(super) mod run;

pub(super) mod recording;

pub(super) mod prompt;
