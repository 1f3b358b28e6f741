//! Every AWS service, action, resource type and condition key.
//!
//! A catalog is one packed file that is used where it lies: opening it decodes and allocates
//! nothing, and everything found in it is a small view of its bytes. The program brings one
//! along ([`Catalog::embedded`]); another can be packed from AWS's service reference
//! ([`service_reference::read`], [`pack`]) and opened ([`Catalog::open`]).
//!
//! Names are compared without regard to ASCII case, as IAM does. Nothing here knows policies,
//! suggests names, or touches the network; only the two readers of sources read files.

mod access_level;
mod action;
mod action_index;
mod catalog;
mod condition_key;
mod date;
#[cfg(test)]
mod embedded_tests;
mod entries;
mod error;
mod federation;
pub mod iam_data;
mod layout;
mod letter_set;
mod lookup;
mod pack;
mod partition;
mod resource_type;
mod service;
pub mod service_reference;
pub mod source;
mod source_file;
mod text;
mod value_type;

pub use access_level::AccessLevel;
pub use action::{Action, ActionResource};
pub use action_index::ActionIndex;
pub use catalog::{Catalog, Info, newer};
pub use condition_key::ConditionKey;
pub use date::Date;
pub use entries::{Entries, EntriesIter, Entry};
pub use error::{CatalogError, PackError, ReadError};
pub use letter_set::LetterSet;
pub use pack::pack;
pub use partition::{Partition, Region};
pub use resource_type::ResourceType;
pub use service::Service;
pub use source::Source;
pub use value_type::ValueType;
