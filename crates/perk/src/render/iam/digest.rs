//! What several formats take from a report: findings by file, sentences, paths.

use std::collections::BTreeMap;

use perk_iam::{Finding, Report, ReportedFinding};
use perk_term::printable;

/// Returns the findings of every file that was checked, by path; none for a file without findings.
pub(super) fn findings_by_file(report: &Report) -> BTreeMap<&str, Vec<&ReportedFinding>> {
    let mut files: BTreeMap<&str, Vec<&ReportedFinding>> = BTreeMap::new();
    for document in &report.documents {
        files.entry(file_path(&document.path)).or_default();
    }
    for finding in &report.findings {
        let path = path_of(report, finding);
        files.entry(path).or_default().push(finding);
    }
    files
}

/// Returns the path of a finding's file as [`file_path`] has it.
pub(super) fn path_of<'r>(report: &'r Report, finding: &ReportedFinding) -> &'r str {
    file_path(&report.sources[finding.source].path)
}

/// Returns a path as the forges write it: without `./` before it.
pub(super) fn file_path(path: &str) -> &str {
    let mut path = path;
    while let Some(rest) = path.strip_prefix("./") {
        path = rest.trim_start_matches('/');
    }
    path
}

/// Returns what a finding says and what helps, as sentences on one line.
pub(super) fn sentences(finding: &Finding) -> String {
    match &finding.help {
        Some(help) => format!("{} {}", sentence(&finding.message), sentence(help)),
        None => sentence(&finding.message),
    }
}

/// Returns a fragment with a capital letter before it and a period behind it, where it has none,
/// and without characters that act on whatever shows it.
pub(super) fn sentence(fragment: &str) -> String {
    let fragment = printable(fragment);
    let first_word = fragment.split(' ').next().unwrap_or_default();
    // A first word such as `iam:PassRole` or `aws` followed by a quote is a name, not a word.
    let is_word = first_word
        .chars()
        .all(|letter| letter.is_ascii_lowercase() || letter == ',');
    let mut text = String::with_capacity(fragment.len() + 1);
    let mut letters = fragment.chars();
    text.extend(letters.next().map(|letter| {
        if is_word {
            letter.to_ascii_uppercase()
        } else {
            letter
        }
    }));
    text.push_str(letters.as_str());
    if !text.ends_with(['.', '?', '!', '…']) {
        text.push('.');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_become_sentences() {
        assert_eq!(
            sentence("the version is missing"),
            "The version is missing."
        );
        assert_eq!(sentence("`a` is no action"), "`a` is no action.");
        assert_eq!(
            sentence("iam:PassRole on every role"),
            "iam:PassRole on every role."
        );
        assert_eq!(sentence("did you mean `b`?"), "Did you mean `b`?");
        assert_eq!(sentence("`a\n\u{202e}` is odd"), "`a��` is odd.");
    }

    #[test]
    fn paths_have_no_dot_before_them() {
        assert_eq!(file_path("././/a/./b.json"), "a/./b.json");
        assert_eq!(file_path("../a.json"), "../a.json");
        assert_eq!(file_path(".hidden"), ".hidden");
        assert_eq!(file_path("/a.json"), "/a.json");
    }
}
