//! The program with a store for its notes: its own memory.

use super::client;
use super::program::Program;

/// The program.
#[derive(Debug)]
pub(crate) struct Service {
    program: Program,
}

impl Service {
    /// Starts the program.
    pub(crate) fn start(variables: &[(&str, &str)]) -> Self {
        Self {
            program: Program::start(variables),
        }
    }

    /// Makes a request to the API.
    pub(crate) fn request(&self, method: &str, path: &str, body: &str) -> client::Answer {
        client::request(self.program.address, method, path, body)
    }
}
