//! Programs and what they print, as a person is shown them.

use super::expansion::Texts;

/// How many lines are shown before the first that differs, and in all.
const BEFORE: usize = 4;
const LINES: usize = 12;

/// The files one after the other, without those that have no text.
pub fn listing(texts: &Texts) -> String {
    texts.iter().filter(|(_, text)| !text.trim().is_empty()).map(file).collect()
}

fn file((name, text): (&String, &String)) -> String {
    format!("# file: {name}\n{}\n", text.trim_end())
}

/// The files that the expansion changed, and where the two outputs part.
pub fn difference(texts: &Texts, outputs: &Texts, wanted: &str, printed: &str) -> String {
    let same = wanted.lines().zip(printed.lines()).take_while(|(a, b)| a == b).count();
    let from = same.saturating_sub(BEFORE);
    let part = |text: &str| -> String {
        text.lines().skip(from).take(LINES).map(|line| format!("    {line}\n")).collect()
    };
    let changed = outputs.iter().filter(|(name, text)| texts.get(*name) != Some(*text));
    format!(
        "--- expanded\n{}--- as written, it prints (from line {from})\n{}--- expanded, it prints\n{}",
        changed.map(file).collect::<String>(),
        part(wanted),
        part(printed),
    )
}
