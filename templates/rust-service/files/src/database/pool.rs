//! The pool of connections, which can be replaced while it is in use.

use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::config::DatabaseConfig;

const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(2);
const IDLE_TIMEOUT: Duration = Duration::from_secs(300);
const LIFETIME: Duration = Duration::from_secs(1_800);
/// Longer than any try: it ends statements whose caller has gone.
const STATEMENT_TIMEOUT: &str = "5s";
const CLOSE_TIMEOUT: Duration = Duration::from_secs(10);

#[derive(Debug)]
pub(super) struct Pool {
    connection: PgConnectOptions,
    max_connections: u32,
    current: RwLock<PgPool>,
}

impl Pool {
    pub(super) fn new(config: &DatabaseConfig) -> Self {
        let connection = config
            .connection
            .clone()
            .options([("statement_timeout", STATEMENT_TIMEOUT)]);
        let current = RwLock::new(open(&connection, config.max_connections));
        Self {
            connection,
            max_connections: config.max_connections,
            current,
        }
    }

    pub(super) fn connection(&self) -> &PgConnectOptions {
        &self.connection
    }

    pub(super) fn current(&self) -> PgPool {
        self.current
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Puts a new pool in place of the current one, whose connections end when their users do.
    pub(super) fn replace(&self) {
        let fresh = open(&self.connection, self.max_connections);
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        let dead = std::mem::replace(&mut *current, fresh);
        drop(current);
        tokio::spawn(async move { tokio::time::timeout(CLOSE_TIMEOUT, dead.close()).await });
    }
}

fn open(connection: &PgConnectOptions, max_connections: u32) -> PgPool {
    PgPoolOptions::new()
        .max_connections(max_connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .idle_timeout(IDLE_TIMEOUT)
        .max_lifetime(LIFETIME)
        .connect_lazy_with(connection.clone())
}
