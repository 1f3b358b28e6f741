//! The pages of the checks in the book's table of contents.
//!
//! docs/reference/checks is a link to the folder where `perk iam validate --explain` has its pages,
//! so that the book shows the same text; only the list of them is written here.

use std::fmt::Write;
use std::path::Path;

use anyhow::{Result, bail};

use super::Document;
use crate::workspace;

const CHAPTER: &str = "](reference/checks.md)";
const PAGE: &str = "](reference/checks/";

/// Returns docs/SUMMARY.md with one line for each page of a check.
pub(super) fn summary(root: &Path) -> Result<Document> {
    let pages = root.join("docs/reference/checks");
    let names = workspace::files_below(&pages)?
        .iter()
        .filter_map(|path| {
            Some(
                workspace::relative(path, &pages)
                    .strip_suffix(".md")?
                    .to_owned(),
            )
        })
        .collect::<Vec<_>>();
    let path = root.join("docs/SUMMARY.md");
    let current = workspace::read(&path)?;
    let wanted = with_pages(&current, &names)?;
    Ok(Document {
        path,
        current,
        wanted,
    })
}

fn with_pages(summary: &str, names: &[String]) -> Result<String> {
    if !summary.contains(CHAPTER) {
        bail!("docs/SUMMARY.md lacks the chapter `{CHAPTER}`");
    }
    let mut text = String::new();
    for line in summary.lines().filter(|line| !line.contains(PAGE)) {
        text.push_str(line);
        text.push('\n');
        if line.contains(CHAPTER) {
            let indent = line.len() - line.trim_start().len() + 2;
            for name in names {
                writeln!(text, "{:indent$}- [{name}{PAGE}{name}.md)", "")?;
            }
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_the_pages_below_their_chapter() {
        let summary = "# Summary\n\n- [Checks](reference/checks.md)\n  - [OLD](reference/checks/OLD.md)\n- [More](more.md)\n";
        let names = ["NEW_ONE".to_owned()];
        let wanted = "# Summary\n\n- [Checks](reference/checks.md)\n  - [NEW_ONE](reference/checks/NEW_ONE.md)\n- [More](more.md)\n";
        assert_eq!(with_pages(summary, &names).unwrap(), wanted);
        assert!(with_pages("# Summary\n", &names).is_err());
    }
}
