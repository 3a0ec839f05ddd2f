//! The folders of an environment in which installed packages are, by its layout: no Python is run.
//!
//! ```text
//! env/lib/python3.12/site-packages      env\Lib\site-packages      the folder itself
//! ```

use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::console::Stop;
use crate::cli::disk::absolute;

/// The folders of the interpreter `python`, else of the environment in the folder `environment`, else
/// of the one that is active.
///
/// # Errors
/// When what was named has none.
pub(super) fn folders(
    python: Option<&Path>,
    environment: Option<&Path>,
) -> Result<Vec<PathBuf>, Stop> {
    let wrong = |what: &str, path: &Path, why: &str| {
        Stop::Usage(format!("{what} {}: {why}", path.display()))
    };
    if let Some(python) = python {
        if !python.is_file() && !python.is_dir() {
            return Err(wrong("python", python, "there is no such interpreter"));
        }
        let found = of_interpreter(python);
        return match found.is_empty() {
            true => Err(wrong("python", python, "no folder of packages belongs to it")),
            false => Ok(found),
        };
    }
    if let Some(folder) = environment {
        return match (folder.is_dir(), of_prefix(folder, None)) {
            (false, _) => Err(wrong("environment", folder, "there is no such folder")),
            (true, found) if found.is_empty() => Ok(vec![absolute(folder)]),
            (true, found) => Ok(found),
        };
    }
    let active = std::env::var_os("VIRTUAL_ENV").filter(|folder| !folder.is_empty());
    Ok(active.map_or_else(Vec::new, |folder| of_prefix(Path::new(&folder), None)))
}

/// The folders of an interpreter, or of the folder of one: beside it if it is an environment's, else
/// where links lead.
fn of_interpreter(python: &Path) -> Vec<PathBuf> {
    if python.is_dir() {
        return of_prefix(python, None);
    }
    let prefix = |python: &Path| python.parent().and_then(Path::parent).map(Path::to_owned);
    let named = absolute(python);
    let is_environment = |prefix: &PathBuf| prefix.join("pyvenv.cfg").is_file();
    let own = prefix(&named).filter(is_environment);
    let real = fs::canonicalize(&named).unwrap_or(named);
    let version = real.file_name().and_then(|name| name.to_str()).and_then(minor_version);
    match own {
        Some(prefix) => of_prefix(&prefix, None),
        None => prefix(&real).map_or_else(Vec::new, |prefix| of_prefix(&prefix, version)),
    }
}

/// The folders below a prefix, of this minor version or else of the newest.
fn of_prefix(prefix: &Path, version: Option<u32>) -> Vec<PathBuf> {
    let windows = prefix.join("Lib").join("site-packages");
    if windows.is_dir() {
        return vec![absolute(&windows)];
    }
    let version = version.or_else(|| configured_version(prefix)).or_else(|| newest(prefix));
    let mut folders = Vec::new();
    if let Some(minor) = version {
        for lib in ["local/lib", "lib", "lib64"] {
            let lib = prefix.join(lib).join(format!("python3.{minor}"));
            folders.extend(["site-packages", "dist-packages"].map(|name| lib.join(name)));
        }
    }
    folders.push(prefix.join("lib").join("python3").join("dist-packages"));
    folders.retain(|folder| folder.is_dir());
    folders.iter().map(|folder| absolute(folder)).collect()
}

/// The version that an environment says it is of.
fn configured_version(prefix: &Path) -> Option<u32> {
    let text = fs::read_to_string(prefix.join("pyvenv.cfg")).ok()?;
    let lines = text.lines().filter_map(|line| line.split_once('='));
    let mut versions = lines.filter(|(key, _)| key.trim().starts_with("version"));
    versions.next()?.1.trim().split('.').nth(1)?.parse().ok()
}

/// The newest version that has a library below the prefix.
fn newest(prefix: &Path) -> Option<u32> {
    let entries = fs::read_dir(prefix.join("lib")).ok()?;
    let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    names.filter_map(|name| minor_version(&name)).max()
}

/// The 12 of `python3.12` and `python3.12.exe`.
fn minor_version(name: &str) -> Option<u32> {
    name.strip_prefix("python3.")?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks which folders are found below a prefix with these.
    #[track_caller]
    fn check(made: &[&str], expected: &[&str]) {
        let prefix = tempfile::tempdir().unwrap();
        for folder in made {
            fs::create_dir_all(prefix.path().join(folder)).unwrap();
        }
        let found = of_prefix(prefix.path(), None);
        let expected: Vec<_> = expected.iter().map(|folder| prefix.path().join(folder)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn packages_are_found_by_layout() {
        check(&["lib/python3.12/site-packages"], &["lib/python3.12/site-packages"]);
        let two = ["lib/python3.9/site-packages", "lib/python3.11/site-packages"];
        check(&two, &["lib/python3.11/site-packages"]);
        check(&["lib/python3/dist-packages"], &["lib/python3/dist-packages"]);
        check(&["Lib/site-packages"], &["Lib/site-packages"]);
        check(&["bin"], &[]);
    }
}
