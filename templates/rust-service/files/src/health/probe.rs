//! What a dependency is, and how it is asked whether it works.

use std::sync::Arc;

use super::report::Component;
use super::status::Importance;
use crate::resilience::Breaker;

/// Something outside the process that the service needs.
#[derive(Debug, Clone)]
pub struct Dependency {
    /// The name that people know it by; it is also what `?exclude=` takes.
    pub name: &'static str,
    /// What kind of thing it is.
    pub component: Component,
    /// Whether the service can work without it.
    pub importance: Importance,
    /// The endpoints that do not work without it.
    pub affected_endpoints: &'static [&'static str],
    /// The circuit breaker that guards the calls to it.
    pub breaker: Option<Arc<Breaker>>,
}

/// Asks a dependency whether it works, by one cheap real call.
///
/// Never by another service's `/readyz`: readiness that depends on readiness makes chains, and one
/// fault then takes out everything.
pub trait Probe: Send + Sync + 'static {
    /// Returns what is wrong, if anything. The caller limits the time and makes one call at a time.
    fn probe(&self) -> impl Future<Output = Result<(), Failure>> + Send;
}

/// The class of a fault: all that the health endpoints tell about it.
///
/// The full error goes to the logs. It may name hosts, and these endpoints must not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// No answer in time.
    Timeout,
    /// Nobody listens there, or the name is not known.
    Unreachable,
    /// The connection was lost while it was used.
    ConnectionLost,
    /// The dependency does not accept the credentials.
    Unauthorized,
    /// The dependency answered, with an error.
    Rejected,
    /// The dependency works, but the pool of connections to it does not.
    PoolDead,
}

impl Failure {
    /// Returns the class in words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Timeout => "timeout",
            Self::Unreachable => "unreachable",
            Self::ConnectionLost => "connection lost",
            Self::Unauthorized => "unauthorized",
            Self::Rejected => "rejected",
            Self::PoolDead => "connection pool dead",
        }
    }
}
