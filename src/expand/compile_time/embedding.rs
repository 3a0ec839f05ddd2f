//! The files that compile-time code asks for by `embed(path)` (language.md §10).
//!
//! A path starts at the folder of the module that says it, and stays below the module's source
//! root. Each file that is read is an input of the build.

use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use super::Stage;
use crate::source::FileId;

/// The content of a file, or why there is none.
pub(super) fn read_embedded(
    cx: &mut Stage<'_, '_>,
    from: FileId,
    path: &str,
) -> Result<Vec<u8>, String> {
    let why = |why: &str| format!("`{path}` can't be embedded: {why}");
    let module = cx.resolver.project.module_of(from).map(|module| module.path.clone());
    let module = module.ok_or_else(|| why("nobody knows where it would be"))?;
    let folder = module.parent().unwrap_or(Path::new(""));
    let roots = cx.resolver.project.roots_around(&module);
    let found = below(folder, Path::new(path))
        .filter(|found| roots.iter().any(|root| found.starts_with(root)));
    let found = found.ok_or_else(|| why("it isn't below the source root"))?;
    let content = read_below(cx, &roots, &found).map_err(|error| match error {
        Unread::Outside => why("a link leads out of the source root"),
        Unread::Special => why("it is a device or a pipe, not a file"),
        Unread::Failed(error) => match error.kind() {
            ErrorKind::NotFound => why("there is no such file"),
            ErrorKind::IsADirectory => why("it is a folder"),
            _ => why(&error.to_string()),
        },
    })?;
    cx.compile_time.inputs.insert(found);
    Ok(content)
}

/// Reads an ordinary file that is below one of the roots when all links are followed, too.
fn read_below(cx: &Stage<'_, '_>, roots: &[PathBuf], path: &Path) -> Result<Vec<u8>, Unread> {
    let files = cx.resolver.project.files();
    let real = files.real_path(path)?;
    let is_below =
        |root: &PathBuf| real.starts_with(files.real_path(root).as_ref().unwrap_or(root));
    if !roots.iter().any(is_below) {
        return Err(Unread::Outside);
    }
    // Of a folder, the reading fails by itself. A pipe or a device might be read for ever.
    if !files.is_file(&real) && !files.is_dir(&real) {
        return Err(Unread::Special);
    }
    Ok(files.read(&real)?)
}

/// Why a file wasn't read.
enum Unread {
    Outside,
    Special,
    Failed(std::io::Error),
}

impl From<std::io::Error> for Unread {
    fn from(error: std::io::Error) -> Unread {
        Unread::Failed(error)
    }
}

/// The path from `folder` on; none if it is absolute or leads out of all folders.
fn below(folder: &Path, path: &Path) -> Option<PathBuf> {
    let mut found = folder.to_path_buf();
    for part in path.components() {
        match part {
            Component::Normal(name) => found.push(name),
            Component::CurDir => {}
            Component::ParentDir if found.file_name().is_some() => {
                found.pop();
            }
            _ => return None,
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_below() {
        let at = |path: &str| below(Path::new("src/app"), Path::new(path));
        assert_eq!(at("a/./b.txt"), Some("src/app/a/b.txt".into()));
        assert_eq!(at("../b.txt"), Some("src/b.txt".into()));
        assert_eq!(at("../../b.txt"), Some("b.txt".into()));
        assert_eq!(at("../../../b.txt"), None);
        assert_eq!(at("/b.txt"), None);
    }
}
