//! Spelling: which known name may have been meant by one that isn't known.

use std::cmp::Reverse;

/// The candidates that may have been meant by `word`, the likeliest first: those that few slips of
/// typing lead to.
pub(crate) fn near<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Vec<&'c str> {
    let likeness = |candidate: &str| {
        let distance = strsim::damerau_levenshtein(&folded(word), &folded(candidate));
        let allowed = word.chars().count().max(3) / 3;
        let is_near = distance <= allowed && distance < word.chars().count();
        is_near.then_some((distance, Reverse(common_start(word, candidate))))
    };
    let mut found: Vec<_> =
        candidates.into_iter().filter_map(|c| likeness(c).map(|likeness| (likeness, c))).collect();
    found.sort_unstable();
    found.dedup();
    found.into_iter().map(|(_, candidate)| candidate).collect()
}

/// A line of help that asks for the likeliest of them, if there is one.
pub(crate) fn question<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<String> {
    near(word, candidates).first().map(|name| format!("did you mean `{name}`?"))
}

fn folded(word: &str) -> String {
    word.to_lowercase()
}

/// Whether two names differ in their digits only, as those of variants do: `f1` and `f2`.
pub(crate) fn differ_in_digits(a: &str, b: &str) -> bool {
    let without = |word: &str| word.replace(|c: char| c.is_ascii_digit(), "");
    a != b && without(a) == without(b)
}

fn common_start(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_seen_through() {
        let ops = ["PLUS", "MINUS", "MULTIPLY", "VALUE", "VAR"];
        assert_eq!(near("PLSU", ops), ["PLUS"]);
        assert_eq!(near("plus", ops), ["PLUS"]);
        assert_eq!(near("VALEU", ops), ["VALUE"]);
        assert_eq!(near("WHATEVER", ops), [""; 0]);
        assert_eq!(near("arg", ["args", "op", "name"]), ["args"]);
        assert_eq!(question("tims", ["x", "times"]).as_deref(), Some("did you mean `times`?"));
    }

    #[test]
    fn short_names_are_other_names() {
        assert_eq!(near("x", ["y", "z"]), [""; 0]);
        assert!(differ_in_digits("f12", "f2") && !differ_in_digits("f12", "g12"));
    }

    #[test]
    fn the_common_start_decides() {
        assert_eq!(near("derib", ["terib", "deriv"]), ["deriv", "terib"]);
    }
}
