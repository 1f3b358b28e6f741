//! The template in memory.

use std::borrow::Cow;

use super::hash::TreeHasher;
use super::{ContentHash, EXECUTABLE_BITS, FILES_FOLDER, KIND_BITS, LINK_MODE, LinkTarget};
use crate::manifest::{MANIFEST_FILE, Manifest};
use crate::path::is_invisible;
use crate::{Place, ScaffoldError};

/// A template, complete in memory.
#[derive(Debug)]
pub struct Template {
    manifest: Manifest,
    files: Vec<SourceFile>,
    hash: ContentHash,
}

/// A file or link below `files`.
#[derive(Debug, Clone)]
pub(crate) struct SourceFile {
    /// The path below `files`.
    pub(crate) path: String,
    pub(crate) content: SourceContent,
}

/// What stands at a path.
#[derive(Debug, Clone)]
pub(crate) enum SourceContent {
    File {
        bytes: Cow<'static, [u8]>,
        is_executable: bool,
    },
    Link(LinkTarget),
}

impl Template {
    /// Makes a template of its files: paths from the template's folder, modes as git has them, and
    /// bytes, which for a link are its target. What is neither the manifest nor below `files` is
    /// left aside.
    pub fn from_files<P: AsRef<str>>(
        files: impl IntoIterator<Item = (P, u32, Cow<'static, [u8]>)>,
    ) -> Result<Self, ScaffoldError> {
        Sources::from_files(files)?.into_template()
    }

    /// Puts a template together; the files are sorted by path.
    pub(crate) fn new(manifest: Manifest, files: Vec<SourceFile>, hash: ContentHash) -> Self {
        Self {
            manifest,
            files,
            hash,
        }
    }

    /// Returns what the template asks and says.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Returns the sum of the manifest and all files with their names and modes.
    pub fn content_hash(&self) -> ContentHash {
        self.hash
    }

    /// Returns the paths below `files`, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|file| file.path.as_str())
    }

    pub(crate) fn files(&self) -> &[SourceFile] {
        &self.files
    }
}

/// What a template is made of, as it was read.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    /// The bytes of `template.toml`.
    pub(crate) manifest: Vec<u8>,
    pub(crate) files: Vec<SourceFile>,
}

impl Sources {
    /// Takes apart the files of a template.
    pub(crate) fn from_files<P: AsRef<str>>(
        files: impl IntoIterator<Item = (P, u32, Cow<'static, [u8]>)>,
    ) -> Result<Self, ScaffoldError> {
        let mut manifest = None;
        let mut sources = Vec::new();
        for (path, mode, bytes) in files {
            let path = path.as_ref();
            if path == MANIFEST_FILE && mode & KIND_BITS != LINK_MODE {
                manifest = Some(bytes);
            } else if let Some(path) = below_files(path) {
                sources.push(source_file(path, mode, bytes)?);
            }
        }
        let manifest = manifest.ok_or_else(|| ScaffoldError::NotATemplate {
            path: "the given files".to_owned(),
        })?;
        Ok(Self {
            manifest: manifest.into_owned(),
            files: sources,
        })
    }

    /// Makes the template, unless its manifest has a mistake.
    pub(super) fn into_template(mut self) -> Result<Template, ScaffoldError> {
        let hash = self.sort_and_hash();
        let text = std::str::from_utf8(&self.manifest).map_err(|_| ScaffoldError::Manifest {
            place: Place {
                file: MANIFEST_FILE.to_owned(),
                position: None,
            },
            problem: crate::ManifestProblem::Toml("it is not UTF-8 text".to_owned()),
        })?;
        let manifest = Manifest::parse(text)?;
        let paths = self.files.iter().map(|file| file.path.as_str());
        if let Some((_, pattern)) = manifest.rules.unmatched(paths).next() {
            return Err(ScaffoldError::UnmatchedPattern {
                pattern: pattern.to_owned(),
            });
        }
        Ok(Template::new(manifest, self.files, hash))
    }

    /// Puts the files in order; returns the sum of everything.
    pub(crate) fn sort_and_hash(&mut self) -> ContentHash {
        self.files
            .sort_unstable_by(|left, right| left.path.cmp(&right.path));
        hash(&self.manifest, &self.files)
    }
}

fn below_files(path: &str) -> Option<&str> {
    path.strip_prefix(FILES_FOLDER)?.strip_prefix('/')
}

/// Makes a file or link of what was read.
pub(super) fn source_file(
    path: &str,
    mode: u32,
    bytes: Cow<'static, [u8]>,
) -> Result<SourceFile, ScaffoldError> {
    check_printable(path)?;
    let content = if mode & KIND_BITS == LINK_MODE {
        let target = std::str::from_utf8(&bytes).map_err(|_| ScaffoldError::Name {
            path: format!("{FILES_FOLDER}/{path}"),
        })?;
        check_printable(target)?;
        SourceContent::Link(LinkTarget::parse(path, target)?)
    } else {
        SourceContent::File {
            bytes,
            is_executable: mode & EXECUTABLE_BITS != 0,
        }
    };
    Ok(SourceFile {
        path: path.to_owned(),
        content,
    })
}

/// Fails if a name could not be shown as it is; no later error need think of that.
pub(super) fn check_printable(path: &str) -> Result<(), ScaffoldError> {
    if path
        .chars()
        .any(|letter| letter.is_control() || is_invisible(letter))
    {
        let path = path.to_owned();
        return Err(ScaffoldError::Unprintable { path });
    }
    Ok(())
}

fn hash(manifest: &[u8], files: &[SourceFile]) -> ContentHash {
    let mut hasher = TreeHasher::new();
    hasher.add(manifest);
    for file in files {
        hasher.add(file.path.as_bytes());
        match &file.content {
            SourceContent::File {
                bytes,
                is_executable,
            } => {
                hasher.add(if *is_executable { b"x" } else { b"f" });
                hasher.add(bytes);
            }
            SourceContent::Link(target) => {
                hasher.add(b"l");
                hasher.add(&target.up.to_le_bytes());
                hasher.add(target.names.join("/").as_bytes());
            }
        }
    }
    hasher.finish()
}
