//! The screen against an obvious reference: a reader of one character at a time that knows
//! strings, comments, brackets and statements.

use super::*;

/// Everything the file imports, in the form of [`show`].
fn reference(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let (code, _) = blank_quiet(&chars, 0, None);
    let code = code.replace("\r\n", "\n").replace('\r', "\n");
    let code = code.replace("\\\n", " ");
    let mut statements = vec![String::new()];
    let mut depth = 0;
    for c in code.chars() {
        depth += i32::from("([{".contains(c)) - i32::from(")]}".contains(c));
        match c {
            '\n' | ';' | ':' if depth == 0 => statements.push(String::new()),
            // Of all brackets, only those of imports matter from here on.
            '\n' | '(' | ')' => last(&mut statements).push(' '),
            ',' | '.' | '*' => last(&mut statements).extend([' ', c, ' ']),
            _ => last(&mut statements).push(c),
        }
    }
    statements.iter().flat_map(|statement| imports_of(statement)).collect()
}

fn last(statements: &mut [String]) -> &mut String {
    statements.last_mut().expect("it starts with one")
}

fn imports_of(statement: &str) -> Vec<String> {
    let mut words: Vec<&str> = statement.split_whitespace().collect();
    if words.first() == Some(&"lazy") {
        words.remove(0);
    }
    // Drop each alias.
    while let Some(at) = words.iter().position(|&word| word == "as") {
        words.drain(at..at + 2);
    }
    match words.as_slice() {
        ["import", modules @ ..] => {
            let modules = modules.concat();
            modules.split(',').map(|module| format!("{module} <- ")).collect()
        }
        ["from", rest @ ..] => {
            let Some(at) = rest.iter().position(|&word| word == "import") else {
                return vec![];
            };
            let names = rest[at + 1..].concat();
            let names = names.trim_end_matches(',');
            vec![format!("{} <- {names}", rest[..at].concat())]
        }
        _ => vec![],
    }
}

/// The characters from `at` with `_` for strings and nothing for comments, up to the end of the
/// file or to the `}` or `:` that ends the replacement field of a string with these quotes.
fn blank_quiet(chars: &[char], mut at: usize, field: Option<&str>) -> (String, usize) {
    let (mut code, mut depth) = (String::new(), 0);
    while let Some(&c) = chars.get(at) {
        match c {
            '}' | ':' if field.is_some() && depth == 0 => break,
            '#' => {
                while chars.get(at).is_some_and(|c| !"\r\n".contains(*c)) {
                    at += 1;
                }
                continue;
            }
            '\'' | '"' => {
                at = string_end(chars, at, &code);
                code.push('_');
                continue;
            }
            _ => depth += i32::from("([{".contains(c)) - i32::from(")]}".contains(c)),
        }
        code.push(c);
        at += 1;
    }
    (code, at)
}

fn matches_at(chars: &[char], at: usize, what: &str) -> bool {
    let rest = chars.get(at..).unwrap_or_default();
    what.chars().count() <= rest.len() && what.chars().zip(rest).all(|(a, b)| a == *b)
}

fn string_end(chars: &[char], at: usize, before: &str) -> usize {
    let quote = chars[at].to_string();
    let is_at = |at: usize, what: &str| matches_at(chars, at, what);
    let long = quote.repeat(3);
    let quotes = if is_at(at, &long) { long } else { quote };
    let prefix = before.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next();
    let prefix = prefix.unwrap_or_default().to_lowercase();
    let formatted = ["f", "t", "rf", "fr", "rt", "tr"].contains(&prefix.as_str());
    text_end(chars, at + quotes.len(), &quotes, formatted, &quotes)
}

/// The end of the literal text that starts at `at`, with whatever of `ends` ends it.
fn text_end(chars: &[char], mut at: usize, quotes: &str, formatted: bool, ends: &str) -> usize {
    let is_at = |at: usize, what: &str| matches_at(chars, at, what);
    while at < chars.len() {
        let doubled = ends == quotes && (is_at(at, "{{") || is_at(at, "}}"));
        if is_at(at, ends) {
            return at + ends.len();
        } else if formatted && doubled || is_at(at, "\\") && !(formatted && is_at(at + 1, "{")) {
            at += 2;
        } else if formatted && is_at(at, "{") {
            at = blank_quiet(chars, at + 1, Some(quotes)).1;
            at = match chars.get(at) {
                Some(':') => text_end(chars, at + 1, quotes, true, "}"),
                _ => at + 1,
            };
        } else {
            at += 1;
        }
    }
    chars.len()
}

fn show(screening: &Screening) -> Vec<String> {
    let dots = |import: &Import| ".".repeat(import.level as usize);
    let show = |import: &Import| {
        let names = import.names.join(",");
        format!("{}{} <- {names}", dots(import), import.module)
    };
    screening.imports.iter().map(show).collect()
}

/// Whole logical lines, each hard in its own way.
const LINES: &[&str] = &[
    "import a.b as c, d",
    "from .. a . b import x, y as z",
    "from . import(x, # import this\n  y as\n z,\n)",
    "from.import x",
    "from...a import *;import b",
    "if x: \\\n from a import b; y = 1; import \\\r\n c",
    "else:import x",
    "    from \\\n  .a \\\n  import \\\n  b",
    "lazy import a; lazy from b import c",
    "from lazy import a",
    "import lazy",
    "from é import ü",
    "def f():\n\tyield from x\n\traise X from Y\n\timport z",
    "important = 1; reimport = 2; x.imports; from_ = import_",
    "'''\nimport no\n'''",
    "x = 'import no'; import yes # import no",
    "# import no\r# from no import no\rimport yes",
    "r'\\'; import no'; import yes",
    "rb'''\\'''\nimport no\n'''; import yes",
    "''; import yes; ''''''; import yes2; '''' '''; import yes3",
    "'\\\nimport no'",
    "f'{x['a']}'; import yes",
    "f'{\"'\"}'; import yes",
    "f'''{\"\"\"'''\"\"\"}'''\nimport yes",
    "f'''{f'''{f'''\nimport no\n'''}'''}\nimport no\n'''",
    "rF'{{'; import yes; f'{{{x}}}'; import yes2",
    "f\"{x:{\"'\"}>{f\"{y}\"}}\"; import yes",
    "f'{x!r:{{\"#\"}}}'; import yes; '#'",
    "f'\\{x}\\N{DASH}'; import yes",
    "T'''{ # '''\n}'''\nimport yes",
    "f'{[':' , {1: \"}\"}[1]]}'; import yes",
    "if'import no'in f'{x}':import yes",
    "d = {'a': 1, # '\n 'b': \"\"\"import no\"\"\"}",
    "(yield\n from x)",
    "x = [a for import_ in b\n if\n from_]",
    "\x0cimport x",
];

#[test]
fn each_line_is_read_as_by_the_reference() {
    for line in LINES {
        assert_eq!(show(&screen(line.as_bytes())), reference(line), "{line}");
    }
    let yes = show(&screen(LINES.join("\n").as_bytes()));
    assert!(!yes.iter().any(|import| import.contains("no")), "{yes:?}");
}

#[test]
fn files_of_these_lines_are_read_as_by_the_reference() {
    let mut random = 7u32;
    for _ in 0..5000 {
        let mut file = String::new();
        for _ in 0..6 {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let pick = (random >> 16) as usize;
            file.push_str(LINES[pick % LINES.len()]);
            file.push_str(["\n", "\r\n", "\r"][pick % 3]);
        }
        assert_eq!(show(&screen(file.as_bytes())), reference(&file), "{file}");
    }
}

#[test]
fn no_bytes_make_it_panic() {
    let file = LINES.join("\n").into_bytes();
    for cut in 0..file.len() {
        screen(&file[..cut]);
        screen(&file[cut..]);
        let mut wild = file.clone();
        wild[cut] = 0xff;
        screen(&wild);
        wild[cut] = b'"';
        screen(&wild);
    }
    // Neither depth nor repetition costs more than the length of the file.
    for bad in ["f'{", "f'''{", "import.", "'''\\", "f'{x:", "import\\\n", "from "] {
        screen(bad.repeat(100_000).as_bytes());
    }
}

#[test]
fn one_bad_field_does_not_hide_the_file() {
    let imports = show(&screen(b"f'''{'''\nimport a\nf'{(}'\nimport b\n"));
    assert_eq!(imports, ["a <- ", "b <- "]);
}

#[test]
fn compile_time_names_are_seen() {
    for yes in [
        "import cython",
        "import os, uneval.meta as m",
        "def f():\n from cython.meta import macro",
        "from uneval import meta",
        "\u{feff}import cython",
        "import \u{ff43}ython",
    ] {
        assert!(screen(yes.as_bytes()).compile_time, "{yes}");
    }
    for no in [
        "import cythonic",
        "from .cython import meta",
        "from calculus import deriv",
        "'import cython'",
    ] {
        assert!(!screen(no.as_bytes()).compile_time, "{no}");
    }
}

#[test]
fn other_encodings_are_decoded_first() {
    // The second byte of the character is a backslash in ASCII.
    let file = b"# coding: shift_jis\nx = '''\x95\x5c'''\nimport a\n'''\n'''";
    assert_eq!(show(&screen(file)), ["a <- "]);
    assert_eq!(show(&screen(b"# coding: latin-1\nimport \xe9")), ["é <- "]);
}
