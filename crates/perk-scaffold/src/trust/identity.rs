//! What trust in a hook depends on.

use camino::Utf8Path;

use crate::path::is_invisible;
use crate::source::Location;
use crate::{ContentHash, Hook, HookMoment, Template};

/// A hook with everything that trust in it depends on: if any of this changes, it is another hook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HookIdentity {
    /// Where the template comes from, as [`Location::identity`] says.
    pub source: String,
    /// The commit of the template, if it comes from a repository.
    pub commit: Option<String>,
    /// The sum of all files of the template.
    pub content: ContentHash,
    /// When the hook runs.
    pub at: HookMoment,
    /// The program and its arguments.
    pub run: Vec<String>,
}

impl HookIdentity {
    /// Returns the identity of a hook of a template.
    pub fn new(source: &str, commit: Option<&str>, template: &Template, hook: &Hook) -> Self {
        Self {
            source: source.to_owned(),
            commit: commit.map(str::to_owned),
            content: template.content_hash(),
            at: hook.at,
            run: hook.run.clone(),
        }
    }

    /// Returns the command as a shell would take it, with nothing in it that does not show.
    pub fn command_line(&self) -> String {
        let words: Vec<String> = self.run.iter().map(|word| shown(word)).collect();
        words.join(" ")
    }
}

impl Location {
    /// Returns what the location is called where trust is kept. Two locations never have the same
    /// identity, and one never has two because of how it was written.
    pub fn identity(&self) -> String {
        match self {
            Self::Folder(path) => real(path),
            Self::Git(source) => source.without_reference(),
        }
    }
}

fn real(path: &Utf8Path) -> String {
    path.canonicalize_utf8()
        .unwrap_or_else(|_| path.to_owned())
        .into_string()
}

fn shown(word: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "_-./:@%+=,".contains(letter);
    let is_hidden = |letter: char| letter.is_control() || is_invisible(letter);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    if !word.chars().any(is_hidden) {
        return format!("'{}'", word.replace('\'', r"'\''"));
    }
    let escaped: String = word
        .chars()
        .map(|letter| match letter {
            '\\' | '\'' => format!("\\{letter}"),
            letter if is_hidden(letter) => format!("\\U{:08x}", u32::from(letter)),
            letter => letter.to_string(),
        })
        .collect();
    format!("$'{escaped}'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_as_a_shell_takes_it() {
        for (word, text) in [
            ("cargo", "cargo"),
            ("", "''"),
            ("a b", "'a b'"),
            ("it's", r"'it'\''s'"),
            ("$HOME;id", "'$HOME;id'"),
            ("c\u{430}t", "'c\u{430}t'"),
            ("a\rcargo check", r"$'a\U0000000dcargo check'"),
            ("a\u{202e}b'\\", r"$'a\U0000202eb\'\\'"),
            ("\u{1b}[2K", r"$'\U0000001b[2K'"),
        ] {
            assert_eq!(shown(word), text);
        }
    }
}
