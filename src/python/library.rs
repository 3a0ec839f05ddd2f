//! The modules of Python's standard library that can be imported without anybody noticing, and the
//! names that a star import of each brings.
//!
//! `public.txt` has a line for each module: the union of what CPython 3.8 to 3.13 have. A module
//! that prints or opens something when it is imported (`this`, `antigravity`) has none.

use std::collections::HashMap;
use std::sync::OnceLock;

/// What a star import of a library module brings, by the module's dotted name.
fn public() -> &'static HashMap<&'static str, Vec<&'static str>> {
    static PUBLIC: OnceLock<HashMap<&str, Vec<&str>>> = OnceLock::new();
    PUBLIC.get_or_init(|| {
        let lines = include_str!("library/public.txt").lines();
        let row = |line: &'static str| {
            let (module, names) = line.split_once(':')?;
            Some((module, names.split_whitespace().collect()))
        };
        lines.filter_map(row).collect()
    })
}

/// Whether the library has the module, or the package that it is below.
pub(crate) fn is_library_module(name: &str) -> bool {
    public().contains_key(name.split('.').next().unwrap_or(name))
}

/// Whether a star import of the library module may bind the name; none if it isn't known.
pub(crate) fn star_binds(module: &str, name: &str) -> Option<bool> {
    public().get(module).map(|names| names.binary_search(&name).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn star_imports() {
        assert_eq!(star_binds("math", "pow"), Some(true));
        assert_eq!(star_binds("math", "len"), Some(false));
        assert_eq!(star_binds("os.path", "join"), Some(true));
        assert_eq!(star_binds("numpy", "array"), None);
    }

    #[test]
    fn rows_are_sorted() {
        assert!(public().values().all(|names| names.is_sorted()));
    }

    #[test]
    fn modules() {
        assert!(is_library_module("collections") && is_library_module("xml.sax.handler"));
        assert!(!is_library_module("this") && !is_library_module("numpy.linalg"));
    }
}
