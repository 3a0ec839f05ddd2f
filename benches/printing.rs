//! How good and how fast the printer is, on the standard library of `python3`:
//!
//!     cargo bench --bench printing -- speed
//!     cargo bench --bench printing -- kept
//!     cargo bench --bench printing -- ruff path/to/ruff [directory]
//!
//! `speed` compares parsing and printing with CPython's `ast.parse` and `ast.unparse`, on the same
//! files and one after the other. `kept` shows which lines are changed when everything is printed as
//! its source spelled it. `ruff` prints every file with its spellings, comments and blank
//! lines forgotten, into the directory if there is one, and tells how many of the lines
//! `ruff format` changes.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "reads the machine's Python"
)]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use rustpython_parser::parse_module;
use rustpython_text_size::{TextRange, TextSize};
use uneval::tree::print::{self, Style};
use uneval::tree::{Layout, Node, Plain, lower_body};
use uneval::{FileId, Source};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Syntax trees are as deep as their source.
const STACK: usize = 1 << 30;

/// How often everything is measured.
const ROUNDS: usize = 5;

fn main() -> Outcome<()> {
    // Cargo says `--bench` to every bench.
    let arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let arguments: Vec<String> = arguments.collect();
    let work = move || run(&arguments).map_err(|error| error.to_string());
    let worker = std::thread::Builder::new().stack_size(STACK).spawn(work)?;
    match worker.join() {
        Ok(outcome) => Ok(outcome?),
        Err(_) => Err("the printer panicked".into()),
    }
}

fn run(arguments: &[String]) -> Outcome<()> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["speed"] => speed(),
        ["kept"] => kept(),
        ["ruff", ruff] => ruff_share(ruff, tempfile::tempdir()?.path()),
        ["ruff", ruff, folder] => ruff_share(ruff, Path::new(folder)),
        _ => Err("say `speed`, `kept`, or `ruff` with the path of one".into()),
    }
}

/// The files of the standard library that the parser reads, with their texts.
fn library() -> Outcome<Vec<(PathBuf, String)>> {
    let code = "import sysconfig; print(sysconfig.get_path('stdlib'))";
    let output = Command::new("python3").args(["-c", code]).output()?;
    let folder = PathBuf::from(String::from_utf8(output.stdout)?.trim());
    let mut paths = Vec::new();
    collect(&folder, &mut paths)?;
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        if let Ok(source) = Source::decode(path.to_string_lossy(), &std::fs::read(&path)?)
            && parse_module(source.text()).is_ok()
        {
            files.push((path, source.text().to_owned()));
        }
    }
    Ok(files)
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> Outcome<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default();
        if path.is_dir() && name != "site-packages" {
            collect(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "py") {
            found.push(path);
        }
    }
    Ok(())
}

fn tree(text: &str) -> Outcome<Node> {
    let parsed = parse_module(text)?;
    let layout = Layout::new(text, parsed.tokens());
    let within = TextRange::up_to(TextSize::of(text));
    Ok(lower_body(&parsed.syntax().body, FileId(0), text, &layout, within, &mut Plain))
}

/// How long each part of the way took.
#[derive(Clone, Copy, Default)]
struct Times {
    parse: Duration,
    lower: Duration,
    spelled: Duration,
    print: Duration,
}

fn measure(files: &[(PathBuf, String)]) -> Outcome<Times> {
    let mut times = Times::default();
    for (_, text) in files {
        let start = Instant::now();
        let parsed = parse_module(text)?;
        times.parse += start.elapsed();
        let start = Instant::now();
        let layout = Layout::new(text, parsed.tokens());
        let within = TextRange::up_to(TextSize::of(text));
        let body = &parsed.syntax().body;
        let node = lower_body(body, FileId(0), text, &layout, within, &mut Plain);
        times.lower += start.elapsed();
        let start = Instant::now();
        std::hint::black_box(print::module(&node, Style::default()));
        times.spelled += start.elapsed();
        let bare = node.without_spelling();
        let start = Instant::now();
        std::hint::black_box(print::module(&bare, Style::default()));
        times.print += start.elapsed();
    }
    Ok(times)
}

/// Seconds for `ast.parse` and `ast.unparse` of the files, whose paths are lines of its input.
const UNPARSE: &str = "
import ast, sys, time, warnings
warnings.simplefilter('ignore')
sys.setrecursionlimit(100_000)
texts = []
for path in sys.stdin.read().splitlines():
    with open(path, 'rb') as file:
        texts.append(file.read())
parse = unparse = 0
for text in texts:
    try:
        start = time.perf_counter()
        tree = ast.parse(text)
        middle = time.perf_counter()
        ast.unparse(tree)
        end = time.perf_counter()
    except (SyntaxError, ValueError, RecursionError):
        continue
    parse += middle - start
    unparse += end - middle
print(parse, unparse)
";

fn measure_python(files: &[(PathBuf, String)]) -> Outcome<(Duration, Duration)> {
    use std::io::Write as _;
    let mut child = Command::new("python3")
        .args(["-c", UNPARSE])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()?;
    let paths: Vec<_> = files.iter().map(|(path, _)| path.to_string_lossy()).collect();
    if let Some(input) = child.stdin.as_mut() {
        input.write_all(paths.join("\n").as_bytes())?;
    }
    let output = String::from_utf8(child.wait_with_output()?.stdout)?;
    let mut seconds = output.split_whitespace().map(str::parse::<f64>);
    let mut next = || -> Outcome<Duration> {
        Ok(Duration::from_secs_f64(seconds.next().ok_or("python3 has no `ast.unparse`")??))
    };
    Ok((next()?, next()?))
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64()
}

fn speed() -> Outcome<()> {
    let files = library()?;
    let bytes: usize = files.iter().map(|(_, text)| text.len()).sum();
    let mb = bytes as f64 / 1e6;
    println!("{} files, {mb:.1} MB, median of {ROUNDS} rounds", files.len());
    let (mut own, mut python) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        own.push(measure(&files)?);
        python.push(measure_python(&files)?);
    }
    let part = |part: fn(&Times) -> Duration| median(own.iter().map(part).collect());
    let row = |name: &str, time: f64| println!("{name:34} {time:7.3} s  {:7.1} MB/s", mb / time);
    row("parse", part(|t| t.parse));
    row("lower", part(|t| t.lower));
    row("print as spelled", part(|t| t.spelled));
    row("print anew", part(|t| t.print));
    let whole = part(|t| t.parse + t.lower + t.print);
    row("parse, lower and print anew", whole);
    row("ast.parse", median(python.iter().map(|t| t.0).collect()));
    row("ast.unparse", median(python.iter().map(|t| t.1).collect()));
    let theirs = median(python.iter().map(|t| t.0 + t.1).collect());
    row("ast.parse and ast.unparse", theirs);
    println!("ratio {:.2}", theirs / whole);
    Ok(())
}

/// How many lines of each kind are shown.
const SHOWN: usize = 100;

fn kept() -> Outcome<()> {
    let (mut files, mut same, mut lines, mut changed) = (0, 0, 0, 0);
    for (path, text) in library()? {
        let printed = print::module(&tree(&text)?, Style::default());
        let text = text.replace("\r\n", "\n");
        files += 1;
        same += usize::from(printed == text);
        let diff = similar::TextDiff::from_lines(&text, &printed);
        let changes = diff.iter_all_changes().filter(|c| c.tag() != similar::ChangeTag::Equal);
        for change in changes {
            changed += 1;
            if changed < SHOWN || !change.value().trim().is_empty() && changed % SHOWN == 0 {
                print!("{}: {}{}", path.display(), change.tag(), change);
            }
        }
        lines += text.lines().count();
    }
    println!("{same} of {files} files are the same, {changed} of {lines} lines came or went");
    Ok(())
}

fn ruff_share(ruff: &str, folder: &Path) -> Outcome<()> {
    let mut lines = 0;
    for (index, (path, text)) in library()?.iter().enumerate() {
        let printed = print::module(&tree(text)?.without_spelling(), Style::default());
        lines += printed.lines().count();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        std::fs::write(folder.join(format!("{index:04}_{name}.py")), printed)?;
    }
    let output = Command::new(ruff)
        .args(["format", "--isolated", "--no-cache", "--diff"])
        .arg(folder)
        .output()?;
    let diff = String::from_utf8_lossy(&output.stdout);
    let removed = |line: &&str| line.starts_with('-') && !line.starts_with("---");
    let added = |line: &&str| line.starts_with('+') && !line.starts_with("+++");
    let removed = diff.lines().filter(removed).count();
    let added = diff.lines().filter(added).count();
    let share = 100.0 * removed.max(added) as f64 / lines as f64;
    println!("{lines} lines: ruff takes {removed} away and adds {added}, {share:.2} %");
    println!("{}", String::from_utf8_lossy(&output.stderr).lines().last().unwrap_or_default());
    std::fs::write(folder.join("ruff.diff"), output.stdout)?;
    Ok(())
}
