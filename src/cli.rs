//! The command: the one floor that reads and writes files and speaks to a person.
//!
//! A verb is a struct with `run`, in a file of its own: its fields are its arguments, and it
//! gives the [`Status`](console::Status) that the process ends with. To add one, write the file
//! and give it a variant of `Verb` and an arm in `main`. Absent here: anything about Python.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "this floor is where input and output happen"
)]

mod crash;

mod console;

mod disk;

mod memory;

mod trace;

mod stack;

mod os_path;

mod inputs;

mod settings;

mod report;

mod wire;

mod pool;

mod worker;

mod expand;

mod check;

mod explain;

mod tree;

mod repl;

use std::process::ExitCode;

use clap::{ColorChoice, Parser, Subcommand};

use console::{Console, Status};
pub use memory::{Memory, unlimited};

/// Expands the compile-time macros of Python programs.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
    /// Whether findings and trees are coloured
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
}

#[derive(Subcommand)]
enum Verb {
    Expand(expand::Expand),
    Check(check::Check),
    Explain(explain::Explain),
    Tree(tree::Tree),
    Repl(repl::Repl),
    /// Expands files for another process of this command
    #[command(name = pool::process::VERB, hide = true)]
    Worker,
}

/// Runs the verb that the command line asks for.
///
/// `memory` is the program's allocator.
pub fn main(memory: &'static Memory) -> ExitCode {
    crash::keep_quiet();
    let cli = Cli::parse();
    if let Verb::Worker = cli.verb {
        return worker::main(memory);
    }
    let console = Console::new(cli.color);
    let ended = crash::catch(|| match cli.verb {
        Verb::Expand(verb) => verb.run(&console),
        Verb::Check(verb) => verb.run(&console),
        Verb::Explain(verb) => verb.run(&console),
        Verb::Tree(verb) => verb.run(&console),
        Verb::Repl(verb) => verb.run(&console),
        Verb::Worker => Ok(Status::Usage),
    });
    let status = match ended {
        Ok(Ok(status)) => status,
        Ok(Err(stop)) => console.stop(&stop),
        Err(crash) => {
            console.complain(&crash.report(None));
            Status::Internal
        }
    };
    status.into()
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_make_sense() {
        Cli::command().debug_assert();
    }
}
