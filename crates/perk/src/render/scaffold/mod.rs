//! What `perk scaffold` says and shows.

mod check;
mod diff;
mod list;
mod new;
mod patch;
mod source;
mod status;

pub(crate) use check::{CheckDocument, Checked, check_ended, checked, combination_begins};
pub(crate) use diff::{diff_patch, diff_remarks, diff_stat};
pub(crate) use list::{TemplatesDocument, templates_text};
pub(crate) use new::{
    NewDocument, introduction, patch, paths, remarks, summary, would_write, written,
};
pub(crate) use source::{fetching, left_out, outdated};
pub(crate) use status::{StatusDocument, status_summary, status_text};
