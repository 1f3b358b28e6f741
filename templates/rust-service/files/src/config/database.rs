//! How the PostgreSQL database is reached.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::PgConnectOptions;

use super::environment::Environment;
use crate::health::Importance;

const SCHEMES: [&str; 2] = ["postgresql://", "postgres://"];

/// How the PostgreSQL database is reached.
#[derive(Debug, Clone)]
pub struct DatabaseConfig {
    /// Where the database is, and who the service is there.
    pub address: DatabaseAddress,
    /// How many connections the pool may hold.
    pub max_connections: u32,
    /// Whether the service can do its work without the database.
    pub importance: Importance,
    /// How long the pool may give nothing, while the database answers, before liveness fails.
    pub pool_dead_limit: Duration,
}

/// Host, database, user, password and TLS mode. Its `Debug` form tells none of them.
#[derive(Clone)]
pub struct DatabaseAddress(PgConnectOptions);

/// The text is no address of a PostgreSQL database.
#[derive(Debug, thiserror::Error)]
#[error("no address of a PostgreSQL database")]
pub struct InvalidAddress;

impl DatabaseAddress {
    /// Returns what a connection is made with.
    pub fn options(&self) -> &PgConnectOptions {
        &self.0
    }
}

impl FromStr for DatabaseAddress {
    type Err = InvalidAddress;

    fn from_str(text: &str) -> Result<Self, InvalidAddress> {
        let is_postgresql = SCHEMES.iter().any(|scheme| text.starts_with(scheme));
        let options = is_postgresql.then(|| text.parse().ok()).flatten();
        options.map(Self).ok_or(InvalidAddress)
    }
}

impl fmt::Debug for DatabaseAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("DatabaseAddress")
    }
}

impl DatabaseConfig {
    pub(super) fn read(environment: &mut Environment<'_>) -> Self {
        Self {
            address: read_address(environment),
            max_connections: environment.number("DATABASE_MAX_CONNECTIONS", 10, &(1..=1_000)),
            importance: environment.parsed(
                "DATABASE_IMPORTANCE",
                Importance::Hard,
                "`hard` or `soft`",
            ),
            pool_dead_limit: environment.duration(
                "DATABASE_POOL_DEAD_LIMIT",
                Duration::from_secs(60),
                &(Duration::from_secs(1)..=Duration::from_secs(3_600)),
            ),
        }
    }
}

fn read_address(environment: &mut Environment<'_>) -> DatabaseAddress {
    let nowhere = DatabaseAddress(PgConnectOptions::new_without_pgpass());
    if environment.required("DATABASE_URL").is_none() {
        return nowhere;
    }
    environment.parsed(
        "DATABASE_URL",
        nowhere,
        "an address of the form `postgresql://user:password@host:5432/database`",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str) -> (DatabaseConfig, usize) {
        let lookup = |name: &str| (name == "DATABASE_URL").then(|| url.to_owned());
        let mut environment = Environment::new(&lookup);
        let config = DatabaseConfig::read(&mut environment);
        (config, environment.into_problems().len())
    }

    #[test]
    fn an_address_is_needed_and_has_to_be_one() {
        assert_eq!(read("").1, 1);
        assert_eq!(read("localhost:5432").1, 1);
        assert_eq!(read("postgresql://user@localhost/service").1, 0);
    }

    #[test]
    fn the_debug_form_tells_no_secret() {
        let (config, _) = read("postgresql://user:hunter2@database.example/service");
        let text = format!("{config:?}");

        assert!(!text.contains("hunter2"), "{text}");
        assert!(!text.contains("example"), "{text}");
    }
}
