//! How projects stand to their templates, as text and as JSON.

mod json;
mod summary;
mod text;

pub(crate) use json::StatusDocument;
pub(crate) use summary::status_summary;
pub(crate) use text::status_text;
