//! Objects of compile-time code: constants, what the classes of the macro language hold, and what can
//! be said of an object without running code of it.

pub(super) mod definition;

pub(super) mod constants;

pub(super) mod payload;

pub(super) mod provenance;

pub(super) mod suggestion;

pub(super) mod abort;

pub(super) mod binding_time;

pub(super) mod constant_expression;
