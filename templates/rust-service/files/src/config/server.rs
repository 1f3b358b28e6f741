//! How the service listens, how much it takes on, and how it stops.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use super::environment::Environment;

/// How the service listens, how much it takes on, and how it stops.
#[derive(Debug, Clone)]
pub struct ServerConfig {
    /// Where requests are answered.
    pub listen_address: SocketAddr,
    /// How many requests are worked on at once; one more is refused with 503.
    pub max_concurrent_requests: usize,
    /// How long one request may take in all.
    pub request_timeout: Duration,
    /// How long readiness says no before the listener closes.
    pub shutdown_delay: Duration,
    /// How long requests that are under way may still take after that.
    pub shutdown_drain: Duration,
}

impl Default for ServerConfig {
    fn default() -> Self {
        Self {
            listen_address: all_interfaces(8080),
            max_concurrent_requests: 512,
            request_timeout: Duration::from_secs(10),
            shutdown_delay: Duration::from_secs(5),
            shutdown_drain: Duration::from_secs(20),
        }
    }
}

impl ServerConfig {
    pub(super) fn read(environment: &mut Environment<'_>) -> Self {
        let default = Self::default();
        let seconds = Duration::from_secs;
        Self {
            listen_address: environment.parsed(
                "LISTEN_ADDRESS",
                default.listen_address,
                "an address and a port, such as `0.0.0.0:8080`",
            ),
            max_concurrent_requests: environment.number(
                "MAX_CONCURRENT_REQUESTS",
                default.max_concurrent_requests,
                &(1..=100_000),
            ),
            request_timeout: environment.duration(
                "REQUEST_TIMEOUT",
                default.request_timeout,
                &(Duration::from_millis(100)..=seconds(300)),
            ),
            shutdown_delay: environment.duration(
                "SHUTDOWN_DELAY",
                default.shutdown_delay,
                &(Duration::ZERO..=seconds(120)),
            ),
            shutdown_drain: environment.duration(
                "SHUTDOWN_DRAIN",
                default.shutdown_drain,
                &(Duration::ZERO..=seconds(600)),
            ),
        }
    }
}

pub(super) const fn all_interfaces(port: u16) -> SocketAddr {
    SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), port)
}
