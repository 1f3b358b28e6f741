//! Handlebars, made strict and harmless: texts with tags and values in, text out.
//!
//! A text is first compiled, which refuses every name and helper that does not exist, in branches
//! that are not taken too. There are no partials, so no text can include itself, and no helper
//! reads a file, the environment or the network.

mod budget;
mod compile;
mod delimiters;
mod engine;
mod fault;
mod fold;
mod helpers;
mod nesting;
mod reference;
mod scope;
mod shape;
mod tags;
#[cfg(test)]
mod tests;
mod texts;

pub(crate) use budget::Budget;
pub(crate) use compile::{Compiled, Condition, Reach, compile, compile_or_faults, has_tag};
pub use delimiters::Delimiters;
pub(crate) use engine::{Engine, Values};
pub use fault::{RenderFault, RenderProblem};
pub(crate) use helpers::{Moment, is_helper, quote};
pub(crate) use shape::{Names, Shape};
pub(crate) use tags::{Segment, segments};
pub(crate) use texts::TextRenderer;
