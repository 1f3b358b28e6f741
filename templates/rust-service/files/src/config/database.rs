//! How the PostgreSQL database is reached.

use std::time::Duration;

use sqlx::postgres::PgConnectOptions;

use super::environment::Environment;
use crate::health::Importance;

/// How the PostgreSQL database is reached.
#[derive(Debug, Clone)]
pub struct DatabaseConfig {
    /// Host, database, user, password and TLS mode. Its `Debug` form would show the host, so it is
    /// never logged.
    pub connection: PgConnectOptions,
    /// How many connections the pool may hold.
    pub max_connections: u32,
    /// Whether the service can do its work without the database.
    pub importance: Importance,
    /// How long the pool may stay dead, while the database answers, before liveness fails.
    pub pool_dead_limit: Duration,
}

impl DatabaseConfig {
    pub(super) fn read(environment: &mut Environment<'_>) -> Self {
        Self {
            connection: read_connection(environment),
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

fn read_connection(environment: &mut Environment<'_>) -> PgConnectOptions {
    let Some(url) = environment.required("DATABASE_URL") else {
        return PgConnectOptions::new_without_pgpass();
    };
    url.parse().unwrap_or_else(|_| {
        environment.reject(
            "DATABASE_URL",
            "must be an address of the form `postgresql://user:password@host:5432/database`",
        );
        PgConnectOptions::new_without_pgpass()
    })
}
