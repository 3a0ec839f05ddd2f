//! From what stopped an expansion to what the user reads.

use crate::codenode::Loc;
use crate::diagnostic::{Code, Finding, Label};
use crate::host::{Failure, Frame, Message, Severity};

use super::Expander;

impl Expander<'_> {
    /// The finding about a `failure` while `what` at the `call` was worked on.
    pub(super) fn finding_of(&self, failure: Failure, call: Label, what: &str) -> Finding {
        match failure {
            Failure::RunTimeOnly { need, arguments, place, .. } => {
                self.run_time_only(need, &arguments, place, call)
            }
            Failure::BadArguments(message) => Finding::new(Code::BadArguments, message, call),
            Failure::NoSource { value, place } => {
                let message = format!("{value} can't be written into the program");
                let help = "only numbers, texts, None, Ellipsis, ranges, slices and containers of \
                            them have a source";
                with_place(Finding::new(Code::NoSource, message, call), place, "needed here")
                    .help(help)
            }
            Failure::Malformed { message, place } => {
                let finding = Finding::new(Code::MalformedTree, message, call);
                with_place(finding, place, "this tree")
            }
            Failure::NeedsStatements { why, place } => {
                let message = format!("this expansion isn't possible here yet: {why}");
                let finding = Finding::new(Code::NeedsStatements, message, call);
                with_place(finding, place, "needed by this")
            }
            Failure::Raised { message, traceback } => {
                let message = format!("{what} raised {message}");
                self.with_traceback(Finding::new(Code::MacroRaised, message, call), &traceback)
            }
            Failure::NoModule { message, place } => {
                let finding = Finding::new(Code::UnknownModule, message, call);
                let help = "compile-time code has the pure modules of the standard library";
                with_place(finding, place, "imported here").help(help)
            }
            // Whoever ran the code would have run it again.
            Failure::WantsFile { path: message, .. } => {
                Finding::new(Code::UnreadableFile, message, call)
            }
            Failure::NoFile { message, place } => {
                let inside =
                    |loc: &Loc| loc.file == call.file && call.range.contains_range(loc.range);
                let finding = match place.filter(inside) {
                    Some(loc) => {
                        let label = Label::new(loc.file, loc.range, "embedded here");
                        Finding::new(Code::UnreadableFile, message, label)
                    }
                    None => with_place(
                        Finding::new(Code::UnreadableFile, message, call),
                        place,
                        "embedded here",
                    ),
                };
                finding.help("paths start at the folder of the module that embeds")
            }
            Failure::Said { message, about, place } => {
                let about = about.filter(|loc| loc.file == call.file);
                let primary = about.map_or(call, |loc| Label::bare(loc.file, loc.range));
                with_place(Finding::new(Code::MacroError, message, primary), place, "said here")
            }
            Failure::SizeLimit { message, flag, place } => {
                let message = format!("{what} {message}");
                let finding = Finding::new(Code::SizeLimit, message, call);
                with_place(finding, place, "here").help(format!("{flag} raises the limit"))
            }
            Failure::Wall(wall) => wall.finding(what, call),
            Failure::StepLimit { limit, place } => {
                let message = format!("{what} took more than {limit} steps");
                let finding = Finding::new(Code::StepLimit, message, call);
                with_place(finding, place, "still running here")
                    .help("is there a loop without end? --max-steps raises the limit")
            }
            Failure::RecursionLimit { limit, traceback } => {
                let message = format!("{what} recursed more than {limit} calls deep");
                let finding = Finding::new(Code::RecursionLimit, message, call);
                let place = traceback.last().map(|frame| frame.loc);
                with_place(finding, place, "the innermost call")
                    .help("is there a recursion without end? --max-recursion raises the limit")
            }
        }
    }

    fn run_time_only(
        &self,
        need: &str,
        arguments: &[Loc],
        place: Option<Loc>,
        call: Label,
    ) -> Finding {
        let in_file = |loc: &&Loc| loc.file == call.file && call.range.contains_range(loc.range);
        let brought: Vec<&Loc> = arguments.iter().filter(in_file).collect();
        let mut finding = match brought.first() {
            Some(loc) => {
                let source = self.sources().get(loc.file);
                let text = source.text().get(loc.range.to_std_range()).unwrap_or_default();
                let message = match text.lines().count() {
                    1 => format!("`{text}` is known only when the program runs"),
                    _ => "this argument is known only when the program runs".to_owned(),
                };
                let label = Label::new(loc.file, loc.range, "known only at run time");
                Finding::new(Code::RunTimeOnly, message, label)
            }
            None => {
                let message = "a value that is known only when the program runs is needed now";
                Finding::new(Code::RunTimeOnly, message, call)
            }
        };
        for loc in brought.iter().skip(1) {
            finding = finding.secondary(Label::new(loc.file, loc.range, "and this"));
        }
        with_place(finding, place, &format!("it would have to {need} here"))
            .help("give a constant there, or let the macro look at the code with uneval()")
    }

    /// The innermost frame as a label, the whole way as notes.
    fn with_traceback(&self, finding: Finding, traceback: &[Frame]) -> Finding {
        let place = traceback.last().map(|frame| frame.loc);
        let mut finding = with_place(finding, place, "raised here");
        if traceback.len() > 1 {
            let shown = traceback.iter().map(|frame| {
                let (file, range) = self.written_at(frame.loc.file, frame.loc.range);
                let source = self.sources().get(file);
                let at = source.line_column(range.start());
                format!("{}:{}:{} in {}", source.name(), at.line, at.column, frame.function)
            });
            let lines: Vec<String> = abbreviate(shown.collect());
            finding = finding.note(format!("the way there:\n{}", lines.join("\n")));
        }
        finding
    }

    /// What a macro said.
    pub(super) fn finding_of_message(&self, message: Message, call: Label) -> Finding {
        let code = match message.severity {
            Severity::Warning => Code::MacroWarning,
            Severity::Note => Code::MacroNote,
        };
        let about = message.about.filter(|loc| loc.file == call.file);
        let primary = match about {
            Some(loc) => Label::bare(loc.file, loc.range),
            None => call,
        };
        Finding::new(code, message.text, primary)
    }
}

fn with_place(finding: Finding, place: Option<Loc>, words: &str) -> Finding {
    match place {
        Some(loc) => finding.secondary(Label::new(loc.file, loc.range, words)),
        None => finding,
    }
}

/// The ends of a long traceback.
fn abbreviate(lines: Vec<String>) -> Vec<String> {
    const SHOWN: usize = 10;
    if lines.len() <= 2 * SHOWN {
        return lines;
    }
    let hidden = lines.len() - 2 * SHOWN;
    let mut short = lines[..SHOWN].to_vec();
    short.push(format!("… {hidden} more …"));
    short.extend_from_slice(&lines[lines.len() - SHOWN..]);
    short
}
