//! A template: its manifest and its files, read into memory before anything is made of them.

mod hash;
mod link;
mod load;
mod source;

pub use hash::ContentHash;
pub(crate) use link::LinkTarget;
pub(crate) use load::{MAX_BYTES, MAX_FILES};
pub use source::Template;
pub(crate) use source::{SourceContent, SourceFile, Sources};

/// The folder of a template that holds what a project consists of.
pub(crate) const FILES_FOLDER: &str = "files";

/// The mode of a link, as git has it.
pub(crate) const LINK_MODE: u32 = 0o120_000;
/// The bits of a mode that say what kind of file it is.
pub(crate) const KIND_BITS: u32 = 0o170_000;
/// The bits of a mode that let somebody run the file.
pub(crate) const EXECUTABLE_BITS: u32 = 0o111;
