//! The ways in which a project is made smaller.

use super::project::Project;

/// The `at`-th of a project's smaller ones.
type Smaller = fn(&Project, usize) -> Option<Project>;

/// The boldest first.
pub const WAYS: &[Smaller] = &[entries, halves, statements, lines];

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
