//! The PostgreSQL database: guarded calls through a pool, and a pool that is replaced when it dies.
//!
//! Statements are checked when they run, so that no database is needed to build.

mod error;
mod migrate;
mod pool;
mod probe;
mod vitality;

use std::sync::Arc;
use std::time::Duration;

use sqlx::PgPool;
use tokio::time::Instant;

pub use self::error::DatabaseError;
pub use self::migrate::{MigrateError, migrate};
use self::pool::Pool;
pub use self::probe::DatabaseProbe;
pub use self::vitality::PoolVitality;
use crate::config::DatabaseConfig;
use crate::health::{Component, Dependency, Importance};
use crate::resilience::{
    Breaker, BreakerSettings, CallError, Deadline, Guard, GuardSettings, Repeatable, RetryBudget,
};

/// The name of the database in health reports, logs and metrics.
pub const NAME: &str = "postgresql";

/// Why a statement gave nothing.
pub type QueryError = CallError<DatabaseError>;

/// The database as the rest of the service sees it.
#[derive(Debug)]
pub struct Database {
    pool: Pool,
    vitality: Arc<PoolVitality>,
    guard: Guard,
    importance: Importance,
}

impl Database {
    /// Prepares the pool; nothing is connected yet, so that a start does not wait for the database.
    pub fn new(config: &DatabaseConfig) -> Arc<Self> {
        let breaker = Breaker::new(
            NAME,
            BreakerSettings {
                failures: 10,
                cool_down: Duration::from_secs(5),
            },
        );
        Arc::new(Self {
            pool: Pool::new(config),
            vitality: PoolVitality::new(config.pool_dead_limit),
            guard: Guard::new(GuardSettings::default(), breaker, RetryBudget::new(10)),
            importance: config.importance,
        })
    }

    /// Runs a statement through the pool, under the deadline, with retries when it is repeatable.
    pub async fn run<T, F>(
        &self,
        deadline: Deadline,
        repeatable: Repeatable,
        statement: impl Fn(PgPool) -> F,
    ) -> Result<T, QueryError>
    where
        F: Future<Output = Result<T, sqlx::Error>>,
    {
        let outcome = self
            .guard
            .call(deadline, repeatable, |_| {
                let running = statement(self.pool.current());
                async { running.await.map_err(DatabaseError) }
            })
            .await;
        if outcome.is_ok() {
            self.vitality.alive(Instant::now());
        }
        outcome
    }

    /// Returns what health reports say about the database.
    pub fn dependency(&self, affected_endpoints: &'static [&'static str]) -> Dependency {
        Dependency {
            name: NAME,
            component: Component::Datastore,
            importance: self.importance,
            affected_endpoints,
            breaker: Some(Arc::clone(self.guard.breaker())),
        }
    }

    /// Returns what liveness reads: how long the pool has been dead while the database answered.
    pub fn vitality(&self) -> Arc<PoolVitality> {
        Arc::clone(&self.vitality)
    }

    /// Closes the connections, for at most `limit`.
    pub async fn close(&self, limit: Duration) {
        let _ = tokio::time::timeout(limit, self.pool.current().close()).await;
    }
}
