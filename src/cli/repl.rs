//! `uneval repl`: a Python prompt with macros, and scripts that run as if they were typed there.

mod session;

mod engine;

mod script;

mod editing;

mod highlight;

mod completer;

mod terminal;

use std::fs;
use std::io::{self, IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};
use std::thread::{self, Builder};

use clap::Args;
use clap::builder::RangedU64ValueParser;

use self::engine::Engine;
use self::session::SessionSetup;
use self::terminal::History;
use super::console::{Console, Status, Stop};
use super::crash;
use crate::driver::{Options, Trace};
use crate::host::Limits;

/// The stack of the terminal's thread: only reserved.
const STACK: usize = 1 << 28;

/// Start a Python prompt with macros
#[derive(Args)]
pub struct Repl {
    /// A script to run; `-` is standard input [default: a prompt, or standard input if that is no
    /// terminal]
    #[arg(value_name = "FILE")]
    script: Option<PathBuf>,
    /// Code to run
    #[arg(short, value_name = "CODE", conflicts_with = "script")]
    code: Option<String>,
    /// Find modules below this folder too (may be given several times)
    #[arg(long = "root", value_name = "DIR")]
    roots: Vec<PathBuf>,
    /// Keep no history
    #[arg(long)]
    no_history: bool,
    /// How many steps compile-time code may take
    #[arg(long, value_name = "N", default_value_t = Limits::default().steps)]
    max_steps: u64,
    /// How deep code may recurse
    #[arg(long, value_name = "N", default_value_t = Limits::default().recursion)]
    #[arg(value_parser = RangedU64ValueParser::<usize>::new().range(100..=1_000_000))]
    max_recursion: usize,
}

impl Repl {
    /// Runs a script, or a prompt until it is left.
    pub fn run(self, console: &Console) -> Result<Status, Stop> {
        if let Some(root) = self.roots.iter().find(|root| !root.is_dir()) {
            return Err(Stop::Usage(format!("--root {}: there is no such folder", root.display())));
        }
        let here = PathBuf::new();
        if let Some(code) = &self.code {
            let engine = self.engine(here, console)?;
            return script::run(engine, "<string>".to_owned(), code.clone().into(), console);
        }
        match &self.script {
            Some(path) if path.as_os_str() != "-" => {
                let code = fs::read(path).map_err(|why| {
                    Stop::Failure(format!("{} can't be read: {why}", path.display()))
                })?;
                let folder = path.parent().unwrap_or(Path::new("")).to_owned();
                let name = path.display().to_string();
                script::run(self.engine(folder, console)?, name, code, console)
            }
            None if io::stdin().is_terminal() => {
                let history = if self.no_history { History::Dropped } else { History::Kept };
                let engine = self.engine(here, console)?;
                // Code is read there too, however deep it is nested.
                let run = || crash::catch(|| terminal::run(engine, history, console));
                let ended = thread::scope(|scope| {
                    let thread = Builder::new().stack_size(STACK).spawn_scoped(scope, run)?;
                    thread.join().map_err(|_| io::Error::other("the session's thread died"))
                });
                match ended.map_err(|why| Stop::Failure(why.to_string()))? {
                    Ok(ended) => ended,
                    Err(crash) => {
                        console.complain(&crash.report(None));
                        Ok(Status::Internal)
                    }
                }
            }
            _ => {
                let mut code = Vec::new();
                io::stdin()
                    .read_to_end(&mut code)
                    .map_err(|why| Stop::Failure(format!("can't read standard input: {why}")))?;
                script::run(self.engine(here, console)?, "<stdin>".to_owned(), code, console)
            }
        }
    }

    fn engine(&self, folder: PathBuf, console: &Console) -> Result<Engine, Stop> {
        let (steps, recursion) = (self.max_steps, self.max_recursion);
        let limits = Limits { steps, recursion, ..Limits::default() };
        let (roots, trace) = (self.roots.clone(), Trace::On);
        let options = Options { roots, limits, trace, ..Options::default() };
        Engine::start(SessionSetup { options, folder, style: console.style() })
            .map_err(Stop::Failure)
    }
}
