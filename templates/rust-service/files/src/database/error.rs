//! What a failed statement says about the database.

use std::io::ErrorKind;

use crate::health::Failure;
use crate::resilience::{Classify, Fault};

/// A statement failed.
///
/// Its source may name hosts and statements: it belongs in logs, never in an answer.
#[derive(Debug, thiserror::Error)]
#[error("the database call failed")]
pub struct DatabaseError(#[source] pub sqlx::Error);

impl DatabaseError {
    /// Returns the class of the fault, as health reports show it.
    pub fn failure(&self) -> Failure {
        match &self.0 {
            sqlx::Error::PoolTimedOut => Failure::Timeout,
            sqlx::Error::Io(error) => match error.kind() {
                ErrorKind::TimedOut => Failure::Timeout,
                ErrorKind::ConnectionReset
                | ErrorKind::ConnectionAborted
                | ErrorKind::BrokenPipe
                | ErrorKind::UnexpectedEof => Failure::ConnectionLost,
                _ => Failure::Unreachable,
            },
            sqlx::Error::Database(error) => match error.code().as_deref() {
                // invalid_authorization_specification, insufficient_privilege
                Some(code) if code.starts_with("28") || code == "42501" => Failure::Unauthorized,
                _ => Failure::Rejected,
            },
            _ => Failure::Rejected,
        }
    }
}

impl Classify for DatabaseError {
    fn fault(&self) -> Fault {
        let transient = match &self.0 {
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::Protocol(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => true,
            sqlx::Error::Database(error) => error.code().is_some_and(|code| is_transient(&code)),
            _ => false,
        };
        if transient {
            Fault::Transient { retry_after: None }
        } else {
            Fault::Permanent
        }
    }
}

/// Connection faults, too few resources, and a server that is being stopped or started.
fn is_transient(code: &str) -> bool {
    ["08", "53", "57P"]
        .iter()
        .any(|class| code.starts_with(class))
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    fn io_error(kind: ErrorKind) -> DatabaseError {
        DatabaseError(sqlx::Error::Io(io::Error::from(kind)))
    }

    #[test]
    fn a_missing_row_says_nothing_against_the_database() {
        assert_eq!(
            DatabaseError(sqlx::Error::RowNotFound).fault(),
            Fault::Permanent
        );
        assert!(matches!(
            io_error(ErrorKind::ConnectionRefused).fault(),
            Fault::Transient { .. }
        ));
    }

    #[test]
    fn the_classes_of_faults_are_told_apart() {
        assert_eq!(
            io_error(ErrorKind::ConnectionRefused).failure(),
            Failure::Unreachable
        );
        assert_eq!(
            io_error(ErrorKind::ConnectionReset).failure(),
            Failure::ConnectionLost
        );
        assert_eq!(
            DatabaseError(sqlx::Error::PoolTimedOut).failure(),
            Failure::Timeout
        );
        assert!(is_transient("57P03"));
        assert!(!is_transient("23505"));
    }
}
