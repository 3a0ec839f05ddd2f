//! `@unroll`: the same evaluation with control flow on run-time values left in the program
//! (language.md §3).
//!
//! A call is evaluated in one of three ways, the first that does ([`call`]):
//!
//! 1. *In place*: the body's control flow is all known, and what is left of it are steps.
//! 2. *By a specialised function*: the body is evaluated once for these known arguments, with
//!    the decisions that are left as statements.
//! 3. *As it is*: the call stays a call of the plain function. By the law of language.md §1 that is
//!    always right.

mod key;

mod evaluation;

mod branches;

mod static_loop;

mod dynamic_loop;

mod exceptions;

mod pattern;

mod statements;

pub(super) mod call;
