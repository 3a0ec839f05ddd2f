//! Objects of compile-time code: constants, the payloads of the macro language's classes, and the
//! binding time of an object.

pub(super) mod definition;

pub(super) mod constants;

pub(super) mod payload;

pub(super) mod provenance;

pub(super) mod suggestion;

pub(super) mod abort;

pub(super) mod binding_time;

pub(super) mod constant_expression;

pub(super) mod contents;
