//! The `uneval` command.

use uneval::command::{self, Memory};

#[global_allocator]
static MEMORY: Memory = command::unlimited();

fn main() -> std::process::ExitCode {
    command::main(&MEMORY)
}
