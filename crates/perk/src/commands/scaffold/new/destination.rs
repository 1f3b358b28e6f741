//! Which folder is written to, and what the project is called.

use camino::Utf8PathBuf;
use perk_scaffold::{Answer, Answers, Given, GivenAnswers, Manifest, SafePath};
use serde_json::Value;

use super::NewArgs;
use super::error::{NewError, Stop};
use crate::settings::Surroundings;

/// The question whose answer is the folder when none was typed.
pub(super) const KEY: &str = "service_name";

/// A folder to write to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Destination {
    /// The folder, as it was typed.
    pub(crate) path: Utf8PathBuf,
    /// Its own name, without the folders above.
    name: String,
}

/// Returns whether the template asks for what can be the folder.
pub(super) fn is_asked(manifest: &Manifest) -> bool {
    manifest.question(KEY).is_some()
}

/// Returns the folder that was typed.
pub(super) fn typed(
    arguments: &NewArgs,
    surroundings: &Surroundings,
) -> Result<Option<Destination>, Stop> {
    let Some(path) = &arguments.destination else {
        return Ok(None);
    };
    let working_folder = surroundings.working_folder()?;
    // `.` and `..` have names only once they are resolved.
    let absolute = path
        .canonicalize_utf8()
        .unwrap_or_else(|_| working_folder.join(path));
    Ok(Some(Destination {
        path: path.clone(),
        name: absolute.file_name().unwrap_or_default().to_owned(),
    }))
}

/// Returns the folder that the answers name.
pub(super) fn answered(answers: &Answers) -> Result<Destination, NewError> {
    let name = answers.get(KEY).map(Answer::to_text).unwrap_or_default();
    if !is_name(&name) {
        return Err(NewError::FolderName(name));
    }
    Ok(Destination {
        path: name.clone().into(),
        name,
    })
}

/// Returns what the project is called, as far as that is known before anything is asked.
pub(super) fn project_name(
    destination: Option<&Destination>,
    given: &GivenAnswers,
) -> Option<String> {
    if let Some(destination) = destination {
        return Some(destination.name.clone());
    }
    match given.get(KEY)? {
        Given::Text(text) | Given::Value(Value::String(text)) => Some(text.clone()),
        Given::Value(_) => None,
    }
}

/// A template may propose an answer, but not a folder anywhere else.
fn is_name(text: &str) -> bool {
    SafePath::parse(text).is_ok_and(|path| path.parent().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_can_only_name_a_folder_here() {
        assert!(is_name("billing"));
        for name in ["", ".", "..", "a/b", "../a", "/a", "a\u{202e}b", ".git"] {
            assert!(!is_name(name), "{name}");
        }
    }
}
