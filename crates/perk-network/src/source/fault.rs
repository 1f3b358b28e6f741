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
    #[error("{}", unusable(*field, place))]
    Url {
        /// Where the address stands.
        place: Place,
        /// The variable that it would be given in.
        field: crate::Field,
        /// What is wrong with it.
        source: ProxyUrlFault,
    },
}

/// A variable is itself the name of what it is for.
fn unusable(field: crate::Field, place: &Place) -> String {
    match place {
        Place::Variable(_) | Place::Flag(_) | Place::Key(_) => {
            format!("the proxy in {place} cannot be used")
        }
        _ => format!("the proxy for `{field}` at {place} cannot be used"),
    }
}

impl Explain for SourceFault {
    fn class(&self) -> Class {
        Class::Config
    }

    fn hints(&self) -> Vec<Hint> {
        match self {
            Self::Url { source, .. } => source.hints(),
            Self::Syntax { .. } | Self::WrongType { .. } => {
                vec![Hint::new(
                    "correct the file, or name the proxy by `--proxy`",
                )]
            }
        }
    }
}
