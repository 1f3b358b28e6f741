//! What can go wrong with a packed catalog, with packing one, and with reading its sources.

use std::io;
use std::path::PathBuf;

use perk_diag::{Class, Explain, Hint};

/// Why bytes cannot be used as a catalog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CatalogError {
    /// The bytes do not begin as a catalog does.
    #[error("this is not an IAM catalog of perk")]
    NotACatalog,
    /// Another version of perk wrote the catalog.
    #[error("the IAM catalog has format {found}, and this perk reads format {expected}")]
    Format {
        /// The format of the file.
        found: u32,
        /// The format that can be read.
        expected: u32,
    },
    /// The content is incomplete or changed.
    #[error("the IAM catalog is damaged")]
    Damaged,
}

impl Explain for CatalogError {
    fn class(&self) -> Class {
        Class::Environment
    }

    fn hints(&self) -> Vec<Hint> {
        vec![Hint::new(
            "write it again with `perk iam catalog refresh --from DIR`",
        )]
    }
}

/// Why a source cannot be packed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// Two entries of one table have the same name, ignoring case.
    #[error("`{name}` is listed twice among the {table}")]
    Duplicate {
        /// What the table holds.
        table: &'static str,
        /// The repeated name.
        name: String,
    },
    /// A condition key is used but neither its service nor AWS as a whole declares it.
    #[error("`{user}` uses the condition key `{key}`, which nothing declares")]
    UnknownConditionKey {
        /// The action or resource type.
        user: String,
        /// The condition key.
        key: String,
    },
    /// A prefix of condition keys belongs to a service that is not there.
    #[error("the condition key prefix `{prefix}` belongs to `{service}`, which is no service")]
    UnknownService {
        /// The prefix of condition keys.
        prefix: String,
        /// The missing service.
        service: String,
    },
    /// A text is longer than the format can hold.
    #[error("a text of {length} bytes is too long for a catalog: `{start}`")]
    LongText {
        /// The length of the text.
        length: usize,
        /// How the text begins.
        start: String,
    },
    /// There is more data than the format can hold.
    #[error("the data is too large for a catalog")]
    TooLarge,
}

impl Explain for PackError {
    fn class(&self) -> Class {
        Class::User
    }
}

/// Why the source of a catalog cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// A file or folder cannot be read.
    #[error("`{}` cannot be read", path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// A file is not the JSON it should be.
    #[error("`{}` does not hold the JSON expected of it", path.display())]
    Json {
        /// The file.
        path: PathBuf,
        /// Where and why.
        #[source]
        source: serde_json::Error,
    },
    /// A folder holds no description of a service.
    #[error("`{}` holds no service description (a JSON file with `Name` and `Actions`)", path.display())]
    NoServices {
        /// The folder.
        path: PathBuf,
    },
    /// A file names something that AWS has no word for.
    #[error("`{}` has the unknown {what} `{value}`", path.display())]
    UnknownWord {
        /// The file.
        path: PathBuf,
        /// What kind of word it is.
        what: &'static str,
        /// The word.
        value: String,
    },
}

impl Explain for ReadError {
    fn class(&self) -> Class {
        Class::User
    }

    fn hints(&self) -> Vec<Hint> {
        vec![Hint::new(
            "give a folder with one JSON file per service, as AWS's service reference publishes them",
        )]
    }
}
