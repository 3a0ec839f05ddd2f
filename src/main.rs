//! The `uneval` command.

use uneval::cli::{self, Memory};

#[global_allocator]
static MEMORY: Memory = cli::unlimited();

fn main() -> std::process::ExitCode {
    cli::main(&MEMORY)
}
