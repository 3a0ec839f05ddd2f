//! Seeded chance: the same seed gives the same programs on every machine.

use std::collections::BTreeMap;

/// SplitMix64, after bytes that somebody chose.
#[derive(Clone, Debug)]
pub struct Random {
    state: u64,
    /// What is drawn first, the last one at first.
    chosen: Vec<u8>,
}

impl Random {
    /// The numbers of program `index` under `seed`.
    pub fn new(seed: u64, index: u64) -> Random {
        let state = seed ^ index.wrapping_mul(0x2545_F491_4F6C_DD1D);
        let mut random = Random { state, chosen: Vec::new() };
        random.next();
        random
    }

    /// What these bytes choose, one of them for most numbers, so that a small change of them is
    /// one of what they stand for. What is drawn after the last is always the same.
    #[allow(dead_code, reason = "for fuzzing only")]
    pub fn chosen(bytes: &[u8]) -> Random {
        Random { state: 0, chosen: bytes.iter().rev().copied().collect() }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.state ^ (self.state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `bound`; 0 if that is 0.
    pub fn below(&mut self, bound: u32) -> u32 {
        let drawn = match (self.chosen.pop(), bound) {
            (Some(byte), 0..=256) => u64::from(byte),
            (Some(byte), _) => u64::from(byte) << 8 | u64::from(self.chosen.pop().unwrap_or(0)),
            (None, _) => self.next() >> 32,
        };
        drawn.checked_rem(u64::from(bound)).unwrap_or(0) as u32
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
