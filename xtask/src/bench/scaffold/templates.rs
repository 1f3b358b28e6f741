//! Templates that are the same but for the syntax of the program that renders them.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// The size of each file.
pub(super) const BYTES: usize = 720;

/// The number of tags in each file.
pub(super) const TAGS: usize = 8;

/// Whose template it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    Perk,
    Copier,
    Cookiecutter,
    CargoGenerate,
}

/// What the questions are called, and what they are answered with.
const WORDS: [(&str, &str); 4] = [
    ("port", "harbor"),
    ("ship", "barge"),
    ("cargo", "timber"),
    ("crew", "sailors"),
];

/// Writes a template of some files, a hundred in each folder.
pub(super) fn write(template: &Path, syntax: Syntax, files: usize) -> Result<()> {
    let (manifest, text) = syntax.manifest();
    let (below, suffix) = match syntax {
        Syntax::Perk => ("files", ".hbs"),
        Syntax::Copier => ("files", ".jinja"),
        Syntax::Cookiecutter => ("{{ cookiecutter.port }}", ""),
        Syntax::CargoGenerate => ("", ""),
    };
    put(&template.join(manifest), &text)?;
    for file in 0..files {
        let name = format!("part-{}/file-{file}.txt{suffix}", file / 100);
        put(&template.join(below).join(name), &syntax.content(file))?;
    }
    Ok(())
}

impl Syntax {
    /// Returns the name and the text of the file with the questions.
    fn manifest(self) -> (&'static str, String) {
        let words = WORDS.into_iter();
        match self {
            Self::Perk => {
                let head = "schema = 1\n\n[template]\nname = \"many-files\"\nversion = \"1.0.0\"\n\
                            description = \"Many files\"\n";
                let question = |(key, word)| {
                    format!(
                        "\n[[question]]\nkey = \"{key}\"\nask = \"Which {key}?\"\n\
                         type = \"string\"\ndefault = \"{word}\"\n"
                    )
                };
                let questions: String = words.map(question).collect();
                ("template.toml", format!("{head}{questions}"))
            }
            Self::Copier => {
                let question = |(key, word)| format!("{key}:\n  type: str\n  default: {word}\n");
                let questions: String = words.map(question).collect();
                ("copier.yml", format!("_subdirectory: files\n{questions}"))
            }
            Self::CargoGenerate => {
                let question = |(key, word)| {
                    format!(
                        "[placeholders.{key}]\ntype = \"string\"\nprompt = \"Which {key}?\"\n\
                         default = \"{word}\"\n"
                    )
                };
                ("cargo-generate.toml", words.map(question).collect())
            }
            Self::Cookiecutter => {
                let questions: Vec<_> = words
                    .map(|(key, word)| format!("\"{key}\": \"{word}\""))
                    .collect();
                (
                    "cookiecutter.json",
                    format!("{{{}}}\n", questions.join(", ")),
                )
            }
        }
    }

    /// Returns a text of the size of a file with its tags spread over it; that of every second
    /// file has a line that depends on an answer.
    fn content(self, file: usize) -> String {
        let mut text = format!("file {file}\n");
        let (start, end) = match (file % 2, self) {
            (0, _) => ("", ""),
            (_, Self::Perk) => ("{{#if ship}}\n", "{{/if}}\n"),
            (_, Self::Copier | Self::CargoGenerate) => ("{% if ship %}\n", "{% endif %}\n"),
            (_, Self::Cookiecutter) => ("{% if cookiecutter.ship %}\n", "{% endif %}\n"),
        };
        let room = BYTES - text.len() - start.len() - end.len();
        for line in 0..TAGS {
            let (key, _) = WORDS[line % WORDS.len()];
            let tag = match self {
                Self::Perk => format!("{{{{{key}}}}}"),
                Self::Copier | Self::CargoGenerate => format!("{{{{ {key} }}}}"),
                Self::Cookiecutter => format!("{{{{ cookiecutter.{key} }}}}"),
            };
            let length = room * (line + 1) / TAGS - room * line / TAGS;
            let filler = "-".repeat(length - tag.len() - 1);
            let is_last = line + 1 == TAGS;
            let (start, end) = if is_last { (start, end) } else { ("", "") };
            text.extend([start, &tag, &filler, "\n", end]);
        }
        text
    }
}

fn put(path: &Path, text: &str) -> Result<()> {
    let parent = path.parent().unwrap_or(path);
    fs::create_dir_all(parent)
        .and_then(|()| fs::write(path, text))
        .with_context(|| format!("failed to write `{}`", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_have_their_size_and_tags() {
        for syntax in [
            Syntax::Perk,
            Syntax::Copier,
            Syntax::Cookiecutter,
            Syntax::CargoGenerate,
        ] {
            for file in [0, 1, 9_999] {
                let content = syntax.content(file);
                assert_eq!(content.len(), BYTES, "{content}");
                let words = WORDS.map(|(key, _)| key).into_iter();
                let tags: usize = words.map(|key| content.matches(key).count()).sum();
                assert!((TAGS..=TAGS + 1).contains(&tags), "{content}");
            }
        }
    }
}
