//! What is to be done about hooks that are not trusted yet.

use super::HookIdentity;

/// What comes next.
#[derive(Debug, PartialEq, Eq)]
pub enum Decision<'h> {
    /// All hooks are trusted, and may run.
    Run,
    /// These have to be shown, and somebody has to be asked.
    Ask(Vec<&'h HookIdentity>),
    /// These have to be shown, and are trusted since `--trust` says so.
    Trust(Vec<&'h HookIdentity>),
    /// Nobody can be asked and `--trust` was not given: no hook runs, not even a trusted one.
    Refuse,
}

/// Decides about hooks of which some are not trusted. Where nobody can be asked, less is allowed
/// and not more.
pub fn decide(
    untrusted: Vec<&HookIdentity>,
    is_interactive: bool,
    is_trust_given: bool,
) -> Decision<'_> {
    match (is_interactive, is_trust_given) {
        (false, false) => Decision::Refuse,
        _ if untrusted.is_empty() => Decision::Run,
        (_, true) => Decision::Trust(untrusted),
        (true, false) => Decision::Ask(untrusted),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ContentHash, HookMoment};

    #[test]
    fn nothing_runs_unseen_and_unasked() {
        let hook = HookIdentity {
            source: "git+https://h/t".to_owned(),
            commit: None,
            content: ContentHash::of(b""),
            at: HookMoment::After,
            run: vec!["make".to_owned()],
        };
        for (untrusted, is_interactive, is_trust_given, decision) in [
            (vec![], true, false, Decision::Run),
            (vec![], true, true, Decision::Run),
            (vec![], false, true, Decision::Run),
            (vec![], false, false, Decision::Refuse),
            (vec![&hook], true, false, Decision::Ask(vec![&hook])),
            (vec![&hook], true, true, Decision::Trust(vec![&hook])),
            (vec![&hook], false, true, Decision::Trust(vec![&hook])),
            (vec![&hook], false, false, Decision::Refuse),
        ] {
            assert_eq!(decide(untrusted, is_interactive, is_trust_given), decision);
        }
    }
}
