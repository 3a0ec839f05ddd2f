//! The law of language.md §1 on projects that chance writes: packages whose modules import each
//! other's macros, functions and numbers in every way, and do things when they are imported.
//!
//! Each trial writes some projects, expands each as one run, and runs its entries on `python3` as
//! they are and expanded. What they print, the order of what imports do included, must agree. What
//! the tool refuses is left out, and counted. A project that breaks the law is made smaller before
//! it is shown.
//!
//! `cargo test --test projects -- --count 10000 --seed 7` runs more of them; `--weight
//! NAME=N` says how many of a hundred projects have a habit (`Habit`), `--report` what was refused.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "runs programs")]

mod trials;

#[path = "projects/project.rs"]
mod project;

#[path = "projects/values.rs"]
mod values;

#[path = "projects/imports.rs"]
mod imports;

#[path = "projects/definitions.rs"]
mod definitions;

#[path = "projects/write.rs"]
mod write;

#[path = "projects/law.rs"]
mod law;

use trials::random;

fn main() {
    trials::run::<law::Projects>()
}
