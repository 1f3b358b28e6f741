//! Brings the schema up to date: `migrate` waits for the database for a while, then runs what is in
//! `migrations/` and has not run yet.

use std::time::Duration;

use sqlx::{Connection, PgConnection};

use super::{DatabaseError, NAME, QueryError};
use crate::config::DatabaseConfig;
use crate::resilience::{
    Backoff, Breaker, BreakerSettings, Deadline, Guard, GuardSettings, Repeatable, RetryBudget,
};

const WAIT: Duration = Duration::from_secs(60);
const TRIES: u32 = 60;

/// The schema is not up to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// The database does not answer.
    #[error("cannot connect to the database")]
    Connect(#[source] QueryError),
    /// A migration failed; those before it are done.
    #[error("cannot bring the schema up to date")]
    Run(#[source] sqlx::migrate::MigrateError),
}

/// Runs the migrations that have not run yet. Several at once wait for each other.
pub async fn migrate(config: &DatabaseConfig) -> Result<(), MigrateError> {
    let mut connection = connect(config).await.map_err(MigrateError::Connect)?;
    sqlx::migrate!()
        .run(&mut connection)
        .await
        .map_err(MigrateError::Run)?;
    tracing::info!("the schema is up to date");
    Ok(())
}

async fn connect(config: &DatabaseConfig) -> Result<PgConnection, QueryError> {
    let never = BreakerSettings {
        failures: u32::MAX,
        cool_down: Duration::ZERO,
    };
    let settings = GuardSettings {
        tries: TRIES,
        try_timeout: Duration::from_secs(5),
        backoff: Backoff {
            base: Duration::from_millis(100),
            cap: Duration::from_secs(5),
        },
    };
    let guard = Guard::new(settings, Breaker::new(NAME, never), RetryBudget::new(TRIES));
    guard
        .call(Deadline::after(WAIT), Repeatable::Yes, async |_| {
            PgConnection::connect_with(config.address.options())
                .await
                .map_err(DatabaseError)
        })
        .await
}
