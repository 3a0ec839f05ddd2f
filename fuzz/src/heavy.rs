//! Which programs are left out: those in which one operation may take for ever or all memory.
//!
//! The command stops them with the processes that they run in. A fuzzer works in one process.

/// The greatest number that may stand in a program.
const GREATEST: u64 = 100_000;

/// The greatest number beside an operator that makes large numbers of small ones.
const GREATEST_POWER: u64 = 1_000;

/// What the numbers of a line may come to if they are multiplied.
const PRODUCT: u64 = 10_000_000;

/// Whether `text` may be too much to run, as far as its numbers and operators tell.
pub fn is_heavy(text: &str) -> bool {
    text.lines().any(is_heavy_line)
}

fn is_heavy_line(line: &str) -> bool {
    let numbers: Vec<u64> = numbers(line).collect();
    let powers = line.matches("**").count() + line.matches("<<").count();
    let power = powers > 1 || powers > 0 && numbers.iter().any(|n| *n > GREATEST_POWER);
    let product = numbers.iter().fold(1, |product: u64, n| product.saturating_mul((*n).max(1)));
    numbers.iter().any(|n| *n > GREATEST) || power || line.contains('*') && product > PRODUCT
}

/// The runs of digits, of whatever base; one that is too long is the greatest number.
fn numbers(line: &str) -> impl Iterator<Item = u64> {
    let is_part = |c: char| c.is_ascii_hexdigit() || c == '_';
    let words = line.split(move |c| !is_part(c));
    let words = words.filter(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    words.map(|word| {
        let digits = word.replace('_', "");
        // What has letters is read as if it had none: it is as long.
        let digits = digits.replace(|c: char| !c.is_ascii_digit(), "9");
        digits.parse().unwrap_or(u64::MAX)
    })
}
