//! `uneval repl`: a Python prompt with macros, and scripts that run as if they were typed there.

mod session;

mod engine;

mod script;

mod editing;

mod highlight;

mod completer;

mod terminal;

use std::env;
use std::fs;
use std::io::{self, IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};
use std::thread::{self, Builder};

use clap::Args;

use self::engine::Engine;
use self::session::SessionSetup;
use self::terminal::History;
use super::console::{Console, Status, Stop};
use super::crash;
use super::disk::absolute;
use super::inputs::is_stdin;
use super::settings::{Settings, WorkerLimits};
use crate::driver::{Options, Trace};

/// The stack of the terminal's thread: only reserved.
const STACK: usize = 1 << 28;

/// Start a Python prompt with macros
#[derive(Args)]
pub(crate) struct Repl {
    /// A script to run; `-` is standard input [default: a prompt, or standard input if that is no
    /// terminal]
    #[arg(value_name = "FILE")]
    script: Option<PathBuf>,
    /// Code to run
    #[arg(short, value_name = "CODE", conflicts_with = "script")]
    code: Option<String>,
    /// Keep no history
    #[arg(long)]
    no_history: bool,
    #[command(flatten)]
    settings: Settings,
}

impl Repl {
    /// Runs a script, or a prompt until it is left.
    pub(crate) fn run(mut self, console: &Console) -> Result<Status, Stop> {
        let input = self.script.clone().unwrap_or_else(|| ".".into());
        self.settings = self.settings.with_project(WorkerLimits::default(), &[input])?;
        let here = env::current_dir().unwrap_or_default();
        if let Some(code) = &self.code {
            let engine = self.engine(here, console)?;
            return script::run(engine, "<string>".to_owned(), code.clone().into(), console);
        }
        match &self.script {
            Some(path) if !is_stdin(path) => {
                let code = fs::read(path).map_err(|why| {
                    Stop::Failure(format!("{} can't be read: {why}", path.display()))
                })?;
                let folder = absolute(path).parent().unwrap_or(Path::new("")).to_owned();
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
        let options = Options { trace: Trace::On, ..self.settings.options()? };
        Engine::start(SessionSetup { options, folder, style: console.style() })
            .map_err(Stop::Failure)
    }
}
