//! Which of the places counts. One of them wins as a whole: proxies of one and exemptions of
//! another would be settings that nobody has tried.

use std::fmt;

use crate::source::{Found, SourceFault, SourceKind};

/// A place that was looked at, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The kind of place.
    pub source: SourceKind,
    /// What it says, if it says anything and can be read.
    pub outcome: Result<Option<Found>, SourceFault>,
}

/// The place that counts, and all the others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choice {
    /// The place that counts, if any names a proxy or says that there is none.
    pub winner: Option<(SourceKind, Found)>,
    /// The other places, in the order in which they would have counted.
    pub losers: Vec<Loser>,
}

/// A place that does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loser {
    /// The kind of place.
    pub source: SourceKind,
    /// What it says, if anything.
    pub found: Option<Found>,
    /// Why it does not count.
    pub reason: Lost,
}

/// Why a place does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lost {
    /// It names a proxy, but another place comes first.
    Outranked {
        /// That place.
        by: SourceKind,
    },
    /// It has exemptions or remarks, but no proxy.
    NamesNoProxy,
    /// It names a PAC script, which has to be run to say anything.
    NamesScript,
    /// It says nothing about proxies, or is not there.
    SaysNothing,
    /// It cannot be read.
    Faulty(SourceFault),
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Outranked { by } => write!(f, "it comes after {by}"),
            Self::NamesNoProxy => f.write_str("it names no proxy"),
            Self::NamesScript => f.write_str("it names a PAC script and no proxy"),
            Self::SaysNothing => f.write_str("it says nothing about proxies"),
            Self::Faulty(fault) => fault.fmt(f),
        }
    }
}

impl Choice {
    /// Returns the first place that cannot be read and would have come before the winner: what it
    /// was meant to say is not known, so that the winner may be the wrong one.
    pub fn fault_before_winner(&self) -> Option<(SourceKind, &SourceFault)> {
        self.losers.iter().find_map(|loser| match &loser.reason {
            Lost::Faulty(fault) if self.would_beat_winner(loser.source) => {
                Some((loser.source, fault))
            }
            _ => None,
        })
    }

    fn would_beat_winner(&self, source: SourceKind) -> bool {
        let winner = self.winner.as_ref();
        winner.is_none_or(|(winner, _)| source < *winner)
    }
}

/// Chooses the place that counts, by the order of [`SourceKind`].
pub fn choose(mut candidates: Vec<Candidate>) -> Choice {
    candidates.sort_by_key(|candidate| candidate.source);
    let mut choice = Choice::default();
    for Candidate { source, outcome } in candidates {
        let (found, reason) = match outcome {
            Err(fault) => (None, Lost::Faulty(fault)),
            Ok(None) => (None, Lost::SaysNothing),
            Ok(Some(found)) if !found.settings.is_decisive() => {
                let reason = match found.pac {
                    Some(_) => Lost::NamesScript,
                    None => Lost::NamesNoProxy,
                };
                (Some(found), reason)
            }
            Ok(Some(found)) => {
                let Some((by, _)) = &choice.winner else {
                    choice.winner = Some((source, found));
                    continue;
                };
                (Some(found), Lost::Outranked { by: *by })
            }
        };
        choice.losers.push(Loser {
            source,
            found,
            reason,
        });
    }
    choice
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::environment;

    fn of(source: SourceKind, address: &str) -> Candidate {
        let outcome = environment::find([("http_proxy", address)]);
        Candidate { source, outcome }
    }

    #[test]
    fn a_fault_matters_only_before_the_winner() {
        let right = || of(SourceKind::DockerConfig, "http://proxy.example:3128");
        for (faulty, matters) in [(SourceKind::Flags, true), (SourceKind::Npm, false)] {
            let choice = choose(vec![right(), of(faulty, "nonsense://x")]);
            let fault = choice.fault_before_winner().map(|(source, _)| source);
            assert_eq!(fault, matters.then_some(faulty));
        }
        let choice = choose(vec![of(SourceKind::Npm, "nonsense://x")]);
        assert!(choice.winner.is_none() && choice.fault_before_winner().is_some());
    }
}
