//! Why a name or a place does not lead to a template.

use perk_diag::{Class, Explain, Hint};
use perk_scaffold::SourceError;

use crate::render::quoted;

/// There is no template of this name.
#[derive(Debug, thiserror::Error)]
#[error("there is no template `{name}`")]
pub(super) struct UnknownTemplate {
    pub(super) name: String,
    /// The name that was probably meant.
    pub(super) nearest: Option<String>,
    /// Whether a folder is called like this.
    pub(super) is_folder: bool,
}

impl Explain for UnknownTemplate {
    fn class(&self) -> Class {
        Class::User
    }

    fn hints(&self) -> Vec<Hint> {
        let name = &self.name;
        vec![Hint::new(match &self.nearest {
            _ if self.is_folder => format!("for the template of the folder, write `./{name}`"),
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => "see the templates with `perk scaffold list`".to_owned(),
        })]
    }
}

/// A source of the configuration does not have this template.
#[derive(Debug, thiserror::Error)]
#[error("the source `{name}` has no template `{template}`")]
pub(super) struct NotInSource {
    pub(super) name: String,
    pub(super) template: String,
    /// The templates that it has; none if it is itself one.
    pub(super) names: Vec<String>,
}

impl Explain for NotInSource {
    fn class(&self) -> Class {
        Class::User
    }

    fn hints(&self) -> Vec<Hint> {
        let name = &self.name;
        let names = self.names.iter().map(String::as_str);
        let nearest = perk_diag::nearest(&self.template, names);
        vec![Hint::new(match nearest {
            Some(nearest) => format!("did you mean `{name}/{nearest}`?"),
            None if self.names.is_empty() => format!("it is one template: write `{name}`"),
            None => {
                let all = self
                    .names
                    .iter()
                    .map(|template| format!("`{name}/{template}`"));
                format!("it has {}", all.collect::<Vec<_>>().join(", "))
            }
        })]
    }
}

/// A place has several templates, and none of them is named.
#[derive(Debug, thiserror::Error)]
#[error("`{asked}` holds several templates: {}", quoted(names))]
pub(super) struct Several {
    pub(super) asked: String,
    pub(super) names: Vec<String>,
    /// How the first of them is asked for.
    pub(super) first: String,
}

impl Explain for Several {
    fn class(&self) -> Class {
        Class::User
    }

    fn hints(&self) -> Vec<Hint> {
        vec![Hint::new(format!("name one, as in `{}`", self.first))]
    }
}

/// A list does not have what it would have to fetch first.
#[derive(Debug, thiserror::Error)]
#[error("`{spec}` has never been fetched on this machine")]
pub(super) struct NotFetched {
    pub(super) spec: String,
}

impl Explain for NotFetched {
    fn class(&self) -> Class {
        Class::Environment
    }

    fn hints(&self) -> Vec<Hint> {
        vec![Hint::new("fetch it with `perk scaffold list --refresh`")]
    }
}

/// There is nowhere to keep what is fetched.
#[derive(Debug, thiserror::Error)]
#[error("there is no folder to keep templates of repositories in")]
pub(in crate::commands::scaffold) struct NoCacheFolder;

impl Explain for NoCacheFolder {
    fn class(&self) -> Class {
        Class::Environment
    }

    fn hints(&self) -> Vec<Hint> {
        vec![Hint::new("set `HOME` or `XDG_CACHE_HOME`")]
    }
}

/// A location cannot be read.
#[derive(Debug, thiserror::Error)]
pub(in crate::commands::scaffold) enum Unreadable {
    #[error(transparent)]
    NoCache(NoCacheFolder),
    #[error("`[scaffold.sources]` has no source `{name}`")]
    NoSource { name: String },
    #[error(transparent)]
    Source(#[from] SourceError),
}

impl From<NoCacheFolder> for Unreadable {
    fn from(error: NoCacheFolder) -> Self {
        Self::NoCache(error)
    }
}

impl Explain for Unreadable {
    fn class(&self) -> Class {
        match self {
            Self::NoCache(error) => error.class(),
            Self::NoSource { .. } => Class::Config,
            Self::Source(error) => error.class(),
        }
    }

    fn hints(&self) -> Vec<Hint> {
        match self {
            Self::NoCache(error) => error.hints(),
            Self::NoSource { .. } => Vec::new(),
            Self::Source(error) => error.hints(),
        }
    }
}
