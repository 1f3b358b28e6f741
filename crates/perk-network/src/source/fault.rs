//! Why a place could not be read.

use perk_diag::{Class, Explain, Hint};

use crate::{Place, ProxyUrlFault};

/// A place that says something that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SourceFault {
    /// A text that is not in its format.
    #[error("{place} is not valid {format}")]
    Syntax {
        /// Where reading stopped.
        place: Place,
        /// The name of the format.
        format: &'static str,
    },
    /// A value of the wrong type.
    #[error("`{key}` at {place} is not {expected}")]
    WrongType {
        /// Where the value stands.
        place: Place,
        /// The key of the value.
        key: String,
        /// The type that is needed.
        expected: &'static str,
    },
    /// An address of a proxy that is none.
    #[error("the proxy for {field} at {place} cannot be used")]
    Url {
        /// Where the address stands.
        place: Place,
        /// The variable that it would be given in.
        field: crate::Field,
        /// What is wrong with it.
        source: ProxyUrlFault,
    },
}

impl Explain for SourceFault {
    fn class(&self) -> Class {
        Class::Config
    }

    fn hints(&self) -> Vec<Hint> {
        match self {
            Self::Url { source, .. } => source.hints(),
            Self::Syntax { .. } | Self::WrongType { .. } => Vec::new(),
        }
    }
}
