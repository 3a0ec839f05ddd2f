//! The `uneval` command.

use uneval::cli::{self, Memory};

#[global_allocator]
static MEMORY: Memory = cli::UNLIMITED;

fn main() -> std::process::ExitCode {
    cli::main(&MEMORY)
}
