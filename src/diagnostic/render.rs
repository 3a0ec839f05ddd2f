//! Rendering: findings as text for people. The only file that knows `codespan-reporting`.

use std::ops::Range;
use std::rc::Rc;

use codespan_reporting::diagnostic as view;
use codespan_reporting::files::{Error, Files};
use codespan_reporting::term::{self, Config, termcolor};
use rustpython_text_size::TextSize;

use crate::diagnostic::{Finding, Label, Severity};
use crate::source::{FileId, Source, Sources};

/// How the text is dressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colouring {
    /// Characters only.
    Plain,
    /// With ANSI escape sequences for colours.
    Coloured,
}

/// The findings in the order given, an empty line after each.
pub fn render(findings: &[Finding], sources: &Sources, style: Colouring) -> String {
    let mut out = Vec::new();
    for finding in findings {
        let before = out.len();
        if render_one(finding, sources, style, &mut out).is_err() {
            // A label in no file of the table: the words are better than nothing.
            out.truncate(before);
            out.extend_from_slice(words(finding).as_bytes());
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn render_one(
    finding: &Finding,
    sources: &Sources,
    style: Colouring,
    out: &mut Vec<u8>,
) -> Result<(), Error> {
    let (files, config) = (Table(sources), Config::default());
    let diagnostic = diagnostic(finding, sources)?;
    match style {
        Colouring::Plain => term::emit_to_io_write(out, &config, &files, &diagnostic),
        Colouring::Coloured => {
            let mut ansi = termcolor::Ansi::new(out);
            term::emit_to_write_style(&mut ansi, &config, &files, &diagnostic)
        }
    }
}

/// The finding without its places.
fn words(finding: &Finding) -> String {
    let severity = match finding.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    format!("{severity}[{}]: {}\n\n", finding.code, finding.message)
}

fn diagnostic(finding: &Finding, sources: &Sources) -> Result<view::Diagnostic<FileId>, Error> {
    let severity = match finding.severity() {
        Severity::Error => view::Severity::Error,
        Severity::Warning => view::Severity::Warning,
        Severity::Note => view::Severity::Note,
    };
    let mut labels = vec![label(&finding.primary, view::LabelStyle::Primary, sources)?];
    if sources.find(finding.primary.file).is_some_and(|source| source.text().is_empty()) {
        // There is nothing to point at.
        labels.clear();
    }
    for secondary in &finding.secondary {
        labels.push(label(secondary, view::LabelStyle::Secondary, sources)?);
    }
    let notes = finding.notes.iter().map(|note| format!("note: {note}"));
    let fix = finding.fix.as_ref().map(|fix| &fix.title);
    let help = finding.help.iter().chain(fix).map(|help| format!("help: {help}"));
    Ok(view::Diagnostic::new(severity)
        .with_code(finding.code)
        .with_message(&finding.message)
        .with_labels(labels)
        .with_notes(notes.chain(help).collect()))
}

/// The label at whole characters of its file's text, wherever its range says.
fn label(
    label: &Label,
    style: view::LabelStyle,
    sources: &Sources,
) -> Result<view::Label<FileId>, Error> {
    let source = sources.find(label.file).ok_or(Error::FileMissing)?;
    let text = source.text();
    let start = text.floor_char_boundary(label.range.start().to_usize());
    let end = text.ceil_char_boundary(label.range.end().to_usize());
    Ok(view::Label::new(style, label.file, start..end).with_message(&label.message))
}

/// The table of sources as `codespan-reporting` wants to see it.
struct Table<'a>(&'a Sources);

impl Table<'_> {
    fn file(&self, id: FileId) -> Result<Rc<Source>, Error> {
        self.0.find(id).ok_or(Error::FileMissing)
    }
}

/// The text of a source.
struct Text(Rc<Source>);

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        self.0.text()
    }
}

impl<'a> Files<'a> for Table<'a> {
    type FileId = FileId;
    type Name = String;
    type Source = Text;

    fn name(&'a self, id: FileId) -> Result<String, Error> {
        Ok(self.file(id)?.name().to_owned())
    }

    fn source(&'a self, id: FileId) -> Result<Text, Error> {
        self.file(id).map(Text)
    }

    fn line_index(&'a self, id: FileId, offset: usize) -> Result<usize, Error> {
        // An offset too big for a text is past the end of every text.
        let offset = u32::try_from(offset).unwrap_or(u32::MAX);
        Ok(self.file(id)?.lines().line_of(TextSize::new(offset)))
    }

    fn line_range(&'a self, id: FileId, line: usize) -> Result<Range<usize>, Error> {
        let source = self.file(id)?;
        let lines = source.lines();
        let max = lines.count();
        if line >= max {
            return Err(Error::LineTooLarge { given: line, max });
        }
        Ok(lines.range(line).into())
    }
}

#[cfg(test)]
mod tests {
    use rustpython_text_size::TextRange;

    use super::*;
    use crate::diagnostic::Code;

    #[test]
    fn a_finding_in_two_files() {
        let sources = Sources::new();
        let app = sources.add(Source::from_text("app.py", "y = power(2, n)\r\n"));
        let lib = sources.add(Source::from_text("lib.py", "def power(x, n):\n\tif n:\n"));
        let finding = Finding::new(
            Code::RunTimeOnly,
            "the macro power needs n now",
            Label::new(app, TextRange::new(13.into(), 14.into()), "only known at run time"),
        )
        .secondary(Label::new(lib, TextRange::new(21.into(), 22.into()), "decided here"))
        .note("n is a parameter")
        .help("pass a constant");
        let expected = "\
error[E0301]: the macro power needs n now
  ┌─ app.py:1:14
  │
1 │ y = power(2, n)
  │              ^ only known at run time
  │
  ┌─ lib.py:2:5
  │
2 │     if n:
  │        - decided here
  │
  = note: n is a parameter
  = help: pass a constant

";
        assert_eq!(render(std::slice::from_ref(&finding), &sources, Colouring::Plain), expected);
        let coloured = render(&[finding], &sources, Colouring::Coloured);
        assert!(coloured.contains("\x1b[") && coloured.contains("decided here"));
    }

    #[test]
    fn a_fix_is_help() {
        let sources = Sources::new();
        let app = sources.add(Source::from_text("app.py", "tims"));
        let range = TextRange::new(0.into(), 4.into());
        let finding = Finding::new(Code::BadArguments, "no such keyword", Label::bare(app, range))
            .fix("write `times`", vec![(range, "times".to_owned())]);
        let shown = render(&[finding], &sources, Colouring::Plain);
        assert!(shown.ends_with("= help: write `times`\n\n"), "{shown}");
    }

    #[test]
    fn any_range_can_be_shown() {
        let texts =
            ["", "\n", "a\r\n\tb日本é\r\n\r\r\n", "x\r", "\u{feff}\t\t\x0c\x1b\u{301}e\n\n"];
        for text in texts {
            let sources = Sources::new();
            let file = sources.add(Source::from_text("a.py", text));
            let end = text.len() as u32 + 3;
            for (start, end) in (0..end).flat_map(|a| (a..end).map(move |b| (a, b))) {
                let label =
                    |message| Label::new(file, TextRange::new(start.into(), end.into()), message);
                let finding = Finding::new(Code::SyntaxError, "odd", label("here"))
                    .secondary(label(""))
                    .secondary(Label::bare(file, TextRange::empty(end.into())));
                let shown = render(&[finding], &sources, Colouring::Plain);
                assert!(shown.contains("error[E0103]: odd\n") && shown.contains("a.py:"));
            }
        }
    }

    #[test]
    fn a_label_in_no_file_leaves_the_words() {
        let label = Label::bare(FileId(7), TextRange::default());
        let finding = Finding::new(Code::MacroNote, "hello", label);
        let shown = render(&[finding], &Sources::new(), Colouring::Plain);
        assert_eq!(shown, "note[N0601]: hello\n\n");
    }
}
