//! What `perk config` shows.

mod document;
mod text;
mod words;

pub(crate) use document::{FilesDocument, SettingsDocument};
pub(crate) use text::{files_text, settings_text};
