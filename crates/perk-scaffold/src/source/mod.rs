//! Where templates come from: names, folders and git repositories.
//!
//! A [`SourceSpec`] is parsed from what somebody wrote, [`NamedSources`] turns a name into the
//! source it stands for, and [`Sources`] reads templates from folders and repositories. Of a
//! repository only objects are read: nothing is checked out, so that no filter, attribute or hook
//! of it can run.

mod age;
mod cache;
mod disguise;
mod error;
mod fault;
mod fetch;
mod folder;
mod found;
mod git;
mod listing;
mod named;
mod record;
mod reference;
mod remote;
mod spec;
#[cfg(test)]
mod spec_tests;
mod tree;
mod url;

pub use error::SourceError;
pub use fault::SpecFault;
pub use fetch::{Network, Sources, TimeLimits};
pub use found::{FoundTemplate, Outdated};
pub use named::{NamedSource, NamedSources, Resolved};
pub use reference::GitReference;
pub use spec::{GitSource, Location, SourceName, SourceSpec};
pub use url::GitUrl;
