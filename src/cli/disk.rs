//! The files of this machine: what the driver reads, and how an expanded file is written.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Component, Path, PathBuf};

use crate::driver::Files;

/// The file system, as the driver may see it.
pub(crate) struct Disk;

impl Files for Disk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path).map_err(|error| match error.kind() {
            // Of a folder that can't be listed, that is the more telling trouble.
            ErrorKind::IsADirectory => fs::read_dir(path).err().unwrap_or(error),
            _ => error,
        })
    }

    fn is_file(&self, path: &Path) -> bool {
        path.is_file()
    }

    fn is_dir(&self, path: &Path) -> bool {
        path.is_dir()
    }

    fn entries(&self, folder: &Path) -> Vec<PathBuf> {
        let Ok(read) = fs::read_dir(folder) else { return Vec::new() };
        let mut entries: Vec<_> = read.flatten().map(|entry| entry.path()).collect();
        entries.sort();
        entries
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        match path.as_os_str().is_empty() {
            true => fs::canonicalize("."),
            false => fs::canonicalize(path),
        }
    }
}

/// Refuses a `target` in `folder` that links lead out of it.
///
/// # Errors
/// When they do.
pub(crate) fn stays_within(folder: &Path, target: &Path) -> io::Result<()> {
    match identity(target).starts_with(identity(folder)) {
        true => Ok(()),
        false => {
            let folder = folder.display();
            Err(io::Error::other(format!("a symbolic link leads out of {folder} there")))
        }
    }
}

/// Refuses to go on from a `source` that isn't `before` any more.
///
/// # Errors
/// When it has other bytes, or has gone.
pub(crate) fn is_unchanged(source: &Path, before: &[u8]) -> io::Result<()> {
    match fs::read(source) {
        Ok(now) if now == before => Ok(()),
        Ok(_) => Err(io::Error::other(format!("{} has changed meanwhile", source.display()))),
        Err(error) => Err(io::Error::other(format!("{}: {error}", source.display()))),
    }
}

/// The path from the root of the file system, links kept where it has no `..` that might follow them.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    let named = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let (parent, name) = (named.parent(), named.file_name());
    match named.components().any(|part| part == Component::ParentDir) {
        true => match (parent.map(fs::canonicalize), name) {
            (Some(Ok(parent)), Some(name)) => parent.join(name),
            _ => fs::canonicalize(&named).unwrap_or(named),
        },
        false => named,
    }
}

/// A path by which a file can be known again, whether it is there already or not.
pub(crate) fn identity(path: &Path) -> PathBuf {
    resolved(path, MOST_LINKS)
}

/// How many links to nowhere are followed: more are a circle.
const MOST_LINKS: usize = 40;

fn resolved(path: &Path, links: usize) -> PathBuf {
    if let Ok(path) = fs::canonicalize(path) {
        return path;
    }
    // Of a link that leads nowhere yet, it is where it leads.
    if links > 0
        && let Ok(to) = fs::read_link(path)
    {
        return resolved(&path.parent().unwrap_or(Path::new("")).join(to), links - 1);
    }
    match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) if folder.as_os_str().is_empty() => {
            resolved(Path::new("."), links).join(name)
        }
        (Some(folder), Some(name)) => resolved(folder, links).join(name),
        _ => path.to_owned(),
    }
}

/// Takes the file away, if there is one.
///
/// # Errors
/// When it can't be.
pub(crate) fn remove(path: &Path) -> io::Result<()> {
    match path.is_file() {
        true => fs::remove_file(path),
        false => Ok(()),
    }
}

/// Makes `target` hold `bytes`, all at once: whoever reads it sees the old or the new file.
///
/// The file gets the permissions of `source`. If it holds the bytes already it is left alone, so
/// that its time of change stays. A link stays one, and a device is simply written to.
pub(crate) fn save(target: &Path, bytes: &[u8], source: Option<&Path>) -> io::Result<()> {
    let target = &fs::canonicalize(target).unwrap_or_else(|_| target.to_owned());
    let permissions = source.and_then(|s| fs::metadata(s).ok()).map(|m| m.permissions());
    match fs::metadata(target) {
        Ok(old) if !old.is_file() => return fs::write(target, bytes),
        Ok(old) if fs::read(target).is_ok_and(|held| held == bytes) => {
            return match permissions {
                Some(new) if new != old.permissions() => fs::set_permissions(target, new),
                _ => Ok(()),
            };
        }
        _ => {}
    }
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists | ErrorKind::NotADirectory => {
            io::Error::other("a file is where its folder would be")
        }
        _ => error,
    })?;
    let mut builder = tempfile::Builder::new();
    // A file of the usual permissions, where the library would make a private one.
    let mut file = builder.prefix(".uneval-").make_in(folder, |path| File::create_new(path))?;
    file.write_all(bytes)?;
    // On the disk before it has its name: otherwise a crash could leave the name to nothing.
    file.as_file().sync_all()?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    file.persist(target)?;
    Ok(())
}
