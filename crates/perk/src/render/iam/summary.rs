//! A run in one line, for people.

use std::fmt::Write as _;

use camino::Utf8Path;
use perk_iam::{FindingType, Report};
use perk_term::Terminal;

/// Counts the findings of a type.
pub(super) fn count(report: &Report, finding_type: FindingType) -> usize {
    let types = report.findings.iter();
    types
        .filter(|reported| reported.finding.finding_type == finding_type)
        .count()
}

/// Says what was checked and how many findings there are.
pub(super) fn summary(report: &Report, terminal: &mut Terminal) {
    let hidden = report.suppressed + report.baselined;
    if report.documents.is_empty() && report.findings.is_empty() && hidden == 0 {
        terminal.warn("no policy was found; `--verbose` names what was passed over");
        return;
    }
    terminal.status(line(report));
}

/// Says that the findings are recorded.
pub(crate) fn baseline_written(report: &Report, path: &Utf8Path, terminal: &mut Terminal) {
    let findings = counted(report.findings.len(), "finding", "findings");
    terminal.status(format_args!("recorded {findings} in `{path}`"));
}

/// Says that the baseline could be smaller.
pub(crate) fn stale_baseline(stale: usize, terminal: &mut Terminal) {
    if stale > 0 {
        let findings = counted(
            stale,
            "finding of the baseline is",
            "findings of the baseline are",
        );
        terminal.note(format_args!(
            "{findings} gone; write it again with `--write-baseline`"
        ));
    }
}

/// Returns what was checked and how many findings there are, in one line.
pub(super) fn line(report: &Report) -> String {
    let mut line = format!(
        "checked {} in {}: ",
        counted(report.documents.len(), "policy", "policies"),
        counted(report.files, "file", "files"),
    );
    line.push_str(&counts(report));
    // Writing to a string cannot fail.
    if report.suppressed > 0 {
        let _ = write!(line, "; {} suppressed", report.suppressed);
    }
    if report.baselined > 0 {
        let _ = write!(line, "; {} in the baseline", report.baselined);
    }
    line
}

/// Returns how many findings of each type there are.
pub(super) fn counts(report: &Report) -> String {
    let parts = FindingType::ALL.into_iter().filter_map(|finding_type| {
        let number = count(report, finding_type);
        (number > 0).then(|| types(number, finding_type))
    });
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() {
        "no findings".to_owned()
    } else {
        parts.join(", ")
    }
}

fn types(number: usize, finding_type: FindingType) -> String {
    match finding_type {
        FindingType::Error => counted(number, "error", "errors"),
        FindingType::SecurityWarning => counted(number, "security warning", "security warnings"),
        FindingType::Warning => counted(number, "warning", "warnings"),
        FindingType::Suggestion => counted(number, "suggestion", "suggestions"),
    }
}

/// Returns a number with the word for so many things.
pub(super) fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
