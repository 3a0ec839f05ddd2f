//! Python's scoping: which scope holds the variable that a name means, what binds it, and which of
//! those bindings a use may see. This floor knows nothing of macros, and nothing of values.
//!
//! The rules are those of CPython's symbol table, and are checked against it. The passes:
//!
//! 1. `build` with its walkers (`expressions`, `patterns`, `definitions`, `statements`) goes through the tree
//!    once, *in evaluation order*, opens the scopes and notes each use and each binding where it
//!    is written. Every use and binding gets the next `step` of one counter.
//! 2. `table::settle` moves what was bound through `global` and `nonlocal` to the scope that holds it.
//! 3. Queries: `table::resolve` finds the scope that holds a name, `reaching` the bindings that a use
//!    may see. Both are computed on demand from the tables. `flow` tells what variables hold.
//!
//! The example that the files of this floor use:
//!
//! ```python
//! from math import sin   # step 0 binds sin, in the module
//! def slope(x):          # step 1 binds x, in slope; step 7 binds slope, when all inside is walked
//!     y = 3 * x          # step 2 uses x; step 3 uses y, to store; step 4 binds y
//!     return sin(y)      # steps 5 and 6 use sin, which the module holds, and y
//! ```

mod binding;
mod mangle;
mod table;

mod assigned;

mod build;

pub(crate) mod flow;

#[cfg(test)]
mod tests;

pub(crate) use assigned::assigned_names;
pub(crate) use binding::{Binding, BindingKind, Imported, Position, StarImport};
pub(crate) use build::analyse;
pub(crate) use table::{
    AttributeAccess, Context, Place, Reaching, ScopeId, ScopeKind, Scopes, Use,
};
