//! The text that names where a template comes from, parsed into one of three kinds of source.

use std::fmt;

use camino::{Utf8Path, Utf8PathBuf};

use super::disguise::is_disguised;
use super::{GitReference, GitUrl, SourceError, SpecFault};
use crate::path::is_invisible;
use crate::{PathFault, SafePath};

const GIT: &str = "git+";
const MAX_BYTES: usize = 2048;

/// Where a template comes from, as somebody wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceSpec {
    /// A name: of a built-in template, of a source in `perk.toml`, or of a template in one.
    Name(SourceName),
    /// A folder or a repository.
    At(Location),
}

/// A place that templates can be read from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Location {
    /// A folder.
    Folder(Utf8PathBuf),
    /// A git repository.
    Git(GitSource),
}

/// A name such as `rust-service` or `company/worker`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceName {
    /// What stands before the slash, or all of it.
    pub name: String,
    /// The template in the source, if one is named.
    pub template: Option<String>,
}

/// A place in a git repository.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct GitSource {
    /// The repository.
    pub url: GitUrl,
    /// The folder in it, if it is not the top.
    pub folder: Option<SafePath>,
    /// The branch, tag or commit, if it is not the default branch.
    pub reference: Option<GitReference>,
}

impl SourceSpec {
    /// Parses a spec.
    pub fn parse(text: &str) -> Result<Self, SourceError> {
        parse(text).map_err(|fault| SourceError::Spec {
            spec: shown(text),
            fault,
        })
    }
}

impl Location {
    /// Returns the same location with a folder that is relative made to begin in `base`.
    #[must_use]
    pub fn relative_to(self, base: &Utf8Path) -> Self {
        match self {
            // Going through the components leaves out what says nothing, such as `./`.
            Self::Folder(path) => Self::Folder(base.join(path).components().collect()),
            Self::Git(source) => Self::Git(source),
        }
    }

    /// Returns the template of a name within this location.
    pub fn template(&self, name: &str) -> Result<Self, SourceError> {
        let fault = |fault| SourceError::Spec {
            spec: shown(name),
            fault,
        };
        if !is_name(name) {
            return Err(fault(SpecFault::Name));
        }
        match self {
            Self::Folder(path) => Ok(Self::Folder(path.join(name))),
            Self::Git(source) => {
                let path = match &source.folder {
                    Some(folder) => format!("{folder}/{name}"),
                    None => name.to_owned(),
                };
                let folder =
                    SafePath::parse(&path).map_err(|path| fault(SpecFault::Folder(path)))?;
                Ok(Self::Git(GitSource {
                    folder: Some(folder),
                    ..source.clone()
                }))
            }
        }
    }
}

/// Writes it as it is parsed.
impl fmt::Display for SourceSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => name.fmt(f),
            Self::At(location) => location.fmt(f),
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(path) => f.write_str(path.as_str()),
            Self::Git(source) => source.fmt(f),
        }
    }
}

impl fmt::Display for SourceName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        match &self.template {
            Some(template) => write!(f, "/{template}"),
            None => Ok(()),
        }
    }
}

impl GitSource {
    /// Returns the source without its branch, tag or commit.
    pub(crate) fn without_reference(&self) -> String {
        match &self.folder {
            Some(folder) => format!("{GIT}{}//{folder}", self.url),
            None => format!("{GIT}{}", self.url),
        }
    }
}

impl fmt::Display for GitSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.without_reference())?;
        match &self.reference {
            Some(reference) => write!(f, "#{reference}"),
            None => Ok(()),
        }
    }
}

/// Returns whether a text can be the name of a source or of a template in one.
pub(super) fn is_name(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    name.starts_with(|letter: char| letter.is_ascii_lowercase()) && name.bytes().all(is_plain)
}

fn parse(text: &str) -> Result<SourceSpec, SpecFault> {
    if text.trim().is_empty() {
        return Err(SpecFault::Empty);
    }
    if text.len() > MAX_BYTES {
        return Err(SpecFault::Long(MAX_BYTES));
    }
    if text.starts_with('-') {
        return Err(SpecFault::LeadingDash);
    }
    if text.chars().any(char::is_control) {
        return Err(SpecFault::Control);
    }
    if text.chars().any(is_invisible) {
        return Err(SpecFault::Invisible);
    }
    if text.starts_with(['/', '.']) {
        return folder(text);
    }
    if let Some(helper) = helper(text) {
        return Err(SpecFault::Helper(helper.to_owned()));
    }
    match text.strip_prefix(GIT) {
        Some(rest) => git(rest).map(|source| SourceSpec::At(Location::Git(source))),
        None => name(text),
    }
}

/// Returns the word before a `::`, by which git runs a program of that name.
fn helper(text: &str) -> Option<&str> {
    let (word, _) = text.split_once("::")?;
    let word = word.strip_prefix(GIT).unwrap_or(word);
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || b"+-._".contains(&byte);
    word.bytes().all(is_word).then_some(word)
}

fn folder(text: &str) -> Result<SourceSpec, SpecFault> {
    let is_path = text.starts_with('/') || matches!(text.split('/').next(), Some("." | ".."));
    if is_path {
        Ok(SourceSpec::At(Location::Folder(text.into())))
    } else {
        Err(SpecFault::Name)
    }
}

fn git(text: &str) -> Result<GitSource, SpecFault> {
    let (text, reference) = match text.split_once('#') {
        Some((text, reference)) => (text, Some(GitReference::parse(reference)?)),
        None => (text, None),
    };
    let host = text.find("://").map_or(0, |start| start + "://".len());
    // The third slash of `file:///` is the first of the path.
    let (address, folder) = match text[host..].split_once("//") {
        Some((address, folder)) => (&text[..host + address.len()], Some(folder)),
        None => (text, None),
    };
    let url = GitUrl::parse(address)?;
    Ok(GitSource {
        url,
        folder: folder.map(folder_within).transpose()?,
        reference,
    })
}

fn folder_within(text: &str) -> Result<SafePath, SpecFault> {
    let text = text.strip_suffix('/').unwrap_or(text);
    if text.contains("//") {
        return Err(SpecFault::TwoFolders);
    }
    if let Some((_, after)) = text.split_once('%') {
        return Err(SpecFault::Encoding(after.chars().take(2).collect()));
    }
    if text
        .split('/')
        .any(|name| !matches!(name, "." | "..") && is_disguised(name))
    {
        return Err(if text.contains('\\') {
            SpecFault::Backslash
        } else {
            SpecFault::DisguisedFolder
        });
    }
    SafePath::parse(text).map_err(|fault: PathFault| SpecFault::Folder(fault))
}

fn name(text: &str) -> Result<SourceSpec, SpecFault> {
    if let Some(write) = with_git(text) {
        return Err(SpecFault::WithoutGit { write });
    }
    if let Some((scheme, _)) = text.split_once("://") {
        return Err(SpecFault::Transport(scheme.to_owned()));
    }
    let (name, template) = match text.split_once('/') {
        Some((name, template)) => (name, Some(template)),
        None => (text, None),
    };
    if !is_name(name) || !template.is_none_or(is_name) {
        return Err(SpecFault::Name);
    }
    Ok(SourceSpec::Name(SourceName {
        name: name.to_owned(),
        template: template.map(str::to_owned),
    }))
}

/// Returns how an address that is meant for git is written.
fn with_git(text: &str) -> Option<String> {
    let has_transport = ["https://", "ssh://", "file://"]
        .iter()
        .any(|transport| text.starts_with(transport));
    if has_transport {
        return Some(shown(&format!("{GIT}{text}")));
    }
    // `git@host:path`, as git itself takes it.
    let (user, path) = text.split_once(':')?;
    let is_short_form = user.contains('@') && !user.contains('/') && !path.starts_with("//");
    is_short_form.then(|| format!("{GIT}ssh://{user}/{}", path.trim_start_matches('/')))
}

/// Returns a spec as an error may show it.
fn shown(text: &str) -> String {
    const MOST: usize = 200;
    without_credentials(&without_query(text))
        .chars()
        .take(MOST)
        .map(|letter| match letter {
            letter if letter.is_control() || is_invisible(letter) => '\u{fffd}',
            letter => letter,
        })
        .collect()
}

/// Masks all that could stand before the host, also where a password has a slash in it.
fn without_credentials(text: &str) -> String {
    let Some((before, after)) = text.rsplit_once('@') else {
        return text.to_owned();
    };
    let start = before.find("://").map_or(0, |start| start + "://".len());
    format!("{}***@{after}", &before[..start])
}

/// Masks what stands after a `?`, where some hosts take tokens.
fn without_query(text: &str) -> String {
    match text.split_once('?') {
        Some((before, _)) => format!("{before}?***"),
        None => text.to_owned(),
    }
}
