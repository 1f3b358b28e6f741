//! The checks that IAM Access Analyzer does not have: what a policy as a whole lets somebody do.
//!
//! They are held to the same rule as AWS's: a finding is given when the policy shows the fault,
//! not when there might be one. What each code means stands on its page in `checks/`.

mod callers;
mod circumstance;
mod dangerous;
mod escalation;
mod exposure;
mod grant;
mod listing;
mod mismatch;
mod public;
mod trust;
mod wildcard;

#[cfg(test)]
mod tests;

pub(crate) use self::dangerous::{DANGEROUS, Dangerous};
use self::grant::{is_judgeable, naming};
pub(crate) use self::mismatch::Leeway;
use crate::checks::Subject;
use crate::finding::Draft;
use crate::policy::Kind;

/// Runs every check of perk's own.
pub(crate) fn check(subject: &Subject<'_, '_>, found: &mut Vec<Draft>) {
    wildcard::check(subject, found);
    if subject.kind == Kind::Identity && is_judgeable(subject.policy) {
        let naming = naming(subject);
        escalation::check(subject, &naming, found);
        exposure::check(subject, &naming, found);
    }
    public::check(subject, found);
    trust::check(subject, found);
    mismatch::check(subject, found);
}
