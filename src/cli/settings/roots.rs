//! The folders below which imports find the program's modules, as Python and its tools find them.
//!
//! ```text
//! uneval expand app              app, or the folder that holds the package app
//! pyproject.toml, src/           the project's folder, and src in it
//! [tool.setuptools]              package-dir, packages.find.where
//! [tool.hatch.build]             packages, sources
//! [tool.pytest.ini_options]      pythonpath
//! ```

use std::path::{Path, PathBuf};

use toml_edit::{Document, Item, Table};

use crate::cli::disk::absolute;

/// The roots that the inputs and the project's file give, those that exist.
pub(crate) fn roots(inputs: &[PathBuf], project: Option<(&Path, &str)>) -> Vec<PathBuf> {
    let mut roots = Vec::new();
    if let Some((folder, text)) = project {
        roots.extend([folder.to_owned(), folder.join("src")]);
        if let Ok(document) = Document::parse(text) {
            roots.extend(of_tools(document.as_table()).into_iter().map(|root| folder.join(root)));
        }
    }
    for folder in inputs.iter().map(|input| absolute(input)) {
        let around = folder.ancestors().find(|folder| !folder.join("__init__.py").is_file());
        if folder.is_dir() {
            let src = folder.join("src");
            roots.extend(around.map(Path::to_owned));
            roots.extend((!src.join("__init__.py").is_file()).then_some(src));
        }
    }
    roots.retain(|root| root.is_dir());
    roots
}

/// The folders that other tools' tables name, below the project's.
fn of_tools(document: &Table) -> Vec<PathBuf> {
    let at = |keys: &[&str]| {
        let tool = document.get("tool");
        keys.iter().fold(tool, |item, key| item?.as_table_like()?.get(key))
    };
    let mut roots = Vec::new();
    // A folder for the names below nothing.
    let unnamed = |item: &Item| Some(PathBuf::from(item.as_table_like()?.get("")?.as_str()?));
    roots.extend(at(&["setuptools", "package-dir"]).and_then(unnamed));
    roots.extend(at(&["setuptools", "packages", "find", "where"]).map(paths).unwrap_or_default());
    for build in [&["hatch", "build"][..], &["hatch", "build", "targets", "wheel"]] {
        let list = |key| at(&[build, &[key]].concat()).map(paths).unwrap_or_default();
        let packages = list("packages").into_iter();
        roots.extend(packages.filter_map(|package| package.parent().map(Path::to_owned)));
        roots.extend(list("sources"));
        if let Some(renamed) = at(&[build, &["sources"]].concat()).and_then(Item::as_table_like) {
            let prefixes = renamed.iter().filter(|(_, to)| to.as_str() == Some(""));
            roots.extend(prefixes.map(|(from, _)| PathBuf::from(from)));
        }
    }
    roots.extend(at(&["pytest", "ini_options", "pythonpath"]).map(paths).unwrap_or_default());
    roots
}

/// The paths of a list, or of a text in which they are words.
fn paths(item: &Item) -> Vec<PathBuf> {
    match (item.as_array(), item.as_str()) {
        (Some(list), _) => {
            list.iter().filter_map(|path| path.as_str()).map(PathBuf::from).collect()
        }
        (_, Some(text)) => text.split_whitespace().map(PathBuf::from).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks which folders the tables of other tools name.
    fn check(text: &str, expected: &[&str]) {
        let document = Document::parse(text).unwrap();
        let expected: Vec<PathBuf> = expected.iter().map(PathBuf::from).collect();
        assert_eq!(of_tools(document.as_table()), expected, "{text}");
    }

    #[test]
    fn tables_of_other_tools() {
        check("[tool.setuptools]\npackage-dir = {\"\" = \"lib\", a = \"b\"}", &["lib"]);
        check("[tool.setuptools.packages.find]\nwhere = [\"lib\"]", &["lib"]);
        check("[tool.hatch.build.targets.wheel]\npackages = [\"lib/a\"]", &["lib"]);
        check("[tool.hatch.build]\nsources = [\"lib\"]", &["lib"]);
        check("[tool.hatch.build.sources]\nlib = \"\"\na = \"b\"", &["lib"]);
        check("[tool.pytest.ini_options]\npythonpath = [\".\", \"lib\"]", &[".", "lib"]);
        check("[tool.pytest.ini_options]\npythonpath = \"lib tests\"", &["lib", "tests"]);
        check("[tool.black]\nline-length = 88", &[]);
    }
}
