//! A command as text: for a shell, for Compose, for Kubernetes, for builds.

mod build_arguments;
mod compose;
mod dockerfile;
mod kubernetes;
mod merged;
mod shell;
mod yaml;

pub use build_arguments::{BuildArguments, build_arguments};
pub use compose::compose;
pub use dockerfile::{DeclaredArgument, declared_proxy_arguments};
pub use kubernetes::kubernetes;
pub use shell::{Shell, shell_text};

/// A file that says what a command says, as far as it can.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The file.
    pub text: String,
    /// The options, with dashes, that it cannot say.
    pub left_out: Vec<String>,
}
