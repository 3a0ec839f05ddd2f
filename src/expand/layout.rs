//! The layout of an expansion at its call site: the precedence that needs no parentheses there, the
//! room on the line, and the comments and quotes around it.

use rustpython_ast::token::TokenKind;
use rustpython_ast::{AnyNodeRef, InterpolatedElement};
use rustpython_text_size::{Ranged as _, TextRange, TextSize};
use rustpython_wtf8::Wtf8Buf;

use crate::codenode::{Node, Op, Precedence, Value, constant_repr};
use crate::expand::program::Module;
use crate::print;
use crate::print::{Style, Surrounding};
use crate::python::form::form;
use crate::source::edit::Edits;
use crate::syntax::tokens::{
    self, bracket_depth, follows_operand, is_open, nests_quotes, next_token, parentheses, quote,
    tokens_after,
};
use crate::syntax::{parse_expression, unix_lines};

/// The surroundings of a call in the syntax.
pub(crate) struct CallSurroundings<'m> {
    /// The loosest expression that may stand there bare.
    precedence: Precedence,
    /// The innermost statement, or the header of it.
    statement: TextRange,
    /// The f-strings around it.
    strings: Vec<TextRange>,
    /// Whether it is directly in the braces of a field.
    in_field: bool,
    /// Whether an attribute of it is taken.
    before_dot: bool,
    /// Whether it is the only argument of a call.
    alone_in_call: bool,
    /// The `{…=}` fields around it, each with its string.
    pub debug: Vec<(&'m InterpolatedElement, TextRange)>,
}

impl<'m> CallSurroundings<'m> {
    /// The place of the call at `range` below these nodes, outermost first.
    pub(crate) fn of(ancestors: &[AnyNodeRef<'m>], range: TextRange) -> CallSurroundings<'m> {
        let statement = ancestors.iter().rev().find(|node| node.is_statement());
        let mut strings: Vec<TextRange> = Vec::new();
        let mut debug = Vec::new();
        for node in ancestors {
            match (node, strings.last()) {
                (AnyNodeRef::FString(f), _) => strings.push(f.range),
                (AnyNodeRef::TString(t), _) => strings.push(t.range),
                (AnyNodeRef::InterpolatedElement(field), Some(string))
                    if field.debug_text.is_some() =>
                {
                    debug.push((*field, *string));
                }
                _ => {}
            }
        }
        CallSurroundings {
            precedence: least(ancestors, range),
            statement: statement.map_or_else(TextRange::default, |node| node.range()),
            strings,
            in_field: matches!(ancestors.last(), Some(AnyNodeRef::InterpolatedElement(_))),
            alone_in_call: matches!(ancestors.last(), Some(AnyNodeRef::Arguments(a)) if a.len() == 1),
            before_dot: matches!(ancestors.last(), Some(AnyNodeRef::ExprAttribute(_))),
            debug,
        }
    }
}

/// What may stand bare at `range` below these nodes, outermost first: the printer asks the same
/// table.
fn least(ancestors: &[AnyNodeRef<'_>], range: TextRange) -> Precedence {
    let innermost = ancestors.iter().rev().find_map(|node| Some((node, form(*node)?)));
    let Some((node, (op, operands))) = innermost else { return Precedence::Yield };
    let operand = operands.iter().find(|operand| operand.expr.range() == range);
    match operand.map(|operand| (operand.of, operand.index)) {
        // In the statement and in a call there is room for more; in the expression what comes last is
        // kept apart.
        Some((Op::IF, _)) if node.is_statement() => Precedence::Lambda,
        Some((Op::IF, _)) => Op::IF.least(0),
        Some((Op::DOUBLESTAR, _)) if op != Op::DICT => Precedence::Lambda,
        Some((of, index)) => of.least(index),
        None => Precedence::Lambda,
    }
}

/// How to print what takes the place of the call at `range`.
pub(crate) fn style<'a>(
    module: &'a Module,
    range: TextRange,
    place: &CallSurroundings<'_>,
    (width, edits): (usize, &Edits),
    can_encode: &'a dyn Fn(char) -> bool,
) -> Style<'a> {
    let source = &module.source;
    let line = source.line_range(range.start());
    let before = edited(module, TextRange::new(line.start(), range.start()), edits);
    let after = code_after(module, range.end());
    let before_call = TextRange::new(place.statement.start(), range.start());
    let surrounding = if place.strings.is_empty() {
        match bracket_depth(&module.tokens, before_call) {
            0 => Surrounding::Open,
            _ => Surrounding::Bracketed,
        }
    } else {
        Surrounding::OneLine
    };
    Style {
        width,
        column: before.chars().count(),
        indentation: source.indentation(range.start()),
        unit: unit(module),
        newline: source.newline(),
        trailing: after.chars().count(),
        surrounding,
        precedence: if has_own_parentheses(module, range) {
            Precedence::Yield
        } else {
            place.precedence
        },
        quote: other_quote(module, place),
        can_encode,
    }
}

/// What follows on the line of `offset`, without a comment.
fn code_after(module: &Module, offset: TextSize) -> &str {
    let line_end = module.source.line_range(offset).end();
    let comments = module.layout().comments_in(TextRange::new(offset, line_end));
    let end = comments.first().map_or(line_end, |comment| comment.start());
    module.slice(TextRange::new(offset, end)).trim_end()
}

/// How to print statements that go before the one at `statement`.
pub(crate) fn statement_style<'a>(
    module: &'a Module,
    statement: TextRange,
    width: usize,
    can_encode: &'a dyn Fn(char) -> bool,
) -> Style<'a> {
    let indentation = module.source.indentation(statement.start());
    Style {
        width,
        column: indentation.chars().count(),
        indentation,
        unit: unit(module),
        newline: module.source.newline(),
        trailing: 0,
        surrounding: Surrounding::Open,
        precedence: Precedence::Yield,
        quote: None,
        can_encode,
    }
}

/// How far the file indents its bodies, as its first one has it.
fn unit(module: &Module) -> &str {
    let first = next_token(&module.tokens, TextSize::default(), |kind| kind == TokenKind::Indent);
    first.map_or("    ", |token| module.slice(token.range()))
}

/// Whether nothing but blanks stands before `start` on its line.
pub(crate) fn begins_line(module: &Module, start: TextSize) -> bool {
    let line = module.source.line_range(start).start();
    line + TextSize::of(module.source.indentation(start)) == start
}

/// Whether other statements, or the head it belongs to, stand on the statement's lines.
pub(crate) fn shares_line(module: &Module, statement: TextRange) -> bool {
    let after = tokens_after(&module.tokens, statement.end()).first();
    !begins_line(module, statement.start())
        || after.is_some_and(|token| token.kind() == TokenKind::Semi)
}

/// Statements as they go before the one at `statement`, and where: on lines of their own, or on its
/// line if it doesn't begin one.
pub(crate) fn hoisted(
    module: &Module,
    statement: TextRange,
    statements: &[String],
) -> Option<(TextSize, String)> {
    let start = statement.start();
    let indentation = module.source.indentation(start);
    let end = match begins_line(module, start) {
        true => format!("{}{indentation}", module.source.newline()),
        false => "; ".to_owned(),
    };
    let text: String = statements.iter().map(|s| format!("{s}{end}")).collect();
    (!statements.is_empty()).then_some((start, text))
}

/// The text at `range` with the edits so far; only its last line, if they brought others.
fn edited(module: &Module, range: TextRange, edits: &Edits) -> String {
    let mut inside: Vec<_> = edits.iter().filter(|e| range.contains_range(e.range)).collect();
    inside.sort_by_key(|edit| edit.range.start());
    let mut out = String::new();
    let mut at = range.start();
    for edit in inside.into_iter().filter(|edit| edit.range.start() < range.end()) {
        if edit.range.start() >= at {
            out.push_str(module.slice(TextRange::new(at, edit.range.start())));
            out.push_str(&edit.text);
            at = edit.range.end();
        }
    }
    out.push_str(module.slice(TextRange::new(at, range.end())));
    out.rsplit('\n').next().unwrap_or_default().to_owned()
}

/// What is never broken, in characters.
const SHORT: usize = 24;

/// The code as it is laid out there. What is short, or no longer than the call was, keeps to one
/// line, however long its line is.
pub(crate) fn print_in(module: &Module, call: TextRange, node: &Node, style: Style<'_>) -> String {
    let flat = print::expression(node, Style { surrounding: Surrounding::OneLine, ..style });
    let written = module.slice(call);
    let one_line = !written.contains(['\n', '\r']);
    let room = written.chars().count().max(SHORT);
    if one_line && flat.chars().count() <= room {
        return flat;
    }
    match style.surrounding {
        Surrounding::OneLine => flat,
        _ => print::expression(node, style),
    }
}

/// The text of the expression at `range`, calls in it expanded, as the value of an assignment. A line that
/// an expansion broke may have been in the brackets around it, and in none now.
pub(super) fn assigned(module: &Module, range: TextRange, text: String) -> String {
    let is_new = text.contains('\n') && text != module.slice(range);
    let is_broken = is_new && parse_expression(&text).is_none();
    if is_broken || is_open(&module.tokens, range) { format!("({text})") } else { text }
}

/// Whether the call stands alone in parentheses that aren't those of another call.
pub(crate) fn has_own_parentheses(module: &Module, range: TextRange) -> bool {
    parentheses(&module.tokens, range)
        .is_some_and(|around| !follows_operand(&module.tokens, around.start()))
}

/// Whether the f-strings around the place can hold the text: before Python 3.12 none may have its
/// own quote or a backslash in a field, nor one with single quotes a line end.
pub(crate) fn fits_strings(module: &Module, place: &CallSurroundings<'_>, text: &str) -> bool {
    let holds = |string: &TextRange| match quote(module.slice(*string)) {
        Some(quote) => !text.contains([quote, '\\', '\n']),
        None => !text.contains('\\') && !text.contains(triple_quote(module.slice(*string))),
    };
    place.strings.iter().all(holds) || nests_quotes(module.text(), &module.tokens)
}

fn triple_quote(literal: &str) -> &'static str {
    if literal.ends_with('"') { "\"\"\"" } else { "'''" }
}

/// Makes the quotes of the f-string around the place three if it can hold the text then, and tells
/// whether it can.
pub(crate) fn widen_quotes(
    module: &Module,
    place: &CallSurroundings<'_>,
    text: &str,
    edits: &mut Edits,
) -> bool {
    let [string] = place.strings[..] else { return false };
    let literal = module.slice(string);
    let wide = triple_quote(literal);
    let Some(quote) = quote(literal).filter(|_| !text.contains('\\') && !text.contains(wide))
    else {
        return false;
    };
    let prefix = literal.split(quote).next().unwrap_or_default();
    let start = string.start() + TextSize::of(prefix);
    let end = string.end() - TextSize::of(quote);
    let inserted = |place| TextRange::empty(place);
    if !edits.iter().any(|edit| edit.range == inserted(start)) {
        edits.insert(start, quote.to_string().repeat(2));
        edits.insert(end, quote.to_string().repeat(2));
    }
    true
}

/// The quote that the strings around the place leave free.
fn other_quote(module: &Module, place: &CallSurroundings<'_>) -> Option<char> {
    let innermost = place.strings.last()?;
    let quote = quote(module.slice(*innermost))?;
    Some(if quote == '"' { '\'' } else { '"' })
}

/// The printed text as it fits: a brace that starts a field's expression needs a blank, and a
/// number before an attribute's dot needs parentheses, which a generator that is the only
/// argument of a call doesn't.
pub(crate) fn fit(place: &CallSurroundings<'_>, node: &Node, text: String) -> String {
    let bare = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    if let Some(bare) = bare.filter(|_| place.alone_in_call && node.op() == Op::GENERATOR) {
        return bare.to_owned();
    }

    let is_number = text.chars().all(|c| c.is_ascii_digit() || c == '_');
    if place.before_dot && is_number {
        format!("({text})")
    } else if place.in_field && text.starts_with('{') {
        format!(" {text}")
    } else {
        text
    }
}

/// The text kept apart from words that touch it: `return(m)(x)` becomes `return x`.
pub(crate) fn spaced(module: &Module, range: TextRange, text: String) -> String {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let source = module.text();
    let before = source.get(..range.start().to_usize()).and_then(|s| s.chars().next_back());
    let after = source.get(range.end().to_usize()..).and_then(|s| s.chars().next());
    let starts = is_word(text.chars().next()) || text.starts_with(['"', '\'']);
    let left = if is_word(before) && starts { " " } else { "" };
    let right = if is_word(after) && is_word(text.chars().next_back()) { " " } else { "" };
    format!("{left}{text}{right}")
}

/// Comments inside the call move in front of its statement.
pub(crate) fn keep_comments(
    module: &Module,
    range: TextRange,
    place: &CallSurroundings<'_>,
    edits: &mut Edits,
) {
    let comments = module.layout().comments_in(range);
    if comments.is_empty() {
        return;
    }
    let line = logical_line(module, place.statement.start());
    let indent = module.source.indentation(line);
    let newline = module.source.newline();
    let line_of = |comment: &TextRange| format!("{}{newline}{indent}", module.slice(*comment));
    let lines: Vec<String> = comments.iter().map(line_of).collect();
    let after_indent = line + TextSize::of(indent);
    edits.insert(after_indent, lines.concat());
}

/// The start of the logical line that holds `offset`.
pub(crate) fn logical_line(module: &Module, offset: TextSize) -> TextSize {
    let start = tokens::logical_line(&module.tokens, offset).unwrap_or(offset);
    module.source.line_range(start).start()
}

/// `{deriv(x)=}` shows its own text: it becomes `deriv(x)={…!r}`.
pub(crate) fn keep_debug_text(
    module: &Module,
    (field, string): (&InterpolatedElement, TextRange),
    edits: &mut Edits,
) {
    let Some(debug) = &field.debug_text else { return };
    let written = module.slice(field.expression.range());
    let shown = format!("{}{written}{}", debug.leading, debug.trailing);
    edits.insert(field.range.start(), text_in_string(module.slice(string), &shown));
    let blanks = debug.leading.len() - debug.leading.trim_start().len();
    let brace = TextSize::of('{');
    if let Ok(blanks @ 1..) = u32::try_from(blanks) {
        edits.replace(TextRange::at(field.range.start() + brace, blanks.into()), "");
    }
    // The text after the expression comes to an end with the `=` and blanks.
    let after = TextSize::of(debug.trailing.as_str());
    let before = TextSize::of(debug.trailing.trim_end().trim_end_matches('=').trim_end());
    let equals = TextRange::new(before, after) + field.expression.end();
    let plain = field.conversion.is_none() && field.format_spec.is_none();
    edits.replace(equals, if plain { "!r" } else { "" });
}

/// `shown` as a part of the text of `string`, an f-string or t-string.
fn text_in_string(string: &str, shown: &str) -> String {
    let prefix = string.split(['"', '\'']).next().unwrap_or_default();
    let own = quote(string);
    // Between three quotes the lines end as those of the file do.
    let shown = if own.is_some() { unix_lines(shown) } else { shown.to_owned() };
    let is_raw = prefix.contains(['r', 'R']);
    let needs_escape = |c| Some(c) == own || c == '\n' && own.is_some();
    if is_raw && shown.contains(needs_escape) {
        // Such a text is written in a field of Python 3.12 only, which takes any literal.
        let literal = constant_repr(&Value::Str(Wtf8Buf::from(shown).into()));
        return format!("{{{literal}}}");
    }
    let mut out = String::new();
    for c in shown.chars() {
        match c {
            '{' | '}' => out.extend([c, c]),
            '\\' if !is_raw => out.push_str("\\\\"),
            '\n' if own.is_some() => out.push_str("\\n"),
            // In a triple-quoted literal each quote is escaped as well, which is never wrong.
            '"' | '\'' if !is_raw && string.ends_with(c) => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}
