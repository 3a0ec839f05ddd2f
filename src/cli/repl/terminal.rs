//! The prompt on a terminal: reads inputs, has them run, shows what comes of them.

mod commands;

use std::borrow::Cow;
use std::env;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use reedline::{
    ColumnarMenu, FileBackedHistory, MenuBuilder as _, Prompt, PromptEditMode, PromptHistorySearch,
    Reedline, ReedlineMenu, Signal,
};

use super::completer::NameCompleter;
use super::editing::{Finished, Keys, MENU, Snapshot};
use super::engine::Engine;
use super::highlight::Colours;
use super::script::{left, show};
use super::session::{Restored, SessionAnswer, SessionRequest};
use crate::cli::console::{Console, Status, Stop};
use crate::diagnostic::render::Colouring;
use crate::driver::prompt::{Display, Ended, Event, Input, InputOutcome};

/// How many inputs the history holds.
const HISTORY: usize = 10_000;

/// Whether inputs are kept for later sessions.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum History {
    Kept,
    Dropped,
}

/// A session at a terminal.
pub(crate) struct Terminal<'a> {
    engine: Arc<Mutex<Engine>>,
    console: &'a Console,
    /// How many inputs there were.
    inputs: usize,
    /// Whether the program has left a line unfinished.
    within_line: bool,
    /// How the session ended, once it has.
    ended: Option<Result<Status, Stop>>,
}

/// Runs a session until it is left.
pub(crate) fn run(engine: Engine, history: History, console: &Console) -> Result<Status, Stop> {
    let engine = Arc::new(Mutex::new(engine));
    let seen = Arc::new(Mutex::new(Snapshot::default()));
    let mut editor = editor(&engine, &seen, history, console);
    let mut terminal = Terminal { engine, console, inputs: 0, within_line: false, ended: None };
    terminal.say(concat!(
        "uneval ",
        env!("CARGO_PKG_VERSION"),
        ": Python with macros; :help for help\n"
    ));
    loop {
        if let Ok(mut seen) = seen.lock() {
            *seen = Snapshot::default();
        }
        let signal = editor.read_line(&Signs).map_err(|why| {
            Stop::Failure(format!(
                "this terminal can't be used ({why}); scripts need none: -c, FILE"
            ))
        })?;
        match signal {
            Signal::Success(text) => {
                // A history that can't be written is lost, and no more than that.
                let _ = editor.sync_history();
                terminal.input(&text).map_err(Stop::Failure)?;
            }
            Signal::CtrlC => terminal.say("KeyboardInterrupt\n"),
            Signal::CtrlD => return Ok(Status::Success),
            _ => {}
        }
        if let Some(ended) = terminal.ended.take() {
            return ended;
        }
    }
}

fn editor(
    engine: &Arc<Mutex<Engine>>,
    seen: &Arc<Mutex<Snapshot>>,
    history: History,
    console: &Console,
) -> Reedline {
    let menu = ColumnarMenu::default().with_name(MENU).with_marker("");
    let editor = Reedline::create()
        .use_bracketed_paste(true)
        .with_ansi_colors(console.style() == Colouring::Coloured)
        .with_highlighter(Box::new(Colours { seen: seen.clone() }))
        .with_validator(Box::new(Finished))
        .with_completer(Box::new(NameCompleter { engine: engine.clone() }))
        .with_menu(ReedlineMenu::EngineCompleter(Box::new(menu)))
        .with_quick_completions(true)
        .with_partial_completions(true)
        .with_edit_mode(Box::new(Keys::new(seen.clone())));
    let kept = match history {
        History::Kept => history_file().and_then(|file| {
            // Where there can be no file, the history is that of this session.
            FileBackedHistory::with_file(HISTORY, file).ok()
        }),
        History::Dropped => None,
    };
    match kept.map_or_else(|| FileBackedHistory::new(HISTORY), Ok) {
        Ok(history) => editor.with_history(Box::new(history)),
        Err(_) => editor,
    }
}

/// Where the history is kept.
fn history_file() -> Option<PathBuf> {
    let path = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let data = path("XDG_DATA_HOME")
        .or_else(|| path("HOME").map(|home| home.join(".local/share")))
        .or_else(|| path("APPDATA"))?;
    Some(data.join("uneval/history"))
}

impl Terminal<'_> {
    /// Runs what was typed.
    fn input(&mut self, text: &str) -> Result<(), String> {
        if text.trim().is_empty() {
            return Ok(());
        }
        self.inputs += 1;
        if text.starts_with(':') {
            return self.command(text);
        }
        let code = format!("{}\n", text.trim_end()).into_bytes();
        let (name, display) = (self.input_name(), Display::Shown);
        self.run(Input { name, code, display, statements: usize::MAX })
    }

    /// What the input is called in tracebacks.
    pub(crate) fn input_name(&self) -> String {
        format!("<input-{}>", self.inputs)
    }

    /// Runs code in the session.
    ///
    /// # Errors
    /// When the session can't go on; why.
    pub(crate) fn run(&mut self, input: Input) -> Result<(), String> {
        let answer = self.ask(SessionRequest::Run(input))?;
        self.answered(answer);
        Ok(())
    }

    /// Asks something of the session, and shows what it tells meanwhile.
    ///
    /// # Errors
    /// When the session can't go on; why.
    pub(crate) fn ask(&mut self, request: SessionRequest) -> Result<SessionAnswer, String> {
        let (console, ended, within) = (self.console, &mut self.ended, &mut self.within_line);
        let mut engine = self.engine.lock().map_err(|why| why.to_string())?;
        engine.ask(request, &mut |event| {
            if let Event::Wrote(_, text) = &event {
                *within = !text.ends_with('\n');
            }
            match show(event, console) {
                Ok(()) => ControlFlow::Continue(()),
                Err(stop) => {
                    *ended = Some(Err(stop));
                    ControlFlow::Break(())
                }
            }
        })
    }

    /// Shows what came of a request.
    pub(crate) fn answered(&mut self, answer: SessionAnswer) {
        if std::mem::take(&mut self.within_line) {
            // The editor would write over it.
            self.say("\n");
        }
        match answer {
            SessionAnswer::Ended(InputOutcome::Ran(
                Ended::Raised(text) | Ended::Interrupted(text),
            )) => {
                self.complain(&text);
            }
            SessionAnswer::Ended(InputOutcome::Ran(Ended::Left { status, message })) => {
                self.ended = Some(Ok(left(status, message.as_deref(), self.console)));
            }
            SessionAnswer::Ended(InputOutcome::Ran(Ended::Done) | InputOutcome::Refused)
            | SessionAnswer::Names(_)
            | SessionAnswer::Unheard => {}
            SessionAnswer::Text(text) => self.say(&text),
            SessionAnswer::Restarted(restored) => {
                self.complain(&format!("KeyboardInterrupt\n{}\n", restarted(restored)));
            }
            SessionAnswer::Crashed(report) => self.complain(&report),
        }
    }

    /// Shows a text of the prompt's own.
    pub(crate) fn say(&mut self, text: &str) {
        if let Err(stop) = self.console.print(text.as_bytes()) {
            self.ended = Some(Err(stop));
        }
    }

    /// Shows that something is wrong.
    pub(crate) fn complain(&self, text: &str) {
        self.console.complain(text);
    }
}

fn restarted(restored: Restored) -> &'static str {
    match restored {
        Restored::Whole => {
            "That couldn't be stopped, so it was left behind: all inputs before it ran again."
        }
        Restored::Partly => {
            "That couldn't be stopped, so it was left behind. Not all inputs before it could run \
             again: some variables are gone."
        }
    }
}

/// `>>>` and `...`.
struct Signs;

impl Prompt for Signs {
    fn render_prompt_left(&self) -> Cow<'_, str> {
        Cow::Borrowed("")
    }

    fn render_prompt_right(&self) -> Cow<'_, str> {
        Cow::Borrowed("")
    }

    fn render_prompt_indicator(&self, _: PromptEditMode) -> Cow<'_, str> {
        Cow::Borrowed(">>> ")
    }

    fn render_prompt_multiline_indicator(&self) -> Cow<'_, str> {
        Cow::Borrowed("... ")
    }

    fn render_prompt_history_search_indicator(&self, search: PromptHistorySearch) -> Cow<'_, str> {
        Cow::Owned(format!("(search) {}: ", search.term))
    }
}
