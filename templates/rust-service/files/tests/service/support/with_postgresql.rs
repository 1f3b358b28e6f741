//! The program with a store for its notes: PostgreSQL behind a proxy that can break.

use super::client;
use super::fault_proxy::FaultProxy;
use super::postgresql::PostgreSql;
use super::program::{Program, command};

/// The program, its database and what is between them.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) program: Program,
    pub(crate) proxy: FaultProxy,
    _server: PostgreSql,
}

impl Service {
    /// Starts a database, brings its schema up to date, and starts the program.
    pub(crate) fn start(variables: &[(&str, &str)]) -> Self {
        let server = PostgreSql::start();
        let proxy = FaultProxy::start(server.address);
        let url = PostgreSql::url(proxy.address);
        let mut variables = variables.to_vec();
        variables.push(("DATABASE_URL", &url));
        let migrated = command(&variables)
            .arg("migrate")
            .output()
            .expect("the program");
        assert!(migrated.status.success(), "{migrated:?}");
        let program = Program::start(&variables);
        Self {
            program,
            proxy,
            _server: server,
        }
    }

    /// Makes a request to the API.
    pub(crate) fn request(&self, method: &str, path: &str, body: &str) -> client::Answer {
        client::request(self.program.address, method, path, body)
    }
}
