//! The cycles in what uses what.

use std::collections::{BTreeMap, BTreeSet};

use super::plan::Path;

/// A module that uses another.
pub type Use = (Path, Path);

/// Where the paths of the two modules part: siblings, of which one is used by the other.
fn parting((user, used): &Use) -> Option<(&[String], &[String])> {
    let common = user.iter().zip(used).take_while(|(a, b)| a == b).count();
    Some((user.get(..=common)?, used.get(..=common)?))
}

/// The modules that use themselves through siblings.
pub fn on_a_cycle(uses: &BTreeSet<Use>) -> BTreeSet<Path> {
    let mut used_by: BTreeMap<&[String], BTreeSet<&[String]>> = BTreeMap::new();
    for (user, used) in uses.iter().filter_map(parting) {
        used_by.entry(user).or_default().insert(used);
    }
    let leads_back = |start: &&&[String]| {
        let mut reached = BTreeSet::new();
        let mut left = vec![**start];
        while let Some(next) = left.pop() {
            let all = used_by.get(next).into_iter().flatten();
            left.extend(all.filter(|used| reached.insert(**used)));
        }
        reached.contains(**start)
    };
    used_by.keys().filter(leads_back).map(|module| module.to_vec()).collect()
}
