//! What a call left, as text where the call stood.

mod hoisting;

mod stable;

mod temporaries;

pub(crate) mod emit;

mod plan;

pub(crate) use self::hoisting::{Hoisting, binding, hoisting};
pub(crate) use self::plan::{CallOutcome, Replacement, place_expansion};
pub(crate) use self::stable::{is_stable, own_loc};
pub(crate) use self::temporaries::named;
