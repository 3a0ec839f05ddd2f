//! The chain of calls from a call site to the place in compile-time code where something failed,
//! as labels: each place once, however often it was passed.
//!
//! ```text
//!     return power(y, k) * y
//!            ----------- `cube` calls `power` here
//!     for _ in range(times):
//!              ------------ needed here
//! ```

use crate::codenode::Loc;
use crate::diagnostic::{Finding, Label};
use crate::host::Frame;

/// How many calls are shown at each end of a long chain.
const SHOWN: usize = 3;

/// A call on the way, and how often it was made there.
struct Link {
    loc: Loc,
    caller: String,
    callee: String,
    times: usize,
}

/// Adds the labels of the calls on the `way`, and of its end with these words: at `place`, or
/// where the innermost call was.
pub(crate) fn with_chain(
    mut finding: Finding,
    way: &[Frame],
    place: Option<Loc>,
    words: &str,
) -> Finding {
    let links = links(way);
    let hidden = links.len().saturating_sub(2 * SHOWN);
    for (index, link) in links.iter().enumerate() {
        if hidden > 0 && (SHOWN..SHOWN + hidden).contains(&index) {
            continue;
        }
        finding = finding.secondary(Label::new(link.loc.file, link.loc.range, link.words()));
    }
    if hidden > 0 {
        finding = finding.note(format!("{hidden} more calls between these aren't shown"));
    }
    // Words that say nothing new.
    let is_told = |loc: &Loc| words.is_empty() && links.iter().any(|link| link.loc == *loc);
    let place = place.or_else(|| way.last().map(|frame| frame.loc));
    match place.filter(|loc| !is_told(loc)) {
        Some(loc) => finding.secondary(Label::new(loc.file, loc.range, words)),
        None => finding,
    }
}

fn links(way: &[Frame]) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    for pair in way.windows(2) {
        let [from, to] = pair else { continue };
        let same = |link: &&mut Link| link.loc == from.loc && link.callee == to.function;
        match links.iter_mut().find(same) {
            Some(link) => link.times += 1,
            None => links.push(Link {
                loc: from.loc,
                caller: from.function.clone(),
                callee: to.function.clone(),
                times: 1,
            }),
        }
    }
    links
}

impl Link {
    fn words(&self) -> String {
        let Link { caller, callee, times, .. } = self;
        let callee = if caller == callee { "itself".to_owned() } else { format!("`{callee}`") };
        match times {
            1 => format!("`{caller}` calls {callee} here"),
            times => format!("`{caller}` calls {callee} here, {times} times"),
        }
    }
}

/// Without the frames of lambdas and comprehensions, which are a part of what they are written in,
/// and of the code that the finding is about, of which a label tells anyhow.
pub(crate) fn named_calls(way: Vec<Frame>) -> Vec<Frame> {
    let is_nameless = |frame: &Frame| frame.function.starts_with('<');
    let mut frames: Vec<Frame> = Vec::new();
    for frame in way {
        match frames.last_mut() {
            Some(last) if is_nameless(last) => *last = frame,
            Some(last) if is_nameless(&frame) => last.loc = frame.loc,
            _ => frames.push(frame),
        }
    }
    frames
}
