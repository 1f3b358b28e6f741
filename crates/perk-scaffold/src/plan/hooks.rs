//! Which hooks are due for some answers. They are run elsewhere, after trust has been given.

use crate::answers::Answers;
use crate::manifest::{Hook, HookMoment, Manifest};
use crate::render::{Engine, Values};
use crate::{MANIFEST_FILE, ScaffoldError};

/// Returns the hooks of a moment whose conditions hold, in order.
pub fn due_hooks<'m>(
    manifest: &'m Manifest,
    answers: &Answers,
    at: HookMoment,
) -> Result<Vec<&'m Hook>, ScaffoldError> {
    let engine = Engine::for_files();
    let values = Values::new(answers.table(manifest));
    let mut due = Vec::new();
    for hook in manifest.hooks.iter().filter(|hook| hook.at == at) {
        let holds = match &hook.when {
            None => true,
            Some(when) => engine
                .holds(when, &values)
                .map_err(|fault| ScaffoldError::render(MANIFEST_FILE, fault))?,
        };
        due.extend(holds.then_some(hook));
    }
    Ok(due)
}
