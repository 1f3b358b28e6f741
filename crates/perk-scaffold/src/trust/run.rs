//! Running a hook.

use camino::Utf8Path;
use perk_process::SearchPath;

use super::{HookIdentity, TrustError};
use crate::HookMoment;

/// A hook that is trusted. Only the store of trust makes one.
#[derive(Debug)]
pub struct TrustedHook {
    identity: HookIdentity,
}

impl TrustedHook {
    pub(super) fn new(identity: HookIdentity) -> Self {
        Self { identity }
    }

    /// Returns what is run.
    pub fn identity(&self) -> &HookIdentity {
        &self.identity
    }

    /// Runs it in a folder: the destination, or for a hook that comes before, the folder that the
    /// destination is in. Its output is passed on to standard error, and no variable of perk's is
    /// passed to it.
    pub fn run(&self, folder: &Utf8Path, search_path: &SearchPath) -> Result<(), TrustError> {
        let command = self.identity.command_line();
        let Some((program, arguments)) = self.identity.run.split_first() else {
            return Ok(());
        };
        let is_relative_path = program.contains('/') && !program.starts_with('/');
        if self.identity.at == HookMoment::Before && is_relative_path {
            return Err(TrustError::NotYetThere {
                command,
                program: program.clone(),
            });
        }
        search_path
            .find_from(folder.as_std_path(), program, "run a hook")
            .and_then(|program| {
                program
                    .invocation("run as a hook")
                    .arguments(arguments.iter().cloned())
                    .without_variables_like("PERK_")
                    .folder(folder)
                    .sharing_terminal(true)
                    .run()
            })
            .map_err(|source| TrustError::Hook { command, source })
    }
}
