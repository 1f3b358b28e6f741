//! Which findings count: what the configuration and the baseline leave of them.

use std::collections::BTreeMap;

use camino::Utf8Path;
use perk_config::CheckLevel;
use perk_iam::{Code, Finding, FindingType, FingerprintSubject, Fingerprints};

use super::baseline::Baseline;
use super::suppressions::Suppressions;

/// Lets the findings through that count.
#[derive(Debug, Default)]
pub(super) struct Sieve {
    pub(super) levels: BTreeMap<Code, CheckLevel>,
    pub(super) suppressions: Suppressions,
    pub(super) baseline: Baseline,
    fingerprints: Fingerprints,
    pub(super) counts: Counts,
}

/// How many findings were held back.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    pub(super) suppressed: usize,
    pub(super) baselined: usize,
}

/// A finding that counts, with its fingerprint.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) finding: Finding,
    pub(super) fingerprint: String,
}

impl Sieve {
    pub(super) fn new(
        levels: BTreeMap<Code, CheckLevel>,
        suppressions: Suppressions,
        baseline: Baseline,
    ) -> Self {
        Self {
            levels,
            suppressions,
            baseline,
            ..Self::default()
        }
    }

    /// Tells whether it matters which files there are besides those with findings.
    pub(super) fn wants_all_files(&self) -> bool {
        !self.suppressions.is_empty() || !self.baseline.is_empty()
    }

    /// Notes that a file is checked; the path is relative to the project.
    pub(super) fn see(&mut self, path: &Utf8Path) {
        self.suppressions.see(path);
        self.baseline.see(path.as_str());
    }

    /// Returns the finding, with the type it has here, if it counts.
    pub(super) fn keep(
        &mut self,
        mut finding: Finding,
        subject: FingerprintSubject<'_>,
    ) -> Option<Kept> {
        match self.levels.get(&finding.code) {
            None => {}
            Some(level) => finding.finding_type = finding_type(*level)?,
        }
        if self.suppressions.suppress(&finding, subject.path.into()) {
            self.counts.suppressed += 1;
            return None;
        }
        let fingerprint = self.fingerprints.of(&finding, subject);
        if self.baseline.hides(&fingerprint) {
            self.counts.baselined += 1;
            return None;
        }
        Some(Kept {
            finding,
            fingerprint,
        })
    }
}

/// Returns the type that a level gives, if the check is not off.
pub(super) fn finding_type(level: CheckLevel) -> Option<FindingType> {
    match level {
        CheckLevel::Off => None,
        CheckLevel::Error => Some(FindingType::Error),
        CheckLevel::SecurityWarning => Some(FindingType::SecurityWarning),
        CheckLevel::Warning => Some(FindingType::Warning),
        CheckLevel::Suggestion => Some(FindingType::Suggestion),
    }
}
