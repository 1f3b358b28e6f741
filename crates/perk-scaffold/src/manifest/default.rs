//! The default of a question: an answer, or an expression that gives one.

use crate::answers::Answer;
use crate::render::Compiled;

/// What is answered when nothing else is said.
#[derive(Debug, Clone)]
pub(crate) enum DefaultValue {
    /// An answer as it stands.
    Fixed(Answer),
    /// A text with tags; what it renders to is read like a typed answer.
    Rendered(Compiled),
}
