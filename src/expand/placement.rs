//! Placement: the residual program of a call, as statements and an expression where the call
//! stands.

mod hoisting;

mod stable;

mod temporaries;

pub(crate) mod emit;

mod plan;

pub(crate) use self::hoisting::{Hoisting, binding, hoisting};
pub(crate) use self::plan::{CallOutcome, Replacement, place_expansion, with_named_value};
pub(crate) use self::stable::{is_stable, own_loc};
pub(crate) use self::temporaries::named;
