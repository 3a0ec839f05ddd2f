//! Ignore comments: `# uneval: ignore[W0309, W0407]` beside code silences warnings and notes about
//! it, and `# uneval: ignore` all of them.

use rustpython_text_size::{TextRange, TextSize};

use super::{Code, Finding, Label, Severity};
use crate::source::{FileId, Source};

/// The ignore comments of a file, in its order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ignores {
    comments: Vec<Comment>,
    unknown: Vec<(TextRange, String)>,
}

#[derive(Clone, Debug)]
struct Comment {
    line: usize,
    /// None: all there are.
    codes: Option<Vec<Code>>,
}

impl Ignores {
    /// Reads them off the comments of `source`.
    pub(crate) fn new(source: &Source, comments: impl IntoIterator<Item = TextRange>) -> Ignores {
        let mut ignores = Ignores::default();
        for range in comments {
            let text = source.text().get(range.to_std_range()).unwrap_or_default();
            let Some(rest) = directive(text) else { continue };
            let line = source.lines().line_of(range.start());
            let start = range.end() - TextSize::of(rest);
            let codes = list(rest).map(|list| ignores.codes(list, start + TextSize::of('[')));
            ignores.comments.push(Comment { line, codes });
        }
        ignores
    }

    /// The codes in `list`, which starts at `at`.
    fn codes(&mut self, list: &str, at: TextSize) -> Vec<Code> {
        let mut codes = Vec::new();
        let mut at = at;
        for item in list.split(',') {
            let id = item.trim();
            let start = at + TextSize::of(item) - TextSize::of(item.trim_start());
            match id.parse::<Code>() {
                Ok(code) if code.severity() != Severity::Error => codes.push(code),
                _ if id.is_empty() => {}
                _ => self.unknown.push((TextRange::at(start, TextSize::of(id)), id.to_owned())),
            }
            at += TextSize::of(item) + TextSize::of(',');
        }
        codes
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.comments.is_empty()
    }

    /// Whether findings of this kind are ignored on one of the lines that `range` touches.
    pub(crate) fn covers(&self, source: &Source, range: TextRange, code: Code) -> bool {
        let line_of = |offset| source.lines().line_of(offset);
        let lines = line_of(range.start())..=line_of(range.end());
        self.comments.iter().any(|comment| {
            lines.contains(&comment.line)
                && comment.codes.as_ref().is_none_or(|codes| codes.contains(&code))
        })
    }

    /// What there is to say of the comments themselves.
    pub(crate) fn findings(&self, file: FileId) -> Vec<Finding> {
        let finding = |(range, id): &(TextRange, String)| {
            let label = |message| Label::new(file, *range, message);
            match id.parse::<Code>() {
                Ok(code) => {
                    let message = format!("{code} is an error, which can't be ignored");
                    Finding::new(Code::UnknownIgnored, message, label("ignores nothing"))
                }
                Err(unknown) => {
                    let message = unknown.to_string();
                    let finding = Finding::new(Code::UnknownIgnored, message, label("no code"));
                    match unknown.similar() {
                        Some(code) => finding.help(format!("did you mean {code}?")),
                        None => finding,
                    }
                }
            }
        };
        self.unknown.iter().map(finding).collect()
    }
}

/// What follows `# uneval: ignore`, wherever that stands in a comment.
fn directive(comment: &str) -> Option<&str> {
    comment.match_indices('#').find_map(|(at, _)| {
        let rest = comment.get(at + 1..)?.trim_start().strip_prefix("uneval:")?;
        let rest = rest.trim_start().strip_prefix("ignore")?;
        let is_longer = rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-'));
        (!is_longer).then_some(rest.trim_start())
    })
}

/// What stands in the brackets, if there are any.
fn list(rest: &str) -> Option<&str> {
    let inside = rest.strip_prefix('[')?;
    Some(inside.split(']').next().unwrap_or(inside))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ignores(text: &str) -> (Source, Ignores) {
        let source = Source::from_text("app.py", text);
        let start = TextSize::of(text.split('#').next().unwrap());
        let comment = TextRange::new(start, TextSize::of(text));
        let ignores = Ignores::new(&source, [comment]);
        (source, ignores)
    }

    fn covers(text: &str, code: Code) -> bool {
        let (source, ignores) = ignores(text);
        ignores.covers(&source, TextRange::up_to(TextSize::new(1)), code)
    }

    #[test]
    fn comments_name_codes_or_ignore_all() {
        let (dropped, long) = (Code::DroppedEffect, Code::LongUnroll);
        for text in ["f()  # uneval: ignore", "f() #uneval:ignore", "f()  # why # uneval: ignore"] {
            assert!(covers(text, dropped) && covers(text, long), "{text}");
        }
        let text = "f()  # uneval: ignore[W0309, w0310]  # reason";
        assert!(covers(text, dropped) && !covers(text, long));
        assert!(!covers("f()  # uneval: ignore[]", dropped));
        for text in ["f()  # uneval: ignored", "f()  # uneval: ignore-file", "f()  # ignore", "f()"]
        {
            assert!(!covers(text, dropped), "{text}");
        }
    }

    #[test]
    fn an_unknown_code_is_found_where_it_stands() {
        let text = "f()  # uneval: ignore[W0309, W3010 ,E0301]";
        let (_, ignores) = ignores(text);
        let found = ignores.findings(FileId(0));
        let shown: Vec<_> = found.iter().map(|f| &text[f.primary.range.to_std_range()]).collect();
        assert_eq!(shown, ["W3010", "E0301"]);
        assert_eq!(found[0].help.as_deref(), Some("did you mean W0310?"));
        assert_eq!(found[1].message, "E0301 is an error, which can't be ignored");
    }
}
