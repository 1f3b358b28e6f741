//! A template as it stands in its folder, mistakes and all.

use std::borrow::Cow;

use camino::Utf8Path;

use super::Finding;
use crate::template::{FILES_FOLDER, SourceContent, SourceFile, Sources};
use crate::{MANIFEST_FILE, ScaffoldError};

/// A template that has been read and not yet judged.
#[derive(Debug)]
pub struct Draft {
    pub(super) sources: Sources,
    /// Why it is none, if what was read can be no template, whatever is in its files.
    pub(super) refusal: Option<Finding>,
}

impl Draft {
    /// Reads the folder of a template.
    pub fn load(folder: &Utf8Path) -> Result<Self, ScaffoldError> {
        Self::new(Sources::read(folder))
    }

    /// Makes a draft of its files, as [`crate::Template::from_files`] makes a template.
    pub fn from_files<P: AsRef<str>>(
        files: impl IntoIterator<Item = (P, u32, Cow<'static, [u8]>)>,
    ) -> Result<Self, ScaffoldError> {
        Self::new(Sources::from_files(files))
    }

    fn new(sources: Result<Sources, ScaffoldError>) -> Result<Self, ScaffoldError> {
        match sources {
            Ok(sources) => Ok(Self {
                sources,
                refusal: None,
            }),
            Err(
                error @ (ScaffoldError::LinkOutside { .. }
                | ScaffoldError::SpecialFile { .. }
                | ScaffoldError::Name { .. }
                | ScaffoldError::Unprintable { .. }),
            ) => Ok(Self {
                sources: Sources::default(),
                refusal: Some(Finding::of_error(&error)),
            }),
            Err(error) => Err(error),
        }
    }

    /// Returns the text of a file, from the template's folder, if it is one.
    pub fn text(&self, file: &str) -> Option<&str> {
        if file == MANIFEST_FILE {
            return std::str::from_utf8(&self.sources.manifest).ok();
        }
        let path = file.strip_prefix(FILES_FOLDER)?.strip_prefix('/')?;
        let mut files = self.sources.files.iter();
        text(files.find(|source| source.path == path)?)
    }
}

/// Returns the content of a file if it is text.
pub(super) fn text(file: &SourceFile) -> Option<&str> {
    match &file.content {
        SourceContent::File { bytes, .. } => std::str::from_utf8(bytes).ok(),
        SourceContent::Link(_) => None,
    }
}
