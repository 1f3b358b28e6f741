//! The helpers: what there is, what each takes, and what it gives.
//!
//! None reads a file, the environment or the network. What a helper gives has a limit, and its
//! size is known before it is built.

mod adapter;
mod encode;
mod functions;
mod list;
mod moment;
mod spec;
mod words;

pub(super) use adapter::register;
pub(crate) use encode::quote;
pub(crate) use moment::Moment;
pub(crate) use spec::is_helper;
pub(super) use spec::{Gives, HELPERS, HelperSpec, UsedAs, find};
