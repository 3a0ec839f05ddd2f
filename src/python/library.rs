//! What the compiler knows of Python's standard library: its modules that can be imported without
//! anybody noticing, the names that a star import of each brings, and the functions that only make
//! something.
//!
//! `public.txt` has a line for each module: the union of what CPython 3.8 to 3.13 have. A module
//! that prints or opens something when it is imported (`this`, `antigravity`) has none.
//!
//! `makers.txt` has a line for each module with makers: functions and classes of which a call makes
//! something of its arguments, calls none of them, and changes nothing. `*` stands for all.

use std::collections::HashMap;
use std::sync::OnceLock;

/// Names, sorted, by the dotted name of their module.
type NamesOfModules = HashMap<&'static str, Vec<&'static str>>;

fn rows(text: &'static str) -> NamesOfModules {
    let row = |line: &'static str| {
        let (module, names) = line.split_once(':')?;
        Some((module, names.split_whitespace().collect()))
    };
    text.lines().filter_map(row).collect()
}

/// What a star import of a library module brings.
fn public() -> &'static NamesOfModules {
    static PUBLIC: OnceLock<NamesOfModules> = OnceLock::new();
    PUBLIC.get_or_init(|| rows(include_str!("library/public.txt")))
}

fn makers() -> &'static NamesOfModules {
    static MAKERS: OnceLock<NamesOfModules> = OnceLock::new();
    MAKERS.get_or_init(|| rows(include_str!("library/makers.txt")))
}

/// Whether the library has the module, or the package that it is below.
pub(crate) fn is_library_module(name: &str) -> bool {
    public().contains_key(name.split('.').next().unwrap_or(name))
}

/// Whether a star import of the library module may bind the name; none if it isn't known.
pub(crate) fn star_binds(module: &str, name: &str) -> Option<bool> {
    public().get(module).map(|names| names.binary_search(&name).is_ok())
}

/// Whether a call of a member of a library module makes something of its arguments and does nothing
/// else. `path` is its dotted path, a builtin's begins with `builtins`.
pub(crate) fn only_makes(path: &str) -> bool {
    let Some((module, name)) = path.rsplit_once('.') else { return false };
    makers().get(module).is_some_and(|names| match names[..] {
        ["*"] => true,
        _ => names.binary_search(&name).is_ok(),
    })
}

/// Whether a class of the library, by its dotted path, calls methods of a class that is derived from
/// it while that class is made.
pub(crate) fn calls_methods_of_subclasses(path: &str) -> bool {
    path.starts_with("enum.")
}

/// Whether a member of the library, by its dotted path, is a constant that only type checkers take
/// for true.
pub(crate) fn is_false_at_run_time(path: &str) -> bool {
    matches!(path, "typing.TYPE_CHECKING" | "typing_extensions.TYPE_CHECKING")
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
        assert!(public().values().chain(makers().values()).all(|names| names.is_sorted()));
    }

    #[test]
    fn calls_that_only_make_something() {
        assert!(only_makes("math.sqrt") && only_makes("collections.namedtuple"));
        assert!(!only_makes("functools.reduce") && !only_makes("atexit.register"));
        assert!(!only_makes("sqrt") && !only_makes("math"));
    }

    #[test]
    fn modules() {
        assert!(is_library_module("collections") && is_library_module("xml.sax.handler"));
        assert!(!is_library_module("this") && !is_library_module("numpy.linalg"));
    }
}
