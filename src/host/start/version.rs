//! The version of Python that compile-time code sees.

use std::fmt;

/// A minor version of Python.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PythonVersion {
    /// 3.
    pub major: u8,
    /// The number after it.
    pub minor: u8,
}

impl Default for PythonVersion {
    /// The version of the compile-time Python.
    fn default() -> Self {
        PythonVersion { major: 3, minor: 14 }
    }
}

impl fmt::Display for PythonVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}
