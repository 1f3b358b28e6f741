//! What `perk scaffold` says and shows.

mod list;
mod new;

pub(crate) use list::{TemplatesDocument, templates_text};
pub(crate) use new::{
    NewDocument, introduction, patch, paths, remarks, summary, would_write, written,
};
