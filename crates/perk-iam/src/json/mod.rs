//! JSON with the place of every value: a strict parser (RFC 8259) whose values borrow from the text
//! and know their spans.
//!
//! Knows nothing of policies. Depth and the number of values are limited, so that no input can
//! exhaust stack or memory.

mod arena;
mod error;
mod parse;
mod pointer;
mod value;

pub use arena::Arena;
pub use error::{Syntax, SyntaxError};
pub use parse::{MAX_DEPTH, MAX_VALUES, Stream};
pub use pointer::pointer_to;
pub use value::{Kind, Member, Text, Value};
