//! What `perk scaffold new` says and shows: before the questions, before and after the write.

mod document;
mod hooks;
mod patch;
mod plan;
mod words;

pub(crate) use document::NewDocument;
pub(crate) use hooks::{hook_begins, hooks_due, trust_question};
pub(crate) use patch::patch;
pub(crate) use plan::paths;
pub(crate) use words::{introduction, left_to_do, next, remarks, summary, would_write, wrote};
