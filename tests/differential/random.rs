//! Seeded chance: the same seed gives the same programs on every machine.

use std::collections::BTreeMap;

/// SplitMix64.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The numbers of program `index` under `seed`.
    pub fn new(seed: u64, index: u64) -> Random {
        let mut random = Random(seed ^ index.wrapping_mul(0x2545_F491_4F6C_DD1D));
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `bound`; 0 if that is 0.
    pub fn below(&mut self, bound: u32) -> u32 {
        (self.next() >> 32).checked_rem(u64::from(bound)).unwrap_or(0) as u32
    }

    /// A number from `low` to `high`, both possible.
    pub fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.below(high - low + 1)
    }

    /// Once in `times`.
    pub fn once_in(&mut self, times: u32) -> bool {
        self.below(times) == 0
    }

    /// One of these.
    pub fn of<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len() as u32) as usize]
    }
}

/// Weights other than the tables': `--weight walrus=0`.
#[derive(Clone, Debug, Default)]
pub struct Weights(BTreeMap<String, u32>);

impl Weights {
    /// Sets the weight of what has this name.
    pub fn set(&mut self, name: &str, weight: u32) {
        self.0.insert(name.to_owned(), weight);
    }

    /// The weight of what has this name and that weight in its table.
    pub fn of(&self, name: &str, usual: u32) -> u32 {
        self.0.get(name).copied().unwrap_or(usual)
    }
}
