//! What is reached without a proxy: the list that people keep in `NO_PROXY`.
//!
//! There is no standard for it. [`NoProxy::parse`] understands every dialect that is in use, with
//! the meaning its writer had in mind; [`NoProxy::to_variable`] gives the one form that nearly all
//! programs understand.

mod entry;
mod matches;
mod parse;
mod remark;
mod variable;

use std::collections::HashSet;

pub use entry::Entry;
pub use remark::NoProxyRemark;

/// Hosts that are reached directly. The machine itself always is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NoProxy {
    entries: Vec<Entry>,
    is_everything: bool,
}

impl NoProxy {
    /// Returns a list that exempts every host, as `*` does: no proxy is to be used at all.
    pub fn everything() -> Self {
        Self {
            entries: Vec::new(),
            is_everything: true,
        }
    }

    /// Makes a list of its entries, each once.
    pub fn of(entries: impl IntoIterator<Item = Entry>) -> Self {
        let mut seen = HashSet::new();
        let entries = entries.into_iter();
        Self {
            entries: entries.filter(|entry| seen.insert(entry.clone())).collect(),
            is_everything: false,
        }
    }

    /// Reads a list in any dialect, and says what was not in the form that programs agree on.
    pub fn parse(text: &str) -> (Self, Vec<NoProxyRemark>) {
        parse::parse(text)
    }

    /// Returns the value of `NO_PROXY` and `no_proxy`, and says what it does not express.
    pub fn to_variable(&self) -> (String, Vec<NoProxyRemark>) {
        variable::to_variable(self)
    }

    /// Tells whether the writer of the list wants a host to be reached directly.
    pub fn matches(&self, host: &str, port: u16) -> bool {
        matches::matches(self, host, port)
    }

    /// Returns this list with the entries of another after its own.
    #[must_use]
    pub fn extended(&self, other: &Self) -> Self {
        if self.is_everything || other.is_everything {
            return Self::everything();
        }
        Self::of(self.entries.iter().chain(&other.entries).cloned())
    }

    /// Returns the entries in the order in which they were written.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Tells whether no proxy is to be used at all.
    pub fn is_everything(&self) -> bool {
        self.is_everything
    }

    /// Tells whether nothing was written.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && !self.is_everything
    }
}

#[cfg(test)]
mod tests;
