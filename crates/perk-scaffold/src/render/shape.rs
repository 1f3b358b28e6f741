//! What kind of value stands behind a name, as far as it is known before there are answers.

use std::collections::BTreeMap;

/// The form of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A text, a number or a boolean.
    Scalar,
    /// A list of texts.
    List,
    /// Named values.
    Object(Names),
}

/// The names in reach, with the form of their values.
pub(crate) type Names = BTreeMap<String, Shape>;
