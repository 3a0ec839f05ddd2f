//! Erasure: definitions, imports and decorators of compile time leave the text.

mod cut;

mod removal;

pub(crate) mod unused_imports;

pub(crate) mod shadowed_macros;

mod computed_exports;

use crate::expand::compile_time::CompileTime;
use crate::expand::lineage::Lineage;
use crate::expand::output::Output;
use crate::expand::program::Resolver;

pub(crate) use self::computed_exports::filter_computed_exports;
pub(crate) use self::removal::{
    has_compile_time, is_dead_import, is_exported_no_more, may_start_body, new_statement,
    remove_compile_time, remove_vanished,
};

/// What decides whether a piece of the text is compile-time only.
#[derive(Clone, Copy)]
pub(crate) struct Erasure<'s, 'a> {
    pub resolver: &'s Resolver<'a>,
    pub lineage: &'s Lineage,
    pub compile_time: &'s CompileTime,
    pub output: &'s Output,
}
