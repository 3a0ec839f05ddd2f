//! The arguments that a test of a law takes, besides those that every test does.

use super::Law;
use super::random::Weights;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Wish {
    pub count: u64,
    pub seed: u64,
    /// The first program.
    pub from: u64,
    /// How often something smaller is tried in place of what breaks the law.
    pub tries: u32,
    pub weights: Weights,
    /// Whether all that was refused is listed, and each violation shown as soon as it is found.
    pub report: bool,
    flags: Vec<String>,
}

impl Wish {
    /// Takes what is asked for out of all arguments.
    pub fn take<L: Law>(arguments: &mut Vec<String>) -> Result<Wish, String> {
        let mut wish = Wish {
            count: L::COUNT,
            seed: 1,
            from: 0,
            tries: 300,
            weights: Weights::default(),
            report: false,
            flags: Vec::new(),
        };
        let mut all = std::mem::take(arguments).into_iter();
        while let Some(argument) = all.next() {
            let mut value = || all.next().ok_or(format!("{argument} needs a value"));
            match &*argument {
                "--count" => wish.count = number(&value()?)?,
                "--seed" => wish.seed = number(&value()?)?,
                "--from" => wish.from = number(&value()?)?,
                "--tries" => wish.tries = number(&value()?)?,
                "--report" => wish.report = true,
                "--weight" => {
                    let text = value()?;
                    let (name, weight) = text.split_once('=').ok_or("--weight NAME=N")?;
                    wish.weights.set(name, number(weight)?);
                }
                flag if L::FLAGS.contains(&flag) => wish.flags.push(argument),
                _ => arguments.push(argument),
            }
        }
        Ok(wish)
    }

    /// Whether this is among the arguments, one of [`Law::FLAGS`].
    pub fn has(&self, flag: &str) -> bool {
        self.flags.iter().any(|own| own == flag)
    }
}

fn number<N: std::str::FromStr>(text: &str) -> Result<N, String> {
    text.parse().map_err(|_| format!("{text} is no number"))
}
