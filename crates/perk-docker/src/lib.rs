//! The command line of `docker run` and what a network adds to it, as commands and files.
//!
//! The way through the crate: [`parse`](command_line::parse) splits the words of a user into a
//! [`RunCommand`](command_line::RunCommand), and [`compile`](compile::compile) adds what a
//! [`NetworkPlan`] asks for. [`render`] writes the result as text.
//! [`relay`] forwards to a proxy that containers do not reach, and is the only part with IO.
//! Nothing here starts a process, prints, or reads a file or the environment.

pub mod command_line;
pub mod compile;
pub mod engine;
mod error;
mod network_plan;
pub mod relay;
pub mod render;

pub use error::{CommandFault, RenderFault};
pub use network_plan::{Host, Mount, NetworkPlan, Variable};
