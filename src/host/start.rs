//! What is in the interpreter when it starts: the modules of the macro language, and the walls around
//! all others.

mod embed;

pub(super) mod version;

pub(super) mod identity;

mod exact;

mod stale;

mod unbound;

pub(super) mod imports;

pub(in crate::host) mod walls;

pub(super) mod meta;

pub(super) mod pristine;
