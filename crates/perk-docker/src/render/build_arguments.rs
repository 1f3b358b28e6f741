//! The environment of a command as arguments of a build.

use super::merged::{MergedValue, merged_environment};
use crate::command_line::{AddedHost, RunCommand};
use crate::compile::{Compiled, PROXY_VARIABLES, Word};
use crate::error::RenderFault;

/// Options of `docker build`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuildArguments {
    /// The options.
    pub words: Vec<Word>,
    /// The variables that a build takes only where its Dockerfile declares them.
    pub left_out: Vec<String>,
}

/// Returns the proxy variables as options of a build, with the names that they speak of.
///
/// These are the arguments that each build has without a word in its Dockerfile, and that stay out
/// of the image. Secrets are named only: the client takes them from its environment.
pub fn build_arguments(
    command: &RunCommand,
    compiled: &Compiled,
) -> Result<BuildArguments, RenderFault> {
    let mut arguments = BuildArguments {
        words: Vec::new(),
        left_out: Vec::new(),
    };
    let secret = |name: &str| {
        let mut settings = compiled.environment.iter();
        settings.any(|setting| setting.name == name && setting.is_secret)
    };
    for (name, value) in merged_environment(command, compiled)? {
        if !is_predefined(&name) {
            arguments.left_out.push(name);
            continue;
        }
        let is_secret = secret(&name);
        let (text, is_secret) = match value {
            MergedValue::Text(value) => (format!("{name}={value}"), is_secret),
            MergedValue::Elsewhere => (name, false),
        };
        arguments.words.push(word("--build-arg", false));
        arguments.words.push(word(&text, is_secret));
    }
    for AddedHost { name, address } in &compiled.add_hosts {
        arguments.words.push(word("--add-host", false));
        arguments
            .words
            .push(word(&format!("{name}:{address}"), false));
    }
    Ok(arguments)
}

/// Tells whether a build has the argument without a declaration.
pub(super) fn is_predefined(name: &str) -> bool {
    PROXY_VARIABLES
        .iter()
        .any(|(lower, upper)| [*lower, *upper].contains(&name))
}

fn word(text: &str, is_secret: bool) -> Word {
    Word {
        text: text.into(),
        is_added: true,
        is_secret,
    }
}
