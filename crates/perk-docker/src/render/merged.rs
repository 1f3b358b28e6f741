//! What the files have in common: the environment as it will be, names, texts.

use std::ffi::OsStr;

use crate::command_line::RunCommand;
use crate::compile::{Compiled, Transport};
use crate::error::RenderFault;

/// What a variable is set to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum MergedValue {
    /// To a text.
    Text(String),
    /// To what the environment has, since it was not given or is secret.
    Elsewhere,
}

/// Returns every variable once, with the value that counts.
pub(super) fn merged_environment(
    command: &RunCommand,
    compiled: &Compiled,
) -> Result<Vec<(String, MergedValue)>, RenderFault> {
    let mut merged: Vec<(String, MergedValue)> = Vec::new();
    let mut set = |name: String, value: MergedValue| match merged
        .iter_mut()
        .find(|(earlier, _)| *earlier == name)
    {
        Some((_, earlier)) => *earlier = value,
        None => merged.push((name, value)),
    };
    for variable in command.environment() {
        let value = match variable.value {
            Some(value) => MergedValue::Text(text(&value)?.to_owned()),
            None => MergedValue::Elsewhere,
        };
        set(variable.name, value);
    }
    for setting in &compiled.environment {
        let value = match setting.transport {
            Transport::Inline => MergedValue::Text(setting.value.clone()),
            Transport::ByName | Transport::File | Transport::ByEngine => MergedValue::Elsewhere,
        };
        set(setting.name.clone(), value);
    }
    Ok(merged)
}

/// Returns a word as text.
pub(super) fn text(word: &OsStr) -> Result<&str, RenderFault> {
    word.to_str().ok_or_else(|| RenderFault::NotText {
        word: word.to_owned(),
    })
}

/// Returns the name of an image without registry, tag and digest, fit for a name of anything.
pub(super) fn image_name(image: &str) -> String {
    let path = image.split('@').next().unwrap_or(image);
    let last = path.rsplit('/').next().unwrap_or(path);
    let name = last.split(':').next().unwrap_or(last);
    let fit = |letter: char| match letter {
        letter if letter.is_ascii_alphanumeric() => letter.to_ascii_lowercase(),
        _ => '-',
    };
    let name: String = name.chars().map(fit).take(63).collect();
    let name = name.trim_matches('-');
    let name = if name.is_empty() { "container" } else { name };
    name.to_owned()
}
