//! The folders of an environment in which installed packages are, by its layout: no Python is run.
//!
//! ```text
//! env/lib/python3.12/site-packages      env\Lib\site-packages      the folder itself
//! site-packages/name.pth                lines of it name more folders: installed "editable"
//! env/pyvenv.cfg                        may add the packages of the Python that it is made from
//! ```

use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::console::Stop;
use crate::cli::disk::absolute;

/// The folders of the interpreter `python`, else of the environment in the folder `environment`, else
/// of the one that is active; and those that they name.
///
/// # Errors
/// When what was named has none.
pub(super) fn folders(
    python: Option<&Path>,
    environment: Option<&Path>,
) -> Result<Vec<PathBuf>, Stop> {
    let mut all: Vec<PathBuf> = Vec::new();
    for folder in own_folders(python, environment)? {
        let named = named_folders(&folder);
        let new = [vec![folder], named].concat().into_iter();
        let new: Vec<_> = new.filter(|folder| !all.contains(folder)).collect();
        all.extend(new);
    }
    Ok(all)
}

/// The folders of an environment itself.
fn own_folders(python: Option<&Path>, environment: Option<&Path>) -> Result<Vec<PathBuf>, Stop> {
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
    match active.as_deref().map(Path::new) {
        Some(folder) if !folder.is_dir() => {
            Err(wrong("VIRTUAL_ENV", folder, "there is no such folder"))
        }
        Some(folder) => Ok(of_prefix(folder, None)),
        None => Ok(Vec::new()),
    }
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
    let mut folders: Vec<_> = folders.iter().map(|folder| absolute(folder)).collect();
    folders.extend(base_prefix(prefix).map_or_else(Vec::new, |base| of_prefix(&base, version)));
    folders
}

/// The folders that the `.pth` files of a folder name: those of projects that are installed as they
/// stand. Lines that import something are Python's business.
fn named_folders(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "pth"));
    files.sort();
    let texts: Vec<_> = files.iter().filter_map(|path| fs::read_to_string(path).ok()).collect();
    let lines = texts.iter().flat_map(|text| text.trim_start_matches('\u{feff}').lines());
    let is_path = |line: &&str| !line.starts_with('#') && !line.trim().is_empty();
    let named = lines.filter(is_path).map(|line| absolute(&folder.join(line.trim_end())));
    named.filter(|folder| folder.is_dir()).collect()
}

/// The prefix of the Python that an environment is made from, if its packages are to be seen too.
fn base_prefix(prefix: &Path) -> Option<PathBuf> {
    configured(prefix, "include-system-site-packages").filter(|value| value == "true")?;
    let home = configured(prefix, "home")?;
    let base = Path::new(&home).parent().map(Path::to_owned);
    base.filter(|base| !base.join("pyvenv.cfg").is_file())
}

/// The version that an environment says it is of.
fn configured_version(prefix: &Path) -> Option<u32> {
    let version = configured(prefix, "version").or_else(|| configured(prefix, "version_info"))?;
    version.split('.').nth(1)?.parse().ok()
}

/// What the file of an environment says under a key.
fn configured(prefix: &Path, key: &str) -> Option<String> {
    let text = fs::read_to_string(prefix.join("pyvenv.cfg")).ok()?;
    let lines = text.lines().filter_map(|line| line.split_once('='));
    let mut values = lines.filter(|(own, _)| own.trim() == key);
    values.next().map(|(_, value)| value.trim().to_owned())
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

    #[test]
    fn folders_name_others() {
        let prefix = tempfile::tempdir().unwrap();
        let at = |name: &str| prefix.path().join(name);
        for folder in ["site", "one/src", "two", "base/bin", "base/lib/python3.12/site-packages"] {
            fs::create_dir_all(at(folder)).unwrap();
        }
        let two = at("two").display().to_string();
        fs::write(at("site/b.pth"), format!("# {two}\n\nimport two; two.install()\n{two} \n"))
            .unwrap();
        fs::write(at("site/a.pth"), "\u{feff}../one/src\r\nnowhere\n").unwrap();
        fs::write(at("site/c.txt"), at("base").display().to_string()).unwrap();
        let real = |path: PathBuf| fs::canonicalize(path).unwrap();
        let found: Vec<_> = named_folders(&at("site")).into_iter().map(real).collect();
        assert_eq!(found, [real(at("one/src")), real(at("two"))]);
    }

    #[test]
    fn an_environment_may_have_the_packages_of_its_base() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let packages =
            ["env", "base"].map(|prefix| at(prefix).join("lib/python3.12/site-packages"));
        packages.iter().for_each(|packages| fs::create_dir_all(packages).unwrap());
        let check = |value: &str, expected: &[PathBuf]| {
            let home = at("base/bin").display().to_string();
            let text = format!("home = {home}\nversion = 3.12.1\n{value}\n");
            fs::write(at("env/pyvenv.cfg"), text).unwrap();
            assert_eq!(of_prefix(&at("env"), None), expected, "{value}");
        };
        check("include-system-site-packages = false", &packages[..1]);
        check("include-system-site-packages = true", &packages);
    }
}
