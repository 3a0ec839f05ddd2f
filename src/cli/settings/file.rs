//! `[tool.uneval]` of `pyproject.toml`: the flags' names without their dashes, and their values.
//!
//! ```toml
//! [tool.uneval]
//! roots = ["lib"]       # from this file's folder
//! max-seconds = 60
//! deny = ["warnings"]
//! ```

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml_edit::{Document, Item, TableLike, Value};

use super::Settings;
use super::roots::roots;
use super::version;
use crate::cli::console::Stop;
use crate::cli::disk::absolute;
use crate::diagnostic::spelling::question;
use crate::source::Source;

/// The file's name.
const NAME: &str = "pyproject.toml";

/// The settings of the project that the inputs belong to: of the nearest file with any, from the
/// folder that holds all of them upwards; and where the project's modules and files are.
///
/// # Errors
/// When a setting makes no sense.
pub(crate) fn of_project(inputs: &[PathBuf]) -> Result<Settings, Stop> {
    let around = common_folder(inputs);
    let folders = around.iter().flat_map(|folder| folder.ancestors());
    let files = folders.filter_map(|folder| {
        Some((folder.to_owned(), fs::read_to_string(folder.join(NAME)).ok()?))
    });
    let mut nearest = None;
    let mut settings = Settings::default();
    for (folder, text) in files {
        if let Some(own) = read(&folder.join(NAME), &text)? {
            (settings, nearest) = (own, Some((folder, text)));
            break;
        }
        nearest = nearest.or(Some((folder, text)));
    }
    let project = nearest.as_ref().map(|(folder, text)| (folder.as_path(), text.as_str()));
    settings.roots.extend(roots(inputs, project));
    let required = project.and_then(|(_, text)| version::required(text));
    settings.target_version =
        settings.target_version.or_else(|| required.map(|required| required.to_string()));
    settings.base = match nearest {
        Some((folder, _)) => folder,
        None => std::env::current_dir().unwrap_or_default(),
    };
    Ok(settings)
}

/// The innermost folder that all inputs are in.
fn common_folder(inputs: &[PathBuf]) -> Option<PathBuf> {
    let folder = |input: &PathBuf| {
        let known = absolute(input);
        if known.is_dir() { Some(known) } else { known.parent().map(Path::to_owned) }
    };
    let mut folders = inputs.iter().filter_map(folder);
    let first = folders.next()?;
    let rest: Vec<_> = folders.collect();
    let holds_all = |folder: &&Path| rest.iter().all(|other| other.starts_with(folder));
    first.ancestors().find(holds_all).map(Path::to_owned)
}

/// The settings of a file; none if it has no table of them.
fn read(path: &Path, text: &str) -> Result<Option<Settings>, Stop> {
    let wrong = |range: Option<Range<usize>>, what: &str| {
        let source = Source::from_text(path.to_string_lossy(), text);
        let start = u32::try_from(range.map_or(0, |range| range.start)).unwrap_or(u32::MAX);
        let at = source.line_column(start.into());
        Stop::Usage(format!("{}:{}:{}: {what}", path.display(), at.line, at.column))
    };
    let document = match Document::parse(text) {
        Ok(document) => document,
        // What other tools' tables look like is their business.
        Err(_) if !text.contains("uneval") => return Ok(None),
        Err(error) => return Err(wrong(error.span(), error.message().trim())),
    };
    let tool = document.as_table().get("tool").and_then(Item::as_table_like);
    let Some(item) = tool.and_then(|tool| tool.get("uneval")) else { return Ok(None) };
    let Some(table) = item.as_table_like() else {
        return Err(wrong(item.span(), "[tool.uneval] is a table"));
    };
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut settings = Settings::default();
    for (key, item) in table.iter() {
        set(&mut settings, key, item, folder).map_err(|what| {
            let key = key_span(table, key).or_else(|| item.span());
            wrong(key, &what)
        })?;
    }
    Ok(Some(settings))
}

fn key_span(table: &dyn TableLike, key: &str) -> Option<Range<usize>> {
    table.get_key_value(key)?.0.span()
}

/// What reads a setting that is no number; paths are from the folder.
type ReadSetting = fn(&mut Settings, &Item, &Path) -> Result<(), String>;

/// The settings that are neither numbers nor lists of codes, by their keys.
const OTHERS: &[(&str, ReadSetting)] = &[
    ("roots", |settings, item, folder| {
        let roots = texts(item).ok_or("roots is a list of folders")?;
        settings.roots = roots.into_iter().map(|root| folder.join(root)).collect();
        Ok(())
    }),
    ("packages", |settings, item, _| {
        settings.packages = texts(item).ok_or("packages is a list of names, or [\"*\"]")?;
        Ok(())
    }),
    ("environment", |settings, item, folder| {
        let path = item.as_str().ok_or("environment is a folder")?;
        settings.environment = Some(folder.join(path));
        Ok(())
    }),
    ("target-version", |settings, item, _| {
        let text = item.as_str().ok_or("target-version is a text such as \"3.12\"")?;
        settings.target_version = Some(version::named(text)?.to_string());
        Ok(())
    }),
];

fn set(settings: &mut Settings, key: &str, item: &Item, folder: &Path) -> Result<(), String> {
    if let Some((_, read)) = OTHERS.iter().find(|(name, _)| *name == key) {
        return read(settings, item, folder);
    }
    let lists = settings.levels.lists();
    let mut names: Vec<&str> = OTHERS.iter().map(|(name, _)| *name).collect();
    names.extend(lists.iter().map(|(name, _)| *name));
    if let Some((_, list)) = lists.into_iter().find(|(name, _)| *name == key) {
        *list = texts(item).ok_or_else(|| format!("{key} is a list of codes"))?;
        return Ok(());
    }
    let numbers = settings.numbers();
    names.extend(numbers.iter().map(|number| number.name));
    let Some(known) = numbers.into_iter().find(|number| number.name == key) else {
        let help = question(key, names.iter().copied());
        let help = help.unwrap_or_else(|| format!("there are {}", names.join(", ")));
        return Err(format!("there is no setting `{key}`; {help}"));
    };
    let number = item.as_integer().and_then(|number| u64::try_from(number).ok());
    *known.value = Some(number.ok_or_else(|| format!("{key} is a whole number"))?);
    Ok(())
}

/// The texts of a list of nothing else.
fn texts(item: &Item) -> Option<Vec<String>> {
    item.as_array()?.iter().map(|value: &Value| value.as_str().map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Result<Option<Settings>, String> {
        read(Path::new("/p/pyproject.toml"), text).map_err(|stop| match stop {
            Stop::Usage(why) => why,
            stop => panic!("{stop:?}"),
        })
    }

    #[test]
    fn settings_are_read() {
        let text = "[project]\nname = \"a\"\n\n[tool.uneval]\nroots = [\"lib\"]\nwidth = 100\n";
        let expected =
            Settings { roots: vec!["/p/lib".into()], width: Some(100), ..Settings::default() };
        assert_eq!(read_text(text), Ok(Some(expected)));
        assert_eq!(read_text("[tool.other]\nx = 1979-05-27\n"), Ok(None));
        assert_eq!(read_text("not TOML at all"), Ok(None));
        assert_eq!(read_text("[tool.uneval]\n"), Ok(Some(Settings::default())));
    }

    #[test]
    fn what_makes_no_sense_is_told_with_its_place() {
        let place = |text: &str| read_text(text).unwrap_err();
        let told = place("[tool.uneval]\nmax-step = 3\n");
        assert!(told.ends_with("; did you mean `max-steps`?"), "{told}");
        assert!(
            told.starts_with("/p/pyproject.toml:2:1: there is no setting `max-step`"),
            "{told}"
        );
        let told = place("[tool.uneval]\nmax-steps = \"3\"\n");
        assert_eq!(told, "/p/pyproject.toml:2:1: max-steps is a whole number");
        let told = place("[tool]\nuneval = 3\n");
        assert_eq!(told, "/p/pyproject.toml:2:10: [tool.uneval] is a table");
        assert!(place("[tool.uneval\n").starts_with("/p/pyproject.toml:1:"));
    }
}
