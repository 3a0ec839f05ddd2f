//! Names that mean nothing else: how one is made of the name that is wished for.

use crate::codenode::Name;

/// The name that is wished for a value of which nothing else is known.
pub(crate) const UNNAMED: &str = "value";

/// `_name`, the name of what is nobody else's.
pub(crate) fn private_name(wanted: &str) -> String {
    format!("_{}", wanted.trim_start_matches('_'))
}

/// `wanted`, or it with the first number for which it isn't taken.
pub(crate) fn free_name(wanted: &str, taken: &dyn Fn(&str) -> bool) -> Name {
    if taken(wanted) { fresh_name(wanted, taken) } else { wanted.into() }
}

/// `wanted` with the first number, from 2, for which it isn't taken.
pub(crate) fn fresh_name(wanted: &str, taken: &dyn Fn(&str) -> bool) -> Name {
    let mut candidates = (2u32..).map(|n| format!("{wanted}{n}"));
    // The numbers don't end before the taken names do.
    candidates.find(|name| !taken(name)).unwrap_or_default().into()
}
