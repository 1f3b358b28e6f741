//! The template of a record against the template as it is known now.

use semver::Version;

use crate::project::TemplateRecord;
use crate::{ContentHash, Template};

/// What is known now of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// It is at hand.
    Template {
        /// Its name.
        name: String,
        /// The version from its manifest.
        version: String,
        /// The sum of the template itself.
        content: ContentHash,
    },
    /// It is not at hand.
    Unknown {
        /// Why.
        reason: String,
    },
}

/// How what a project was made from stands to what is known now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It is the same template.
    Current,
    /// The template has changed since.
    Behind {
        /// The version that it has now, which may be the same.
        latest: String,
    },
    /// The template that is at hand is older than the one the project was made from.
    Ahead {
        /// The version that is at hand.
        latest: String,
    },
    /// The template is not at hand.
    Unknown {
        /// Why.
        reason: String,
    },
}

impl From<&Template> for Known {
    fn from(template: &Template) -> Self {
        Self::Template {
            name: template.manifest().name.clone(),
            version: template.manifest().version.clone(),
            content: template.content_hash(),
        }
    }
}

pub(super) fn standing(record: &TemplateRecord, known: Known) -> Standing {
    let (latest, content) = match known {
        Known::Template {
            version, content, ..
        } => (version, content),
        Known::Unknown { reason } => return Standing::Unknown { reason },
    };
    if content == record.content {
        Standing::Current
    } else if is_earlier(&latest, &record.version) {
        Standing::Ahead { latest }
    } else {
        Standing::Behind { latest }
    }
}

fn is_earlier(version: &str, other: &str) -> bool {
    match (Version::parse(version), Version::parse(other)) {
        (Ok(version), Ok(other)) => version.cmp_precedence(&other).is_lt(),
        _ => false,
    }
}
