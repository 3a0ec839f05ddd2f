//! Makes a project that breaks the law smaller, as long as it runs and breaks it.

use std::io;

use super::law::{Verdict, judge};
use super::project::Project;
use super::python::Python;

/// The smallest project found that breaks the law, after at most `tries`.
pub fn shrink(
    mut project: Project,
    mut words: String,
    python: &mut Python,
    tries: u32,
) -> io::Result<(Project, String)> {
    let mut left = tries;
    let mut progress = true;
    while progress && left > 0 {
        progress = false;
        for candidate in [entries, halves, statements, lines] {
            let mut at = 0;
            while let Some(smaller) = candidate(&project, at) {
                if left == 0 {
                    return Ok((project, words));
                }
                left -= 1;
                match judge(&smaller, python)? {
                    Verdict::Broken(new)
                        if new.starts_with("panics") == words.starts_with("panics") =>
                    {
                        (project, words) = (smaller, new);
                        progress = true;
                    }
                    _ => at += 1,
                }
            }
        }
    }
    Ok((project, words))
}

/// Without one file's text.
fn entries(project: &Project, at: usize) -> Option<Project> {
    let mut smaller = project.clone();
    let mut files = smaller.files.iter_mut().rev().filter(|file| !file.statements.is_empty());
    files.nth(at)?.statements.clear();
    Some(smaller)
}

/// Without half the statements of a file.
fn halves(project: &Project, at: usize) -> Option<Project> {
    let mut smaller = project.clone();
    let mut files = smaller.files.iter_mut().rev().filter(|file| file.statements.len() > 3);
    let statements = &mut files.nth(at / 2)?.statements;
    let half = statements.len() / 2;
    match at % 2 {
        0 => statements.truncate(half),
        _ => _ = statements.drain(..half),
    }
    Some(smaller)
}

/// Without one statement.
fn statements(project: &Project, at: usize) -> Option<Project> {
    let mut smaller = project.clone();
    let mut left = at;
    for file in smaller.files.iter_mut().rev() {
        let count = file.statements.len();
        if left < count {
            file.statements.remove(count - 1 - left);
            return Some(smaller);
        }
        left -= count;
    }
    None
}

/// Without one line of a statement, or with it further to the left.
fn lines(project: &Project, at: usize) -> Option<Project> {
    let mut smaller = project.clone();
    let mut left = at / 2;
    for statement in smaller.files.iter_mut().flat_map(|file| &mut file.statements) {
        let mut lines: Vec<&str> = statement.lines().collect();
        if lines.len() < 2 {
            continue;
        }
        if left < lines.len() {
            match (at % 2, lines[left].strip_prefix("    ")) {
                (0, _) | (_, None) => _ = lines.remove(left),
                (_, Some(line)) => lines[left] = line,
            }
            *statement = lines.join("\n");
            return Some(smaller);
        }
        left -= lines.len();
    }
    None
}
