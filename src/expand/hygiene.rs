//! Hygiene: names mean what they meant where they were written (Clinger and Rees, 1991).

mod rename;

mod captures;

mod seal;

mod target;

mod beside;

mod route;

mod head;

mod imports;

mod import_cycle;

mod specialised;

mod references;

use crate::expand::compile_time::CompileTime;
use crate::expand::erasure::Erasure;
use crate::expand::findings::Findings;
use crate::expand::lineage::Lineage;
use crate::expand::output::Output;
use crate::expand::program::Resolver;

pub(crate) use self::imports::{AddedImports, keep_noticed_imports};
pub(crate) use self::references::{resolve_names, resolve_references};
pub(crate) use self::seal::seal;

/// What is needed to make the names in an expansion mean what they should where it is put.
pub(crate) struct Hygiene<'s, 'a> {
    pub resolver: &'s Resolver<'a>,
    pub compile_time: &'s CompileTime,
    pub lineage: &'s Lineage,
    pub output: &'s mut Output,
    pub findings: &'s mut Findings,
}

impl<'a> Hygiene<'_, 'a> {
    /// What decides whether an import stays.
    pub(crate) fn erasure(&self) -> Erasure<'_, 'a> {
        let Hygiene { resolver, lineage, compile_time, output, .. } = self;
        Erasure { resolver, lineage, compile_time, output }
    }
}
