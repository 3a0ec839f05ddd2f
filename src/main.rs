//! The `uneval` command.

#![forbid(unsafe_code)]

use uneval::command::{self, Memory};

#[global_allocator]
static MEMORY: Memory = command::unlimited();

fn main() -> std::process::ExitCode {
    command::main(&MEMORY)
}
