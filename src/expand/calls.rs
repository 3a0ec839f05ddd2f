//! Calls of macros: their arguments, their run, and the expansion that takes their place.

mod trace;

mod following;

mod occurrences;

mod effects;

mod constants;

mod arguments;

mod as_function;

mod call;

mod specialised;

mod sites;

mod write;

pub(crate) use self::call::{MacroUse, call_arguments, close_expansion, expand_call, run_macro};
pub(crate) use self::constants::{note_constants, report_sourceless};
pub(crate) use self::following::{
    CallChanges, Dataflow, Following, check_following, follow_argument, note_change,
    start_following,
};
pub(crate) use self::sites::{FoundCall, find_sites};
pub(crate) use self::specialised::{define_specialised, definition_texts};
pub(crate) use self::trace::Tracer;
pub(crate) use self::trace::{ExpansionStep, Trace};
pub(crate) use self::write::write_replacement;
