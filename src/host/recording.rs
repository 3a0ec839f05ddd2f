//! From objects of compile-time code to code of the residual program.

pub(super) mod step;

mod constant;

mod path;

pub(super) mod closure;

pub(super) mod lift;

pub(super) mod statements;

pub(super) mod at_prompt;

pub(super) mod record;

pub(super) mod conditional;
