//! The pool of connections, which can be replaced while it is in use.

use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;

use crate::config::{DatabaseAddress, DatabaseConfig};

const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(2);
const IDLE_TIMEOUT: Duration = Duration::from_secs(300);
const LIFETIME: Duration = Duration::from_secs(1_800);
/// Longer than any try: it ends statements whose caller has gone.
const STATEMENT_TIMEOUT: &str = "5s";
const CLOSE_TIMEOUT: Duration = Duration::from_secs(10);

#[derive(Debug)]
pub(super) struct Pool {
    address: DatabaseAddress,
    max_connections: u32,
    current: RwLock<PgPool>,
}

impl Pool {
    pub(super) fn new(config: &DatabaseConfig) -> Self {
        let address = config.address.clone();
        let current = RwLock::new(open(&address, config.max_connections));
        Self {
            address,
            max_connections: config.max_connections,
            current,
        }
    }

    pub(super) fn address(&self) -> &DatabaseAddress {
        &self.address
    }

    pub(super) fn current(&self) -> PgPool {
        self.current
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Puts a new pool in place of the current one, whose connections end when their users do.
    pub(super) fn replace(&self) {
        let fresh = open(&self.address, self.max_connections);
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        let dead = std::mem::replace(&mut *current, fresh);
        drop(current);
        tokio::spawn(async move { tokio::time::timeout(CLOSE_TIMEOUT, dead.close()).await });
    }
}

fn open(address: &DatabaseAddress, max_connections: u32) -> PgPool {
    let limits = [("statement_timeout", STATEMENT_TIMEOUT)];
    PgPoolOptions::new()
        .max_connections(max_connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .idle_timeout(IDLE_TIMEOUT)
        .max_lifetime(LIFETIME)
        .connect_lazy_with(address.options().clone().options(limits))
}
