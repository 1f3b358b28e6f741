//! The book: its table of contents names every page, and links lead to pages.

use std::collections::BTreeSet;

use crate::markdown;
use crate::workspace::is_markdown;

/// Files of the book's folder that are not pages.
const NO_PAGES: &[&str] = &["SUMMARY.md"];

/// Returns the pages that SUMMARY.md lacks and its entries that lead nowhere.
pub(super) fn summary_problems(summary: &str, pages: &BTreeSet<String>) -> Vec<String> {
    let listed: BTreeSet<&str> = markdown::local_links(summary).into_iter().collect();
    let existing: BTreeSet<&str> = pages
        .iter()
        .map(String::as_str)
        .filter(|page| !NO_PAGES.contains(page))
        .collect();
    let missing = listed
        .difference(&existing)
        .map(|page| format!("docs/SUMMARY.md: `{page}` does not exist"));
    let unlisted = existing
        .difference(&listed)
        .map(|page| format!("docs/{page}: docs/SUMMARY.md does not list this page"));
    missing.chain(unlisted).collect()
}

/// Returns the links of a page that lead to no page of the book.
pub(super) fn link_problems(page: &str, text: &str, pages: &BTreeSet<String>) -> Vec<String> {
    if NO_PAGES.contains(&page) {
        return Vec::new();
    }
    markdown::local_links(&outside_fences(text))
        .into_iter()
        .filter(|target| is_markdown(target) && !pages.contains(&resolve(page, target)))
        .map(|target| format!("docs/{page}: the link to `{target}` leads nowhere"))
        .collect()
}

fn outside_fences(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut copied = 0;
    for fence in markdown::fences(text) {
        kept.push_str(&text[copied..fence.body.start]);
        copied = fence.body.end;
    }
    kept.push_str(&text[copied..]);
    kept
}

/// Returns the path, from the book's folder, that a link of a page leads to.
fn resolve(page: &str, target: &str) -> String {
    let mut names: Vec<&str> = page.split('/').collect();
    names.pop();
    for name in target.split('/') {
        match name {
            "." => {}
            ".." => {
                names.pop();
            }
            name => names.push(name),
        }
    }
    names.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn table_of_contents_and_pages_name_each_other() {
        let pages = pages(&["SUMMARY.md", "guides/a.md", "guides/b.md"]);
        assert_eq!(
            summary_problems("- [A](guides/a.md)\n- [C](guides/c.md)\n", &pages),
            [
                "docs/SUMMARY.md: `guides/c.md` does not exist",
                "docs/guides/b.md: docs/SUMMARY.md does not list this page"
            ]
        );
    }

    #[test]
    fn links_are_followed_from_the_page_they_stand_on() {
        let pages = pages(&["guides/a.md", "concepts/b.md"]);
        let text = "[b](../concepts/b.md#part) [a](a.md)\n```md\n[x](x.md)\n```\n[c](c.md)\n";
        assert_eq!(
            link_problems("guides/a.md", text, &pages),
            ["docs/guides/a.md: the link to `c.md` leads nowhere"]
        );
    }
}
