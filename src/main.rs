//! The `uneval` command.

fn main() -> std::process::ExitCode {
    uneval::cli::main()
}
