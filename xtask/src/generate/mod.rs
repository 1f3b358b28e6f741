//! `cargo xtask generate [--check]`: everything in the repository that is derived from something
//! else in it.
//!
//! Three sources: perk's own test `generated` writes docs/reference, [`outputs`] runs the commands
//! the documents show, and [`check_pages`] lists the pages of the checks in the book.

mod check_pages;
mod outputs;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::process;
use crate::setup;
use crate::workspace::{self, Workspace};

pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let check = match arguments {
        [] => false,
        [argument] if argument == "--check" => true,
        _ => bail!("`cargo xtask generate` takes no argument but `--check`"),
    };
    let workspace = Workspace::load()?;
    run_reference(&workspace, check)?;
    let stale = documents(&workspace)?
        .into_iter()
        .filter(Document::is_stale);
    settle(&workspace.root, &stale.collect::<Vec<_>>(), check)
}

/// Writes docs/reference, or compares it.
fn run_reference(workspace: &Workspace, check: bool) -> Result<()> {
    let mut command =
        process::command_of_line("cargo test --quiet --locked --package perk --test it generated");
    command.current_dir(&workspace.root);
    if check {
        command.env_remove("PERK_GENERATE");
    } else {
        command.env("PERK_GENERATE", "write");
    }
    let provisions = setup::provide(workspace);
    if let Some(folder) = &provisions.managed_policies {
        command.env("PERK_MANAGED_POLICIES", folder);
    }
    setup::report_skips(&provisions.skips);
    process::run(&mut command)
}

/// A file as it is and as it should be.
struct Document {
    path: PathBuf,
    current: String,
    wanted: String,
}

impl Document {
    fn is_stale(&self) -> bool {
        self.current != self.wanted
    }
}

fn documents(workspace: &Workspace) -> Result<Vec<Document>> {
    let mut documents = vec![check_pages::summary(&workspace.root)?];
    let shell = outputs::Shell::build(workspace)?;
    for path in written_documents(&workspace.root)? {
        let current = workspace::read(&path)?;
        let wanted = outputs::fill(&current, |line| shell.run(line))
            .with_context(|| format!("in `{}`", path.display()))?;
        documents.push(Document {
            path,
            current,
            wanted,
        });
    }
    Ok(documents)
}

/// Returns README.md and the pages of the book that people write.
fn written_documents(root: &Path) -> Result<Vec<PathBuf>> {
    let mut paths = vec![root.join("README.md")];
    for folder in ["docs/guides", "docs/concepts", "docs/reference"] {
        let pages = workspace::files_below(&root.join(folder))?;
        paths.extend(
            pages
                .into_iter()
                .filter(|path| workspace::is_markdown(path)),
        );
    }
    Ok(paths)
}

fn settle(root: &Path, stale: &[Document], check: bool) -> Result<()> {
    for document in stale {
        let name = workspace::relative(&document.path, root);
        if check {
            let difference = first_difference(&document.current, &document.wanted);
            eprintln!("{name} is not what it is generated from\n{difference}");
        } else {
            fs::write(&document.path, &document.wanted)
                .with_context(|| format!("failed to write `{name}`"))?;
            println!("wrote {name}");
        }
    }
    if check && !stale.is_empty() {
        bail!("generated files are out of date: run `cargo xtask generate`");
    }
    Ok(())
}

fn first_difference(current: &str, wanted: &str) -> String {
    let mut current = current.lines();
    let mut wanted = wanted.lines();
    for number in 1.. {
        let (old, new) = (current.next(), wanted.next());
        if old != new || old.is_none() {
            let show = |line: Option<&str>| line.unwrap_or("(end of file)").to_owned();
            return format!("  line {number}\n  - {}\n  + {}", show(old), show(new));
        }
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_where_two_texts_part() {
        let difference = first_difference("a\nb\n", "a\nc\n");
        assert_eq!(difference, "  line 2\n  - b\n  + c");
        assert_eq!(
            first_difference("a\n", "a\nb\n"),
            "  line 2\n  - (end of file)\n  + b"
        );
    }
}
