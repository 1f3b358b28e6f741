//! JSON with the place of every value: a strict parser (RFC 8259) whose values borrow from the text
//! and know their spans.
//!
//! Knows nothing of policies. Depth is limited, so no input can exhaust the stack.

mod error;
mod parse;
mod pointer;
mod value;

pub use error::{Syntax, SyntaxError};
pub use parse::{MAX_DEPTH, Stream};
pub use pointer::pointer_to;
pub use value::{Kind, Member, Text, Value};
