//! The book tells the truth: every example in it is run.
//!
//! A page is a folder. Its fenced blocks are taken in order:
//!
//! - `python` that starts with `# file: app.py` is a file of the page's folder (without that line);
//! - `python` without a name must expand by itself, without any finding;
//! - `output` is what `uneval expand` makes of the file before it;
//! - `console` holds commands behind `$ `, each with what it prints;
//! - `pycon` is a session of `uneval repl` on a terminal.
//!
//! The page of a code has its own rules. What stands below `## Example` gives that code and no
//! other, and the `text` block there is all that it prints. What stands below `## Way out` gives no
//! finding, and its expansion runs on `python3`.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test of the book")]

mod house;
#[path = "repl/terminal.rs"]
mod terminal;
#[path = "repl/transcript.rs"]
mod transcript;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use uneval::Code;
use uneval::tree::{Field, FieldKind, Op};

use terminal::transcribed;
use transcript::Transcript;

/// Ops that no macro ever sees, and no page tells of.
const HIDDEN: &[Op] = &[Op::TEMPORARY];

/// A fenced block.
struct Block {
    language: String,
    text: String,
    /// The heading it stands below.
    section: String,
    line: usize,
}

fn book() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("book/src")
}

fn read(page: &str) -> String {
    fs::read_to_string(book().join(page)).unwrap()
}

/// The names of the pages in a folder of the book, sorted.
fn pages(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(book().join(folder)).unwrap();
    let names = entries.map(|e| e.unwrap().file_name().into_string().unwrap());
    let mut pages: Vec<_> = names.filter(|name| name.ends_with(".md")).collect();
    pages.sort();
    pages
}

fn blocks(page: &str) -> Vec<Block> {
    let (mut blocks, mut section) = (Vec::new(), String::new());
    let mut open: Option<Block> = None;
    for (line, text) in page.lines().enumerate() {
        match (&mut open, text.strip_prefix("```")) {
            (None, Some(language)) => {
                let (language, section) = (language.to_owned(), section.clone());
                open = Some(Block { language, text: String::new(), section, line: line + 1 });
            }
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(block), None) => block.text += &format!("{text}\n"),
            (None, None) if text.starts_with('#') => section = text.to_owned(),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block isn't closed");
    blocks
}

/// The folder of a page.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Folder {
        Folder(tempfile::tempdir().unwrap())
    }

    /// Writes a block's file and gives its name, if it has one.
    fn write(&self, block: &Block) -> Option<String> {
        let (first, rest) = block.text.split_once('\n')?;
        let name = first.strip_prefix("# file: ")?;
        self.write_as(name, rest);
        Some(name.to_owned())
    }

    fn write_as(&self, name: &str, text: &str) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn run(&self, program: &str, arguments: &str, input: &str) -> Output {
        let mut command = Command::new(program);
        command.args(arguments.split_whitespace()).current_dir(self.0.path());
        command.env("PYTHONDONTWRITEBYTECODE", "1");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // The program may end without reading.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        child.wait_with_output().unwrap()
    }

    fn uneval(&self, arguments: &str, input: &str) -> (String, String) {
        let output = self.run(env!("CARGO_BIN_EXE_uneval"), arguments, input);
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    }

    /// What a command of a `console` block prints.
    fn console(&self, command: &str) -> String {
        let (program, arguments) = command.split_once(' ').unwrap_or((command, ""));
        let program = match program {
            "uneval" => env!("CARGO_BIN_EXE_uneval"),
            "python3" | "cat" | "ls" => program,
            _ => return format!("{program} isn't a command of the book"),
        };
        let output = self.run(program, arguments, "");
        let printed = [output.stdout, output.stderr].concat();
        String::from_utf8(printed).unwrap()
    }
}

/// What is wrong with the examples of a page of the book proper.
fn check_page(page: &str) -> Vec<String> {
    let folder = Folder::new();
    let mut file = None;
    let mut wrong = Vec::new();
    for block in blocks(&read(page)) {
        let (expected, actual) = match &*block.language {
            "python" => match folder.write(&block) {
                Some(name) => {
                    file = Some(name);
                    continue;
                }
                None => (String::new(), folder.uneval("expand -", &block.text).1),
            },
            "output" => {
                let name = file.as_deref().unwrap_or("no file before it");
                let (out, err) = folder.uneval(&format!("expand {name}"), "");
                (block.text, out + &err)
            }
            "console" => {
                let commands = block.text.lines().filter_map(|line| line.strip_prefix("$ "));
                let run = |command| format!("$ {command}\n{}", folder.console(command));
                let printed: String = commands.map(run).collect();
                (trim_lines(&block.text), trim_lines(&printed))
            }
            "pycon" => {
                let transcript = Transcript::read(&block.text);
                let shown = transcribed(&transcript, folder.0.path(), &["--no-history"]);
                (trim_lines(&block.text), trim_lines(&shown))
            }
            _ => continue,
        };
        if actual != expected {
            wrong.push(format!("{page}:{}:\n{actual}", block.line));
        }
    }
    wrong
}

/// Without the spaces at the ends of lines and the empty lines at the end.
fn trim_lines(text: &str) -> String {
    let lines: Vec<_> = text.trim_end().lines().map(str::trim_end).collect();
    lines.join("\n")
}

/// The codes of the findings on standard error.
fn codes(err: &str) -> BTreeSet<&str> {
    err.lines().filter_map(code).collect()
}

/// The code in `error[E0101]: message`.
fn code(line: &str) -> Option<&str> {
    let (severity, rest) = line.split_once('[')?;
    let (code, _) = rest.split_once(']')?;
    ["error", "warning", "note"].contains(&severity).then_some(code)
}

/// The blocks of a section of a code's page, each file of it written. One without a name is `app.py`.
fn section<'a>(folder: &Folder, blocks: &'a [Block], section: &str) -> Vec<&'a Block> {
    let own = blocks.iter().filter(|block| block.section == section);
    own.filter(|block| block.language != "python" || folder.write(block).is_none()).collect()
}

/// What is wrong with the example of a code's page: each `app.py` is followed by what is found
/// there, or by a command with what it prints.
fn check_example(code: Code, blocks: &[Block]) -> Vec<String> {
    let folder = Folder::new();
    let mut wrong = Vec::new();
    let mut shown = 0;
    for block in section(&folder, blocks, "## Example") {
        let arguments = match &*block.language {
            "python" => {
                folder.write_as("app.py", &block.text);
                continue;
            }
            "text" => "expand app.py",
            "console" => {
                block.text.lines().next().and_then(|l| l.strip_prefix("$ uneval ")).unwrap()
            }
            _ => continue,
        };
        let (_, err) = folder.uneval(arguments, "");
        let expected = match block.text.split_once('\n') {
            Some((_, rest)) if block.language == "console" => rest,
            _ => &block.text,
        };
        let is_right = codes(&err) == BTreeSet::from([code.id()]);
        if !is_right || trim_lines(expected) != trim_lines(&err) {
            wrong.push(format!("{code}, line {}, prints\n{err}", block.line));
        }
        shown += 1;
    }
    if shown == 0 {
        wrong.push(format!("{code} shows no finding"));
    }
    wrong
}

/// What is wrong with the way out of a code's page.
fn check_way_out(code: Code, blocks: &[Block]) -> Vec<String> {
    let folder = Folder::new();
    let ways = section(&folder, blocks, "## Way out");
    let mut wrong = Vec::new();
    let mut check = || {
        let (_, err) = folder.uneval("expand . -o expanded", "");
        if !codes(&err).is_empty() || !folder.0.path().join("expanded/app.py").is_file() {
            return wrong.push(format!("{code}, the way out:\n{err}"));
        }
        let output = folder.run("python3", "expanded/app.py", "");
        if !output.status.success() {
            let err = String::from_utf8_lossy(&output.stderr);
            wrong.push(format!("{code}, the way out on python3:\n{err}"));
        }
    };
    let unnamed: Vec<_> = ways.iter().filter(|block| block.language == "python").collect();
    if unnamed.is_empty() {
        check();
    }
    for block in unnamed {
        folder.write_as("app.py", &block.text);
        check();
    }
    wrong
}

#[test]
fn the_examples_of_the_book_are_true() {
    let mut pages = pages("");
    pages.push("../../README.md".to_owned());
    let wrong: Vec<_> = pages.iter().flat_map(|page| check_page(page)).collect();
    assert!(wrong.is_empty(), "not what the page says\n{}", wrong.join("\n"));
}

#[test]
fn the_example_of_each_code_gives_it_and_the_way_out_does_not() {
    let mut wrong = Vec::new();
    for &code in Code::ALL {
        let page = code.page();
        let blocks = blocks(page);
        wrong.extend(check_example(code, &blocks));
        // There is no example of a way out of a missing file or a full disk.
        if !matches!(code, Code::UnreadableFile | Code::UnwritableFile) {
            wrong.extend(check_way_out(code, &blocks));
        }
    }
    assert!(wrong.is_empty(), "not what the page says\n{}", wrong.join("\n"));
}

#[test]
fn every_page_is_in_the_summary() {
    let summary = read("SUMMARY.md");
    let link = |page: &str| summary.contains(&format!("]({page})"));
    let chapters = pages("").into_iter().filter(|page| page != "SUMMARY.md");
    let codes = pages("errors").into_iter().map(|page| format!("errors/{page}"));
    let missing: Vec<_> = chapters.chain(codes).filter(|page| !link(page)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    for code in Code::ALL {
        let line = format!("[{code}: {}](errors/{code}.md)", code.title());
        assert!(summary.contains(&line), "the summary lacks {line}");
    }
}

/// The pages outside the book that have links: their paths from the book's folder.
const AROUND: &[&str] = &["../../README.md", "../../ARCHITECTURE.md", "../../CONTRIBUTING.md"];

#[test]
fn links_lead_to_pages_and_headings() {
    let codes = pages("errors").into_iter().map(|page| format!("errors/{page}"));
    let around = AROUND.iter().map(|page| (*page).to_owned());
    for page in pages("").into_iter().chain(codes).chain(around) {
        // Every second piece between backquotes is code.
        let text: Vec<_> = read(&page).split('`').step_by(2).map(str::to_owned).collect();
        for link in text.join("`").split("](").skip(1) {
            let link = link.split(')').next().unwrap_or_default();
            if link.starts_with("https:") {
                continue;
            }
            let (file, heading) = link.split_once('#').unwrap_or((link, ""));
            let target = match file {
                "" => page.clone(),
                file => {
                    page.rsplit_once('/').map_or(file.to_owned(), |(f, _)| format!("{f}/{file}"))
                }
            };
            assert!(book().join(&target).exists(), "{page} links to {link}");
            let is_there = heading.is_empty() || anchors(&read(&target)).contains(heading);
            assert!(is_there, "{page} links to {link}, but {target} has no such heading");
        }
    }
}

/// What links call the headings of a page.
fn anchors(page: &str) -> BTreeSet<String> {
    let headings = page.lines().filter(|line| line.starts_with('#'));
    let anchor = |heading: &str| {
        let words = heading.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
        let stays = |c: &char| c.is_alphanumeric() || matches!(c, '-' | '_');
        words.chars().filter(stays).collect()
    };
    headings.map(anchor).collect()
}

/// Citations are `language.md §3`, and within that page just the sign and the number.
#[test]
fn cited_sections_of_the_language_are_there() {
    let sections: Vec<_> = (1..=15).map(|number| format!("## §{number} ")).collect();
    let language = read("language.md");
    let headings: Vec<_> = language.lines().filter(|line| line.starts_with("## ")).collect();
    let is_section = |(heading, section): (&&str, &String)| heading.starts_with(&**section);
    assert_eq!(headings.len(), sections.len());
    assert!(headings.iter().zip(&sections).all(is_section), "{headings:?}");

    let places = ["src", "tests", "fuzz/src", "book/src", "corpus", "ARCHITECTURE.md"];
    let mut wrong = Vec::new();
    for file in house::files(&places, &[".rs", ".md", ".py"]) {
        let is_language = file.path == "book/src/language.md";
        for (at, sign) in file.text.match_indices('§') {
            let cited = &file.text[at + sign.len()..];
            let end = cited.find(|c: char| !c.is_ascii_digit()).unwrap_or(cited.len());
            let Ok(number) = cited[..end].parse::<usize>() else { continue };
            let is_named = is_language || file.text[..at].ends_with("language.md ");
            if !is_named || !(1..=sections.len()).contains(&number) {
                let line = file.text[..at].lines().count();
                wrong.push(format!("{}:{line}: cites section {number}", file.path));
            }
        }
    }
    house::none(&wrong);
}

#[test]
fn the_table_of_ops_is_complete() {
    let page = read("tree.md");
    let table = page.lines().skip_while(|line| !line.starts_with("| op |"));
    let mut rows = table.filter(|line| line.starts_with("| `"));
    for &op in Op::ALL.iter().filter(|op| !HIDDEN.contains(op)) {
        let names = Op::NAMES.iter().filter(|(_, named)| *named == op);
        let names: Vec<_> = names.map(|(name, _)| format!("`{name}`")).collect();
        let fields: Vec<_> = op.fields().iter().map(shown).collect();
        let start = format!("| {} | {} | ", names.join(", "), fields.join(", "));
        let row = rows.next().unwrap_or_default();
        assert!(row.starts_with(&start), "the table should go on with {start}\nbut has {row}");
    }
    assert_eq!(rows.next(), None);
}

/// A field as the table has it.
fn shown(field: &Field) -> String {
    let kind = match field.kind {
        FieldKind::Many(..) => "…",
        FieldKind::List(..) => " list",
        FieldKind::Optional(_) | FieldKind::Docstring => "?",
        _ => "",
    };
    format!("`{}`{kind}", field.name)
}
