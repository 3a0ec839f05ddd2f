//! Diagnoses of failures: the failure, the chain of calls that led to it, and the provenance of its
//! values.

mod ambiguous;

mod provenance;

mod call_chain;

mod failures;

mod long_loops;

use crate::expand::lineage::Lineage;
use crate::expand::program::Resolver;
use crate::host::Frame;

pub(crate) use self::ambiguous::ambiguous_finding;
pub(crate) use self::call_chain::named_calls;
pub(crate) use self::failures::barrier_finding;
pub(crate) use self::failures::{
    Work, definition_of, failure_finding, finding_in_ordinary_code, message_finding,
};
pub(crate) use self::long_loops::{warn_of_long_loops, warn_of_rounds};

/// What the finding about a failure is made from.
pub(crate) struct FailureReport<'s, 'a> {
    pub resolver: &'s Resolver<'a>,
    pub lineage: &'s Lineage,
    /// The calls that led to the failure, outermost first.
    pub calls: Vec<Frame>,
}
