//! Something that is wrong, or worth knowing.

use serde::Serialize;

use super::code::{Code, Severity};
use crate::Target;

/// Something that is wrong, or worth knowing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// Where it was found.
    pub place: Place,
    /// The destinations that it keeps from being reached.
    pub targets: Vec<Target>,
    /// What is wrong.
    pub cause: String,
    /// What to do about it: one of these.
    pub fixes: Vec<String>,
    /// What was seen.
    pub evidence: Option<String>,
}

/// Where something was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// On this machine.
    Host,
    /// In the container.
    Container,
}

impl Place {
    /// Returns the place as people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Host => "host",
            Self::Container => "container",
        }
    }
}

impl Finding {
    pub(super) fn new(code: Code, place: Place, cause: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            place,
            targets: Vec::new(),
            cause: cause.into(),
            fixes: Vec::new(),
            evidence: None,
        }
    }

    pub(super) fn about(mut self, target: &Target) -> Self {
        self.targets.push(target.clone());
        self
    }

    pub(super) fn fixed_by(mut self, fix: impl Into<String>) -> Self {
        self.fixes.push(fix.into());
        self
    }

    pub(super) fn maybe_fixed_by(self, fix: Option<impl Into<String>>) -> Self {
        match fix {
            Some(fix) => self.fixed_by(fix),
            None => self,
        }
    }

    pub(super) fn evident(mut self, evidence: impl Into<String>) -> Self {
        self.evidence.get_or_insert_with(|| evidence.into());
        self
    }

    pub(super) fn softened(mut self) -> Self {
        self.severity = Severity::Note;
        self
    }
}

/// Puts findings that differ in their destinations only together, as bad as the worst of them, and
/// the worst first.
pub(super) fn merged(findings: Vec<Finding>) -> Vec<Finding> {
    let mut merged: Vec<Finding> = Vec::new();
    for finding in findings {
        let same = merged.iter_mut().find(|known| {
            known.code == finding.code
                && known.place == finding.place
                && known.cause == finding.cause
        });
        match same {
            Some(known) => {
                known.severity = known.severity.min(finding.severity);
                for target in finding.targets {
                    if !known.targets.contains(&target) {
                        known.targets.push(target);
                    }
                }
            }
            None => merged.push(finding),
        }
    }
    merged.sort_by_key(|finding| finding.severity);
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_is_named_once_for_all_destinations() {
        let about = |target: &str| {
            let target: Target = target.parse().unwrap();
            Finding::new(Code::ProxyRefuses, Place::Host, "nothing listens").about(&target)
        };
        let softened = about("http://a.example").softened();
        let findings = merged(vec![softened, about("http://b.example")]);
        let [finding] = &findings[..] else {
            panic!("{findings:?}");
        };
        assert_eq!(finding.severity, Code::ProxyRefuses.severity());
        assert_eq!(finding.targets.len(), 2);
    }
}
