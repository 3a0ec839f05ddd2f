//! Finds the Pythons of this machine: `python3`, and those installed side by side with it.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The `.py` files of every standard library found and of the packages installed there, sorted.
pub fn module_files() -> Vec<PathBuf> {
    let mut files = Vec::new();
    for folder in standard_libraries() {
        collect(&folder, &mut files);
    }
    files.sort();
    files
}

fn standard_libraries() -> Vec<PathBuf> {
    let Some(own) = ask_python3() else { return Vec::new() };
    // Version managers keep each Python in a folder of its own: versions/3.11.7/lib/python3.11.
    let siblings = own.parent().and_then(Path::parent).and_then(Path::parent);
    let mut found = vec![own.clone()];
    for prefix in siblings.into_iter().flat_map(entries) {
        found.extend(entries(&prefix.join("lib")).into_iter().filter(|folder| {
            let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
            name.starts_with("python3.") && folder.join("os.py").exists()
        }));
    }
    found.sort();
    found.dedup();
    found
}

fn ask_python3() -> Option<PathBuf> {
    let code = "import sysconfig; print(sysconfig.get_path('stdlib'))";
    let output = Command::new("python3").args(["-c", code]).output().ok()?;
    Some(PathBuf::from(String::from_utf8(output.stdout).ok()?.trim()))
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let Ok(read) = std::fs::read_dir(folder) else { return Vec::new() };
    read.flatten().map(|entry| entry.path()).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for path in entries(folder) {
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "py") {
            files.push(path);
        }
    }
}
