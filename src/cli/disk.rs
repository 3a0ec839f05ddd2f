//! The files of this machine: what the driver reads, and how an expanded file is written.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::driver::Files;

/// The file system, as the driver may see it.
pub struct Disk;

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

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        match path.as_os_str().is_empty() {
            true => fs::canonicalize("."),
            false => fs::canonicalize(path),
        }
    }
}

/// Makes `target` hold `bytes`, all at once: whoever reads it sees the old or the new file.
///
/// The file gets the permissions of `source`. If it holds the bytes already it is left alone, so
/// that its time of change stays. A link stays one, and a device is simply written to.
pub fn save(target: &Path, bytes: &[u8], source: Option<&Path>) -> io::Result<()> {
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
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    // A file of the usual permissions, where the library would make a private one.
    let mut file = builder.prefix(".uneval-").make_in(folder, |path| File::create_new(path))?;
    file.write_all(bytes)?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    file.persist(target)?;
    Ok(())
}
