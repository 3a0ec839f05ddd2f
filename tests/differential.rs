//! The law of language.md §1 on programs that chance writes: a macro that never unevals behaves as
//! the plain function it is written as.
//!
//! Each trial writes some programs, expands them, and runs them on `python3` as they are and
//! expanded. What they print and how they end must agree. What the tool refuses is left out, and
//! counted. A program that breaks the law is made smaller before it is shown.
//!
//! `cargo test --test differential -- --count 100000 --seed 7` runs more of them;
//! `--weight NAME=N` changes how often a form is used, and `--report` says what was refused.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "runs programs")]

mod trials;

#[path = "differential/expressions.rs"]
mod expressions;
#[path = "differential/law.rs"]
mod law;
#[path = "differential/program.rs"]
mod program;
#[path = "differential/statements.rs"]
mod statements;
#[path = "differential/units.rs"]
mod units;
#[path = "differential/writer.rs"]
mod writer;

use trials::random;

fn main() {
    trials::run::<law::Programs>()
}
