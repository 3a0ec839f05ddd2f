//! Import statements: what one of them imports.

use logos::{Lexer, Logos};

/// One imported module, with the names taken from it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Import {
    /// The number of leading dots; 0 for an absolute import.
    pub level: u32,
    /// The dotted name after the dots; empty for `from . import x`.
    pub module: String,
    /// The names after `import` in `from … import …`, as they are called in the module; `*` for
    /// all. Empty for `import a.b`.
    pub names: Vec<String>,
}

#[derive(Logos, Clone, Copy, Debug, PartialEq, Eq)]
#[logos(utf8 = false)]
#[logos(skip r"([ \t\x0c]|\\(\r\n|\r|\n))+")]
#[logos(skip(r"(?s-u:#[^\n\r]*)", allow_greedy = true))]
enum StatementToken {
    #[token("import")]
    Import,
    #[token("from")]
    From,
    #[token("as")]
    As,
    #[regex(r"(?s-u:[A-Za-z0-9_\x80-\xff]+)")]
    Name,
    #[token(".")]
    Dot,
    #[token(",")]
    Comma,
    #[token("*")]
    Star,
    #[token("(")]
    Open,
    #[regex(r"[\r\n]")]
    LineEnd,
}

/// Adds what the import statement at the start of `bytes` imports; of a statement that isn't
/// well formed, what can be told.
pub(super) fn read(bytes: &[u8], imports: &mut Vec<Import>) {
    let mut reader = Reader { tokens: StatementToken::lexer(bytes), in_brackets: false };
    match reader.next() {
        Some(StatementToken::Import) => reader.modules(imports),
        Some(StatementToken::From) => imports.push(reader.names()),
        _ => {}
    }
}

/// The tokens of one statement.
struct Reader<'a> {
    tokens: Lexer<'a, StatementToken>,
    /// Whether line ends mean nothing.
    in_brackets: bool,
}

impl Reader<'_> {
    /// The rest of `import a.b as c, d`.
    fn modules(&mut self, imports: &mut Vec<Import>) {
        loop {
            let (import, mut next) = self.dotted_name();
            if import.module.is_empty() {
                return;
            }
            imports.push(import);
            if next == Some(StatementToken::As) {
                self.next();
                next = self.next();
            }
            if next != Some(StatementToken::Comma) {
                return;
            }
        }
    }

    /// The rest of `from ..a.b import c as d, e`.
    fn names(&mut self) -> Import {
        let (mut import, next) = self.dotted_name();
        if next != Some(StatementToken::Import) {
            return import;
        }
        loop {
            match self.next() {
                Some(StatementToken::Name | StatementToken::Star) => import.names.push(self.text()),
                Some(StatementToken::Comma) => {}
                Some(StatementToken::Open) => self.in_brackets = true,
                // Over the alias of the name before.
                Some(StatementToken::As) => drop(self.next()),
                _ => return import,
            }
        }
    }

    /// A dotted name with leading dots, and the token after it.
    fn dotted_name(&mut self) -> (Import, Option<StatementToken>) {
        let mut import = Import::default();
        loop {
            match self.next() {
                Some(StatementToken::Name) => import.module.push_str(&self.text()),
                Some(StatementToken::Dot) if import.module.is_empty() => import.level += 1,
                Some(StatementToken::Dot) => import.module.push('.'),
                next => return (import, next),
            }
        }
    }

    /// The next token; nothing at the end of the file and at whatever no import statement holds.
    fn next(&mut self) -> Option<StatementToken> {
        loop {
            match self.tokens.next()?.ok()? {
                StatementToken::LineEnd if self.in_brackets => {}
                token => return Some(token),
            }
        }
    }

    /// The text of the token just read.
    fn text(&self) -> String {
        String::from_utf8_lossy(self.tokens.slice()).into_owned()
    }
}
