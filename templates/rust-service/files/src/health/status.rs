//! The three states of a check, and what a dependency that is down means.

use std::str::FromStr;

use serde::Serialize;

/// The state of a check or of the whole service, in the order of severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// All is well.
    Pass,
    /// Something is wrong, but requests can be answered.
    Warn,
    /// Requests should not be sent here.
    Fail,
}

/// Whether the service can do its work without a dependency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Importance {
    /// Without it no request can be answered: its fault is a `fail`.
    Hard,
    /// Without it less is answered, or more slowly: its fault is a `warn`.
    Soft,
}

/// What the fault of a hard dependency means for readiness.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultPolicy {
    /// The instance leaves the load balancer.
    FailClosed,
    /// The instance stays and answers what it can. For a dependency that all instances share: when
    /// it is down, taking every instance out helps nobody.
    FailOpen,
}

/// The text is none of the known words.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown word")]
pub struct UnknownWord;

impl FromStr for Importance {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        match text {
            "hard" => Ok(Self::Hard),
            "soft" => Ok(Self::Soft),
            _ => Err(UnknownWord),
        }
    }
}

impl FromStr for FaultPolicy {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        match text {
            "fail-closed" => Ok(Self::FailClosed),
            "fail-open" => Ok(Self::FailOpen),
            _ => Err(UnknownWord),
        }
    }
}

/// Returns what a fault of a dependency makes of the service.
pub(super) fn fault_status(importance: Importance, policy: FaultPolicy) -> Status {
    match (importance, policy) {
        (Importance::Hard, FaultPolicy::FailClosed) => Status::Fail,
        (Importance::Hard, FaultPolicy::FailOpen) | (Importance::Soft, _) => Status::Warn,
    }
}
