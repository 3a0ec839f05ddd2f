//! The debts that are allowed: a table of numbers, each of which may only fall.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// How often a rule is broken, by floor and rule.
pub type Debts = BTreeMap<(String, String), usize>;

const HEAD: &str = "\
# What breaks the rules of tests/layering.rs today, by floor. A number may only fall: the test fails
# when it rises, and when it has fallen and stands here as it was. `UPDATE_DEBTS=1 cargo test --test
# layering` lowers it.
";

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/house/debts.txt")
}

/// The debts that are written down.
pub fn allowed() -> Debts {
    parse(&fs::read_to_string(file()).unwrap_or_default())
}

/// Reads the table.
pub fn parse(text: &str) -> Debts {
    let mut debts = Debts::new();
    let mut floor = String::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.split_once(' ') {
            Some((number, rule)) => {
                let number = number.parse().unwrap_or_else(|_| panic!("no number: {line}"));
                debts.insert((floor.clone(), rule.to_owned()), number);
            }
            None => floor = line.trim_matches(['[', ']']).to_owned(),
        }
    }
    debts
}

/// Writes the table.
pub fn print(debts: &Debts) -> String {
    let mut text = HEAD.to_owned();
    let mut last = None;
    for ((floor, rule), number) in debts {
        if last.replace(floor) != Some(floor) {
            text += &format!("\n[{floor}]\n");
        }
        text += &format!("{number} {rule}\n");
    }
    text
}

/// What is wrong with today's debts.
pub fn complaints(allowed: &Debts, today: &Debts) -> Vec<String> {
    let mut complaints = Vec::new();
    for key in allowed.keys().chain(today.keys().filter(|key| !allowed.contains_key(*key))) {
        let number = |debts: &Debts| debts.get(key).copied().unwrap_or_default();
        let (allowed, today) = (number(allowed), number(today));
        let what = format!("{}: {today} {}", key.0, key.1);
        if today > allowed {
            complaints.push(format!("{what}, {allowed} allowed"));
        } else if today < allowed {
            complaints.push(format!("{what}: lower the number in tests/house/debts.txt"));
        }
    }
    complaints
}

/// Writes down the debts that have fallen, if that is asked for.
pub fn lower(today: &Debts) {
    if env::var_os("UPDATE_DEBTS").is_some() {
        let mut lowered = allowed();
        for (key, number) in &mut lowered {
            *number = (*number).min(today.get(key).copied().unwrap_or_default());
        }
        lowered.retain(|_, number| *number > 0);
        fs::write(file(), print(&lowered)).unwrap();
    }
}
