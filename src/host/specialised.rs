//! Functions that the program defines for calls with some of their arguments known.

use crate::codenode::{Name, TemporaryId};
use crate::residual::Residual;

/// A function that the program defines for calls with some of their arguments known.
#[derive(Clone, Debug)]
pub struct Specialised {
    /// The function it is made from.
    pub name: Name,
    /// The arguments that aren't known, by the parameter's name.
    pub parameters: Vec<TemporaryId>,
    pub residual: Residual,
    /// What tells it from others.
    pub key: String,
}
