//! Reads this project's own files, for the tests of its house rules.

#![allow(dead_code, reason = "each test uses a part of it")]

pub mod plan;

pub mod declared;

pub mod types;

pub mod calls;

pub mod graph;

pub mod debts;

pub mod numbers;

use std::fs;
use std::path::{Path, PathBuf};

/// A file of the project.
pub struct File {
    /// Its path from the project's folder, with `/`.
    pub path: String,
    /// All of it.
    pub text: String,
}

impl File {
    /// The text of a Rust file with blanks for comments and what is in quotes: every byte that is
    /// left is where it was.
    pub fn code(&self) -> String {
        blank_words(&self.text)
    }

    /// The code without what is compiled for tests only.
    pub fn code_outside_tests(&self) -> String {
        blank_tests(self.code())
    }
}

/// The files below these folders (or the files themselves) whose names end so, sorted.
pub fn files(places: &[&str], endings: &[&str]) -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    for place in places {
        collect(&root.join(place), &mut paths);
    }
    let relative = |path: &PathBuf| {
        let path = path.strip_prefix(root).unwrap_or(path);
        path.to_string_lossy().replace('\\', "/")
    };
    let mut files: Vec<_> = paths
        .iter()
        .map(|path| (relative(path), path))
        .filter(|(name, _)| endings.iter().any(|ending| name.ends_with(ending)))
        .map(|(name, path)| {
            // A program of the corpus may be in another encoding; its ASCII is all that matters.
            let text = String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned();
            File { path: name, text }
        })
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn collect(place: &Path, paths: &mut Vec<PathBuf>) {
    match fs::read_dir(place) {
        Ok(entries) => entries.flatten().for_each(|entry| collect(&entry.path(), paths)),
        Err(_) if place.is_file() => paths.push(place.to_owned()),
        Err(_) => {}
    }
}

/// Whether the project has this file or folder.
pub fn exists(path: &str) -> bool {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path).exists()
}

/// Fails with the list of complaints, unless it is empty.
#[track_caller]
pub fn none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n  {}\n", complaints.join("\n  "));
}

fn blank_words(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut code = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let end = word_end(bytes, at);
        for byte in &mut code[at..end] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
        at = end.max(at + 1);
    }
    String::from_utf8(code).unwrap()
}

/// Where the comment or literal ends that starts at `at`; `at` if none starts there.
fn word_end(bytes: &[u8], at: usize) -> usize {
    let rest = &bytes[at..];
    let after_name = at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'_');
    match rest {
        [b'/', b'/', ..] => at + find(rest, b"\n"),
        [b'/', b'*', ..] => at + find(rest, b"*/") + 2,
        [b'"', ..] => at + quoted(rest),
        [b'b' | b'c', b'"', ..] if !after_name => at + 1 + quoted(&rest[1..]),
        [b'b' | b'c', b'r', b'"' | b'#', ..] if !after_name => at + 1 + raw(&rest[1..]),
        [b'r', b'"' | b'#', ..] if !after_name => at + raw(rest),
        [b'\'', b'\\', ..] => at + 2 + 1 + find(&rest[3..], b"'") + 1,
        [b'\'', ..] => at + character(rest),
        _ => at,
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> usize {
    bytes.windows(wanted.len()).position(|window| window == wanted).unwrap_or(bytes.len())
}

fn quoted(bytes: &[u8]) -> usize {
    let mut at = 1;
    while at < bytes.len() && bytes[at] != b'"' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    (at + 1).min(bytes.len())
}

/// The length of `r#"…"#`; 0 if it is a raw name.
fn raw(bytes: &[u8]) -> usize {
    let hashes = bytes[1..].iter().take_while(|byte| **byte == b'#').count();
    if bytes.get(1 + hashes) != Some(&b'"') {
        return 0;
    }
    let end = [b"\"".as_slice(), &b"#".repeat(hashes)].concat();
    let start = hashes + 2;
    (start + find(&bytes[start..], &end) + end.len()).min(bytes.len())
}

/// The length of `'x'`; 0 if it is a lifetime.
fn character(bytes: &[u8]) -> usize {
    let text = str::from_utf8(&bytes[1..bytes.len().min(5)]);
    let valid = text.unwrap_or_else(|e| str::from_utf8(&bytes[1..1 + e.valid_up_to()]).unwrap());
    let length = valid.chars().next().map_or(0, char::len_utf8);
    if bytes.get(1 + length) == Some(&b'\'') { length + 2 } else { 0 }
}

/// Blanks each item behind `#[cfg(test)]`.
fn blank_tests(mut code: String) -> String {
    const MARK: &str = "#[cfg(test)]";
    while let Some(start) = code.find(MARK) {
        let end = item_end(&code, start + MARK.len());
        let blank: String =
            code[start..end].chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
        code.replace_range(start..end, &blank);
    }
    code
}

/// Where the item ends that starts at `start` of code without words.
pub fn item_end(code: &str, start: usize) -> usize {
    let mut depth = 0;
    for (at, character) in code[start..].char_indices() {
        match character {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => {
                depth -= 1;
                if depth == 0 && character == '}' {
                    return start + at + 1;
                }
            }
            ';' if depth == 0 => return start + at + 1,
            _ => {}
        }
    }
    code.len()
}

/// Names, and each other character by itself.
pub fn tokens(code: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = code.trim_start();
    while let Some(first) = rest.chars().next() {
        let is_name = |c: char| c.is_alphanumeric() || c == '_';
        let length = if is_name(first) {
            rest.find(|c| !is_name(c)).unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        tokens.push(&rest[..length]);
        rest = rest[length..].trim_start();
    }
    tokens
}
