//! A template and answers to a plan: every path and every byte, before anything is written.

mod entry;
mod expand;
mod hooks;
mod job;
mod paths;
mod surroundings;
#[cfg(test)]
mod tests;

pub use entry::{Content, Entry, Plan};
pub use expand::plan;
pub(crate) use expand::sources;
pub use hooks::due_hooks;
pub(crate) use paths::SUFFIX;
