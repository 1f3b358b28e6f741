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
}

/// Writes a template of some files, a hundred in each folder.
pub(super) fn write(template: &Path, syntax: Syntax, files: usize) -> Result<()> {
    let (manifest, text, below, suffix, tag) = match syntax {
        Syntax::Perk => (
            "template.toml",
            "schema = 1\n\n[template]\nname = \"many-files\"\nversion = \"1.0.0\"\n\
             description = \"Many files\"\n\n[[question]]\nkey = \"word\"\nask = \"Which word?\"\n\
             type = \"string\"\ndefault = \"harbor\"\n",
            "files",
            ".hbs",
            "{{word}}",
        ),
        Syntax::Copier => (
            "copier.yml",
            "_subdirectory: files\nword:\n  type: str\n  default: harbor\n",
            "files",
            ".jinja",
            "{{ word }}",
        ),
        Syntax::Cookiecutter => (
            "cookiecutter.json",
            "{\"word\": \"harbor\"}\n",
            "{{ cookiecutter.word }}",
            "",
            "{{ cookiecutter.word }}",
        ),
    };
    put(&template.join(manifest), text)?;
    let content = content(tag);
    for file in 0..files {
        let name = format!("part-{}/file-{file}.txt{suffix}", file / 100);
        put(&template.join(below).join(name), &content)?;
    }
    Ok(())
}

/// Returns text of the size of a file with its tags spread over it.
fn content(tag: &str) -> String {
    let filler = BYTES / TAGS - tag.len() - 1;
    let line = format!("{tag}{}\n", "-".repeat(filler));
    line.repeat(TAGS)
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
        let content = content("{{ cookiecutter.word }}");
        assert_eq!(content.len(), BYTES);
        assert_eq!(content.matches("{{").count(), TAGS);
    }
}
