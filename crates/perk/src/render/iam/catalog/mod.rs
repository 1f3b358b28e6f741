//! What `perk iam catalog` shows.

mod info;
mod names;
mod search;
mod show;
mod text;

pub(crate) use info::InfoDocument;
pub(crate) use search::SearchDocument;
pub(crate) use show::ShowDocument;
pub(crate) use text::{info_text, search_text, show_text};
