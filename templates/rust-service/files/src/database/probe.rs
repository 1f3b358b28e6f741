//! Asks the database whether it works, on a connection of its own.
//!
//! Not through the pool: a pool that is busy must not take the instance out of service, which would
//! only make the others busier. The pool is asked too when nothing else has come through it.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use sqlx::{Connection, PgConnection};
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};

use super::error::DatabaseError;
use super::vitality::Remedy;
use super::{Database, NAME};
use crate::health::{Failure, Probe};

/// The background check of the database.
#[derive(Debug)]
pub struct DatabaseProbe {
    database: Arc<Database>,
    limit: Duration,
    connection: Mutex<Option<PgConnection>>,
}

impl DatabaseProbe {
    /// A check of this database that ends by itself just before the time limit of its checker.
    pub fn new(database: Arc<Database>, checker_timeout: Duration) -> Self {
        let limit = checker_timeout.mul_f64(0.9);
        Self {
            database,
            limit,
            connection: Mutex::new(None),
        }
    }

    async fn ask_database(&self) -> Result<(), Failure> {
        match timeout(self.limit, self.ask_directly()).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => {
                let failure = error.failure();
                tracing::warn!(
                    dependency = NAME,
                    error = &error as &dyn Error,
                    "check failed"
                );
                Err(failure)
            }
            Err(_) => Err(Failure::Timeout),
        }
    }

    /// Asks on the connection that is kept; when that one is broken, on a new one.
    async fn ask_directly(&self) -> Result<(), DatabaseError> {
        let mut kept = self.connection.lock().await;
        // Taken out while it is used: a check that is cut off leaves no half-read connection.
        if let Some(connection) = kept.take()
            && let Ok(connection) = ask(connection).await
        {
            *kept = Some(connection);
            return Ok(());
        }
        let address = self.database.pool.address();
        let connection = PgConnection::connect_with(address.options())
            .await
            .map_err(DatabaseError)?;
        *kept = Some(ask(connection).await.map_err(DatabaseError)?);
        Ok(())
    }

    /// Returns whether something has come through the pool lately, asking it if need be.
    async fn pool_gives(&self) -> bool {
        if !self.database.vitality.is_quiet(Instant::now()) {
            return true;
        }
        let pool = self.database.pool.current();
        let asked = sqlx::raw_sql("SELECT 1 /* pool check */").execute(&pool);
        let gives = matches!(timeout(self.limit, asked).await, Ok(Ok(_)));
        if gives {
            self.database.vitality.alive(Instant::now());
        }
        gives
    }

    fn judge_pool(&self, gives: bool) -> Result<(), Failure> {
        let vitality = &self.database.vitality;
        let now = Instant::now();
        if gives {
            return Ok(());
        }
        if vitality.dead(now) == Remedy::Replace {
            tracing::warn!(
                dependency = NAME,
                "the connection pool is dead and is replaced"
            );
            self.database.pool.replace();
        }
        // Until then it may only be busy.
        if vitality.is_dead(now) {
            Err(Failure::PoolDead)
        } else {
            Ok(())
        }
    }
}

impl Probe for DatabaseProbe {
    async fn probe(&self) -> Result<(), Failure> {
        let pool = async { Ok(self.pool_gives().await) };
        match tokio::try_join!(self.ask_database(), pool) {
            Ok(((), gives)) => self.judge_pool(gives),
            Err(failure) => {
                self.database.vitality.database_is_down();
                Err(failure)
            }
        }
    }
}

async fn ask(mut connection: PgConnection) -> Result<PgConnection, sqlx::Error> {
    sqlx::raw_sql("SELECT 1 /* health check */")
        .execute(&mut connection)
        .await?;
    Ok(connection)
}
