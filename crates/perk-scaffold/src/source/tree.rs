//! The files of a template as they stand in the objects of a commit.

use std::borrow::Cow;

use perk_process::{Input, Invocation};

use super::cache::Cache;
use super::fetch::FILE_LIMIT_MIB;
use super::git::Git;
use super::listing::{Kind, Listed, parse_batch, parse_listing};
use super::spec::is_name;
use super::{GitSource, SourceError};
use crate::manifest::MANIFEST_FILE;
use crate::template::{FILES_FOLDER, MAX_BYTES, MAX_FILES};
use crate::{ScaffoldError, Template};

/// The most bytes of a listing; one of a template with the most files is far below.
const LISTING_LIMIT: usize = 32 * 1024 * 1024;
/// What git says about an object besides its bytes, at most.
const HEADER_BYTES: usize = 128;

/// The folder of a commit that a source names.
pub(super) struct Tree<'t> {
    git: &'t Git,
    cache: &'t Cache<'t>,
    source: &'t GitSource,
    id: String,
}

impl<'t> Tree<'t> {
    /// Finds the folder.
    pub(super) fn open(
        git: &'t Git,
        cache: &'t Cache<'t>,
        commit: &str,
        source: &'t GitSource,
    ) -> Result<Self, SourceError> {
        let folder = source.folder.as_ref().map_or("", |folder| folder.as_str());
        let mut tree = Self {
            git,
            cache,
            source,
            id: String::new(),
        };
        let names = [format!("{commit}^{{tree}}"), format!("{commit}:{folder}")];
        let mut found = tree.look_up(&names)?.into_iter();
        match (found.next().flatten(), found.next().flatten()) {
            (None, _) => Err(cache.damaged(None)),
            (Some(_), Some(object)) if object.kind == "tree" => {
                tree.id = object.id;
                Ok(tree)
            }
            (Some(_), _) => Err(SourceError::NoFolderInCommit {
                spec: source.without_reference(),
                folder: folder.to_owned(),
                commit: commit.to_owned(),
            }),
        }
    }

    /// Returns the template of the folder.
    pub(super) fn template(&self) -> Result<Template, SourceError> {
        let list = self
            .git("list the files of a template")
            .arguments(["ls-tree", "-r", "-z", "-l", "--full-tree", &self.id])
            .arguments([MANIFEST_FILE, FILES_FOLDER])
            .output_limit(LISTING_LIMIT);
        let listing = self.cache.read(list)?;
        let listed = parse_listing(&listing).ok_or_else(|| self.answer())?;
        if !listed
            .iter()
            .any(|entry| entry.path == MANIFEST_FILE.as_bytes())
        {
            return Err(self.not_a_template()?);
        }
        let names = listed
            .iter()
            .map(check_entry)
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| self.with_spec(error))?;
        let contents = self.contents(&listed)?;
        let files = listed.iter().zip(names).zip(contents);
        Template::from_files(
            files.map(|((entry, name), bytes)| (name, entry.mode, Cow::Owned(bytes))),
        )
        .map_err(|source| SourceError::Template {
            spec: self.source.to_string(),
            source: Box::new(source),
        })
    }

    /// Returns the names of the folders that are templates; none if this one is.
    pub(super) fn names(&self) -> Result<Vec<String>, SourceError> {
        let list = self
            .git("list the folders of a repository")
            .arguments(["ls-tree", "-z", "-l", "--full-tree", &self.id])
            .output_limit(LISTING_LIMIT);
        let listing = self.cache.read(list)?;
        let listed = parse_listing(&listing).ok_or_else(|| self.answer())?;
        if listed
            .iter()
            .any(|entry| entry.path == MANIFEST_FILE.as_bytes())
        {
            return Ok(Vec::new());
        }
        let folders: Vec<&str> = listed
            .iter()
            .filter(|entry| entry.kind == Kind::Folder)
            .filter_map(|entry| std::str::from_utf8(entry.path).ok())
            .filter(|name| is_name(name))
            .collect();
        let manifests: Vec<String> = folders
            .iter()
            .map(|name| format!("{}:{name}/{MANIFEST_FILE}", self.id))
            .collect();
        let found = self.look_up(&manifests)?;
        let is_template =
            |object: &Option<Object>| object.as_ref().is_some_and(|object| object.kind == "blob");
        Ok(folders
            .into_iter()
            .zip(&found)
            .filter(|(_, object)| is_template(object))
            .map(|(name, _)| name.to_owned())
            .collect())
    }

    /// Returns the bytes of the files, in their order.
    fn contents(&self, listed: &[Listed<'_>]) -> Result<Vec<Vec<u8>>, SourceError> {
        let limit = |what, limit| {
            self.with_spec(EntryFault::Template(ScaffoldError::Limit { what, limit }))
        };
        if listed.len() > MAX_FILES {
            return Err(limit("the files of a template", MAX_FILES as u64));
        }
        let total: u64 = listed.iter().filter_map(|entry| entry.size).sum();
        if total > MAX_BYTES {
            return Err(limit("the bytes of a template", MAX_BYTES));
        }
        let ids: String = listed.iter().flat_map(|entry| [entry.id, "\n"]).collect();
        let most = usize::try_from(total).unwrap_or(usize::MAX);
        let read = self
            .git("read the files of a template")
            .arguments(["cat-file", "--batch"])
            .input(Input::Bytes(ids.into_bytes()))
            .output_limit(most.saturating_add(HEADER_BYTES * (listed.len() + 1)));
        let output = self.cache.read(read)?;
        let objects = listed.iter().map(|entry| (entry.id, entry.size));
        parse_batch(&output, objects).ok_or_else(|| self.cache.damaged(None))
    }

    /// Returns id and kind of objects by their names; nothing for one that is not there.
    fn look_up(&self, names: &[String]) -> Result<Vec<Option<Object>>, SourceError> {
        let input: String = names.iter().flat_map(|name| [name, "\n"]).collect();
        let check = self
            .git("look into the cache")
            .arguments(["cat-file", "--batch-check=%(objectname) %(objecttype)"])
            .input(Input::Bytes(input.into_bytes()));
        let output = self.cache.read(check)?;
        let text = String::from_utf8(output).map_err(|_| self.answer())?;
        let objects: Vec<_> = text.lines().map(Object::parse).collect();
        if objects.len() == names.len() {
            Ok(objects)
        } else {
            Err(self.answer())
        }
    }

    fn git(&self, purpose: &str) -> Invocation {
        let repository = self.cache.repository();
        self.git
            .local(purpose)
            .arguments(["--git-dir", repository.as_str()])
    }

    fn not_a_template(&self) -> Result<SourceError, SourceError> {
        let spec = self.source.to_string();
        let names = self.names()?;
        if !names.is_empty() {
            return Ok(SourceError::Several { spec, names });
        }
        let path = spec.clone();
        Ok(SourceError::Template {
            spec,
            source: Box::new(ScaffoldError::NotATemplate { path }),
        })
    }

    fn answer(&self) -> SourceError {
        SourceError::Answer {
            url: self.source.url.to_string(),
        }
    }

    fn with_spec(&self, fault: EntryFault) -> SourceError {
        match fault {
            EntryFault::Source(error) => error,
            EntryFault::Template(source) => SourceError::Template {
                spec: self.source.to_string(),
                source: Box::new(source),
            },
        }
    }
}

/// An object that is there.
struct Object {
    id: String,
    kind: String,
}

impl Object {
    fn parse(line: &str) -> Option<Self> {
        let (id, kind) = line.split_once(' ')?;
        super::remote::is_id(id).then(|| Self {
            id: id.to_owned(),
            kind: kind.to_owned(),
        })
    }
}

/// What is wrong with an entry of a tree.
enum EntryFault {
    Source(SourceError),
    Template(ScaffoldError),
}

/// Returns the path of an entry that can be part of a template.
fn check_entry<'e>(entry: &Listed<'e>) -> Result<&'e str, EntryFault> {
    let shown = || {
        String::from_utf8_lossy(entry.path)
            .escape_debug()
            .to_string()
    };
    let path = std::str::from_utf8(entry.path)
        .map_err(|_| EntryFault::Template(ScaffoldError::Name { path: shown() }))?;
    let special = |kind| {
        Err(EntryFault::Template(ScaffoldError::SpecialFile {
            path: shown(),
            kind,
        }))
    };
    match entry.kind {
        Kind::Submodule => Err(EntryFault::Source(SourceError::Submodule { path: shown() })),
        Kind::Folder => special("a folder"),
        Kind::File if path == FILES_FOLDER => special("a file"),
        Kind::Link if path == FILES_FOLDER || path == MANIFEST_FILE => special("a link"),
        Kind::File | Kind::Link if entry.size.is_none_or(|size| size > FILE_LIMIT_MIB << 20) => {
            Err(EntryFault::Source(SourceError::LargeFile {
                path: shown(),
                limit: FILE_LIMIT_MIB,
            }))
        }
        Kind::File | Kind::Link => Ok(path),
    }
}
