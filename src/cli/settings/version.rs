//! The version of Python that the output is meant for.

use toml_edit::Document;
use toml_edit::Item;

use crate::driver::PythonVersion;

/// The version that a setting names.
///
/// # Errors
/// When it is none.
pub(super) fn named(text: &str) -> Result<PythonVersion, String> {
    parsed(text).ok_or_else(|| format!("target-version {text}: it is a version such as 3.12"))
}

/// The least version that the project's file asks for.
pub(super) fn required(pyproject: &str) -> Option<PythonVersion> {
    let document = Document::parse(pyproject).ok()?;
    let project = document.as_table().get("project").and_then(Item::as_table_like)?;
    lower_bound(project.get("requires-python")?.as_str()?)
}

/// The lower bound of a version specifier (PEP 440).
fn lower_bound(specifier: &str) -> Option<PythonVersion> {
    let bounds = specifier.split(',').filter_map(|clause| {
        let clause = clause.trim();
        let mut operators = ["===", "==", "~=", ">=", ">"].iter();
        operators.find_map(|operator| parsed(clause.strip_prefix(operator)?))
    });
    bounds.max()
}

/// `3.12`, `3.12.1`, `3.12.*`; a bare `3` is no version.
fn parsed(text: &str) -> Option<PythonVersion> {
    let mut parts = text.trim().split('.');
    let (major, minor) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    (major == 3).then_some(PythonVersion { major, minor })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lower_bounds() {
        let check = |specifier: &str, minor: Option<u8>| {
            let found = lower_bound(specifier).map(|version| version.minor);
            assert_eq!(found, minor, "{specifier}");
        };
        check(">=3.9", Some(9));
        check(">= 3.10.2, <4", Some(10));
        check("~=3.8", Some(8));
        check("==3.12.*", Some(12));
        check("<3.13, !=3.11", None);
        check(">=3", None);
    }
}
