//! `cargo xtask tidy`: what the compiler does not check but the project promises.
//!
//! Each module takes plain data and returns sentences about what is wrong; this one reads the
//! files and reports.

mod arrows;
mod book;
mod code_map;
mod examples;
mod length;

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Result, bail};

use crate::expect_no_arguments;
use crate::workspace::{self, Workspace, files_below, relative};

pub(crate) fn run(arguments: &[String]) -> Result<()> {
    expect_no_arguments("tidy", arguments)?;
    let workspace = Workspace::load()?;
    let problems = problems(&workspace)?;
    for problem in &problems {
        eprintln!("{problem}");
    }
    match problems.len() {
        0 => Ok(()),
        1 => bail!("1 problem"),
        count => bail!("{count} problems"),
    }
}

fn problems(workspace: &Workspace) -> Result<Vec<String>> {
    let root = &workspace.root;
    let mut problems = arrows::problems(&workspace.crates);
    let architecture = workspace::read(&root.join("ARCHITECTURE.md"))?;
    problems.extend(code_map::problems(&architecture, &workspace.crates));
    problems.extend(source_problems(root)?);
    problems.extend(book_problems(root)?);
    problems.extend(example_problems(root)?);
    Ok(problems)
}

fn source_problems(root: &Path) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    for folder in ["crates", "tests", "xtask"] {
        for path in files_below(&root.join(folder))? {
            if path.extension().is_some_and(|extension| extension == "rs") {
                let source = workspace::read(&path)?;
                problems.extend(length::problem(&relative(&path, root), &source));
            }
        }
    }
    Ok(problems)
}

fn book_problems(root: &Path) -> Result<Vec<String>> {
    let docs = root.join("docs");
    let summary = workspace::read(&docs.join("SUMMARY.md"))?;
    let pages: BTreeSet<String> = files_below(&docs)?
        .iter()
        .map(|path| relative(path, &docs))
        .filter(|path| workspace::is_markdown(path) && !path.starts_with("book/"))
        .collect();
    let mut problems = book::summary_problems(&summary, &pages);
    for page in &pages {
        let text = workspace::read(&docs.join(page))?;
        problems.extend(book::link_problems(page, &text, &pages));
    }
    Ok(problems)
}

fn example_problems(root: &Path) -> Result<Vec<String>> {
    let reference = root.join("docs/reference/cli.md");
    if !reference.exists() {
        return Ok(vec![
            "docs/reference/cli.md is missing: run `cargo xtask generate`".to_owned(),
        ]);
    }
    let commands = examples::Commands::from_reference(&workspace::read(&reference)?);
    let mut documents = vec![root.join("README.md"), root.join("CONTRIBUTING.md")];
    documents.extend(files_below(&root.join("docs/guides"))?);
    documents.extend(files_below(&root.join("docs/concepts"))?);
    let mut problems = Vec::new();
    for path in documents {
        let text = workspace::read(&path)?;
        problems.extend(commands.problems(&relative(&path, root), &text));
    }
    Ok(problems)
}
