//! What an expansion changes, as a unified diff.

use std::borrow::Cow;
use std::path::Path;

use similar::TextDiff;

use crate::source::Source;

/// Lines of context around a change.
const CONTEXT: usize = 3;

/// The difference of two versions of the file at `path`; empty if there is none.
pub(crate) fn unified(path: &Path, before: &[u8], after: &[u8]) -> String {
    if before == after {
        return String::new();
    }
    let name = path.display().to_string();
    let (before, after) = (text(before), text(after));
    let diff = TextDiff::from_lines(&*before, &*after);
    diff.unified_diff().context_radius(CONTEXT).header(&name, &name).to_string()
}

fn text(bytes: &[u8]) -> Cow<'_, str> {
    match Source::decode("", bytes) {
        Ok(source) => Cow::Owned(source.text().to_owned()),
        Err(_) => String::from_utf8_lossy(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_in_another_encoding_and_without_a_last_newline() {
        let before = b"# coding: latin-1\nx = '\xe9'\ny = half(2)";
        let after = b"# coding: latin-1\nx = '\xe9'\ny = 2 / 2";
        let expected = "--- a.py\n+++ a.py\n@@ -1,3 +1,3 @@\n # coding: latin-1\n x = 'é'\n\
             -y = half(2)\n\\ No newline at end of file\n+y = 2 / 2\n\\ No newline at end of file\n";
        assert_eq!(unified(Path::new("a.py"), before, after), expected);
        assert_eq!(unified(Path::new("a.py"), before, before), "");
    }
}
