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
    NewDocument, hook_begins, hooks_due, introduction, left_to_do, next, patch, paths, remarks,
    summary, trust_question, would_write, wrote,
};
pub(crate) use source::{fetching, in_place_of_built_in, left_out, outdated, refreshing};
pub(crate) use status::{StatusDocument, status_summary, status_text};
