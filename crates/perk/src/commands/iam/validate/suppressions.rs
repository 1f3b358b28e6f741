//! Findings that the configuration suppresses, and entries that suppress nothing.

use camino::Utf8Path;
use perk_config::Suppression;
use perk_iam::{Code, Finding};
use time::Date;

/// The entries of the configuration, with what they did so far.
#[derive(Debug, Default)]
pub(super) struct Suppressions {
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    suppression: Suppression,
    is_expired: bool,
    /// Whether a file was checked that the entry is for.
    is_relevant: bool,
    is_used: bool,
}

impl Suppressions {
    pub(super) fn new(suppressions: Vec<Suppression>, today: Date) -> Self {
        let entry = |suppression: Suppression| Entry {
            is_expired: suppression.expires.is_some_and(|last| last < today),
            is_relevant: suppression.path.is_none(),
            is_used: false,
            suppression,
        };
        Self {
            entries: suppressions.into_iter().map(entry).collect(),
        }
    }

    /// Tells whether nothing is ever suppressed.
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Notes that a file is checked; the path is relative to the project.
    pub(super) fn see(&mut self, path: &Utf8Path) {
        for entry in &mut self.entries {
            entry.is_relevant = entry.is_relevant || entry.is_for(path);
        }
    }

    /// Tells whether a finding is suppressed.
    ///
    /// Every entry that matches counts as used.
    pub(super) fn suppress(&mut self, finding: &Finding, path: &Utf8Path) -> bool {
        let mut is_suppressed = false;
        for entry in &mut self.entries {
            if !entry.is_expired && entry.matches(finding) && entry.is_for(path) {
                entry.is_used = true;
                is_suppressed = true;
            }
        }
        is_suppressed
    }

    /// Returns the entries that are of no use any more, with the check that reports them.
    pub(super) fn idle(&self) -> Vec<(Suppression, Code)> {
        let idle = self.entries.iter().filter_map(|entry| {
            let code = match entry {
                entry if entry.is_expired => Code::ExpiredSuppression,
                entry if entry.is_relevant && !entry.is_used => Code::UnusedSuppression,
                _ => return None,
            };
            Some((entry.suppression.clone(), code))
        });
        idle.collect()
    }
}

impl Entry {
    fn is_for(&self, path: &Utf8Path) -> bool {
        let pattern = self.suppression.path.as_ref();
        pattern.is_none_or(|pattern| pattern.is_match(path))
    }

    fn matches(&self, finding: &Finding) -> bool {
        let sid = self.suppression.sid.as_ref();
        self.suppression.code == finding.code.name()
            && sid.is_none_or(|sid| finding.sid.as_ref() == Some(sid))
    }
}
