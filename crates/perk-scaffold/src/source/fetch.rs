//! Reading templates from folders and repositories, of which the latter are fetched first.

use std::fs::File;
use std::time::Duration;

use camino::{Utf8Path, Utf8PathBuf};
use perk_process::{Captured, Input, SearchPath};
use time::OffsetDateTime;

use super::cache::Cache;
use super::git::Git;
use super::record::{self, Record};
use super::remote::{self, Target};
use super::tree::Tree;
use super::{FoundTemplate, GitReference, GitSource, Location, Outdated, SourceError, folder};

/// The most mebibytes of a file; larger ones are not even fetched where the other side can help.
pub(super) const FILE_LIMIT_MIB: u64 = 64;
/// The most bytes that a fetch may add to the cache.
const FETCH_LIMIT: u64 = 512 * 1024 * 1024;

/// Whether repositories are asked for what is new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Network {
    /// They are; what was fetched before serves if they cannot be reached.
    Online,
    /// They are not.
    Offline,
}

/// How long a repository is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeLimits {
    /// To say what its branches and tags are.
    pub answer: Duration,
    /// To send a commit.
    pub fetch: Duration,
}

impl Default for TimeLimits {
    fn default() -> Self {
        Self {
            answer: Duration::from_secs(30),
            fetch: Duration::from_mins(5),
        }
    }
}

/// The way to templates that are not built in.
#[derive(Debug, Clone)]
pub struct Sources {
    /// The folder that keeps what was fetched.
    pub cache: Utf8PathBuf,
    /// Whether repositories are asked for what is new.
    pub network: Network,
    /// Whether git may ask for a password at the terminal; it then has more time.
    pub may_ask: bool,
    /// Where git is found.
    pub search_path: SearchPath,
    /// The time.
    pub now: OffsetDateTime,
    /// How long a repository is given.
    pub limits: TimeLimits,
}

/// A commit that is in the cache.
struct Known {
    commit: String,
    outdated: Option<Outdated>,
}

impl Sources {
    /// Returns the template of a location.
    pub fn template(&self, location: &Location) -> Result<FoundTemplate, SourceError> {
        match location {
            Location::Folder(path) => folder::template(path),
            Location::Git(source) => self.with_tree(source, |tree, known| {
                let template = tree.template()?;
                Ok(FoundTemplate {
                    template,
                    commit: Some(known.commit),
                    outdated: known.outdated,
                })
            }),
        }
    }

    /// Returns the names of the templates in a location of several; none if it is itself one.
    pub fn names(&self, location: &Location) -> Result<Vec<String>, SourceError> {
        match location {
            Location::Folder(path) => folder::names(path),
            Location::Git(source) => self.with_tree(source, |tree, _| tree.names()),
        }
    }

    /// Asks a repository what its branch or tag is now, and fetches that. Says so if it cannot be
    /// reached and something older is there; without the network nothing happens.
    pub fn refresh(&self, source: &GitSource) -> Result<Option<Outdated>, SourceError> {
        let top = GitSource {
            folder: None,
            ..source.clone()
        };
        self.with_tree(&top, |_, known| Ok(known.outdated))
    }

    /// Does something with the tree of a source; a cache that is damaged is made anew first.
    fn with_tree<T>(
        &self,
        source: &GitSource,
        task: impl Fn(&Tree<'_>, Known) -> Result<T, SourceError>,
    ) -> Result<T, SourceError> {
        let git = Git::find(&self.search_path, self.may_ask).map_err(|error| SourceError::Git {
            spec: source.to_string(),
            url: source.url.to_string(),
            source: Box::new(error),
        })?;
        let cache = Cache::of(&self.cache, &source.url);
        let attempt = |record: Option<Record>| {
            let known = self.commit(&git, &cache, source, record)?;
            let tree = Tree::open(&git, &cache, &known.commit, source)?;
            task(&tree, known)
        };
        let record = record::load(cache.records(), source.reference.as_ref());
        match attempt(record) {
            Err(SourceError::Damaged { .. }) if self.network == Network::Online => {
                let lock = cache.lock(self.limits.fetch)?;
                cache.discard()?;
                drop(lock);
                attempt(None)
            }
            outcome => outcome,
        }
    }

    /// Returns the commit of a source, which is in the cache afterwards.
    fn commit(
        &self,
        git: &Git,
        cache: &Cache<'_>,
        source: &GitSource,
        record: Option<Record>,
    ) -> Result<Known, SourceError> {
        let is_pinned = source
            .reference
            .as_ref()
            .is_some_and(GitReference::is_commit);
        let known = |commit| Known {
            commit,
            outdated: None,
        };
        match (self.network, record) {
            (Network::Offline, Some(record)) => Ok(known(record.commit)),
            (Network::Offline, None) => Err(SourceError::NeverSeen {
                spec: source.to_string(),
            }),
            (Network::Online, Some(record)) if is_pinned => Ok(known(record.commit)),
            (Network::Online, None) => self.update(git, cache, source, None).map(known),
            (Network::Online, Some(record)) => {
                match self.update(git, cache, source, Some(&record.commit)) {
                    Ok(commit) => Ok(known(commit)),
                    Err(error) => self.without_network(source, record, error),
                }
            }
        }
    }

    /// Returns the commit that was fetched before, if the repository could not be reached.
    fn without_network(
        &self,
        source: &GitSource,
        record: Record,
        error: SourceError,
    ) -> Result<Known, SourceError> {
        match error {
            SourceError::Git { source: reason, .. } => Ok(Known {
                commit: record.commit.clone(),
                outdated: Some(Outdated {
                    commit: record.commit,
                    fetched: record.fetched,
                    reason: *reason,
                    source: source.to_string(),
                    now: self.now,
                }),
            }),
            SourceError::NoReference { url, reference, .. } => Err(SourceError::NoReference {
                url,
                reference,
                seen: Some(record.commit),
            }),
            error => Err(error),
        }
    }

    /// Asks the repository for the commit, and fetches it unless it is the one that is there.
    fn update(
        &self,
        git: &Git,
        cache: &Cache<'_>,
        source: &GitSource,
        present: Option<&str>,
    ) -> Result<String, SourceError> {
        let target = match &source.reference {
            Some(reference) if reference.is_commit() => Target {
                name: reference.to_string(),
                commit: reference.to_string(),
            },
            _ => remote::look_up(git, source, self.patience(self.limits.answer))?,
        };
        let lock = cache.lock(self.limits.fetch)?;
        let commit = if present == Some(target.commit.as_str()) {
            target.commit
        } else {
            self.fetch(git, cache, source, &target, &lock)?
        };
        let record = Record {
            commit: commit.clone(),
            fetched: self.now,
        };
        record::save(cache.records(), source.reference.as_ref(), &record)?;
        Ok(commit)
    }

    fn fetch(
        &self,
        git: &Git,
        cache: &Cache<'_>,
        source: &GitSource,
        target: &Target,
        lock: &File,
    ) -> Result<String, SourceError> {
        cache.prepare(git, &target.commit)?;
        let repository = cache.repository();
        let local = format!("refs/perk/{}", record::key(source.reference.as_ref()));
        let lock = lock
            .try_clone()
            .map_err(SourceError::cache("lock", &repository))?;
        git.remote(format!("fetch `{}`", source.url))
            .arguments([
                "--git-dir",
                repository.as_str(),
                "fetch",
                "--quiet",
                "--force",
            ])
            .arguments([
                "--depth=1",
                "--no-tags",
                "--no-prune",
                "--no-recurse-submodules",
            ])
            .arguments(["--no-write-fetch-head", "--no-auto-maintenance"])
            .arguments([format!("--filter=blob:limit={FILE_LIMIT_MIB}m")])
            .arguments(["--", source.url.as_str()])
            .arguments([format!("+{}:{local}", target.name)])
            .input(Input::File(lock))
            .time_limit(self.patience(self.limits.fetch))
            .guard(size_guard(repository.join("objects/pack")))
            .capture()
            .and_then(Captured::success)
            .map_err(|error| SourceError::Git {
                spec: source.to_string(),
                url: source.url.to_string(),
                source: Box::new(error),
            })?;
        let parse = git
            .local("find the commit that was fetched")
            .arguments(["--git-dir", repository.as_str()])
            .arguments(["rev-parse", "--verify", "--quiet", "--end-of-options"])
            .arguments([format!("{local}^{{commit}}")]);
        let commit = parse.capture().and_then(Captured::success).ok();
        let commit = commit.and_then(|output| String::from_utf8(output).ok());
        match commit.map(|commit| commit.trim_end().to_owned()) {
            Some(commit) if remote::is_id(&commit) => Ok(commit),
            _ => Err(SourceError::NoCommit {
                url: source.url.to_string(),
                reference: target.name.clone(),
            }),
        }
    }

    /// Returns a limit that leaves time to type a password, if git may ask for one.
    fn patience(&self, limit: Duration) -> Duration {
        if self.may_ask { limit * 10 } else { limit }
    }
}

/// Returns a guard that stops a fetch which brings too much.
fn size_guard(packs: Utf8PathBuf) -> impl Fn() -> Option<String> {
    let before = size(&packs);
    move || {
        let added = size(&packs).saturating_sub(before);
        (added > FETCH_LIMIT)
            .then(|| format!("the repository sent more than {} MiB", FETCH_LIMIT >> 20))
    }
}

fn size(folder: &Utf8Path) -> u64 {
    let entries = folder.read_dir_utf8().into_iter().flatten().flatten();
    entries
        .filter_map(|entry| entry.metadata().ok())
        .map(|metadata| metadata.len())
        .sum()
}
