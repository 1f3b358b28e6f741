//! What is said on standard error while a template is checked, and at the end.

use perk_scaffold::lint::{Combination, Severity};
use perk_term::Terminal;

use super::Checked;
use crate::commands::{CheckOutcome, CheckResult};

/// Says which combination comes now.
pub(crate) fn combination_begins(
    number: usize,
    combination: &Combination,
    terminal: &mut Terminal,
) {
    let settings = settings(combination).join(" ");
    let settings = if settings.is_empty() {
        "the defaults".to_owned()
    } else {
        settings
    };
    terminal.status(format_args!("combination {}: {settings}", number + 1));
}

/// Says what became of a check.
pub(crate) fn check_ended(result: &CheckResult, terminal: &mut Terminal) {
    let (word, end) = match &result.outcome {
        CheckOutcome::Passed => ("passed", None),
        CheckOutcome::Failed { .. } => ("failed", None),
        CheckOutcome::Skipped { program } => {
            ("skipped", Some(format!(": {program} is not installed")))
        }
    };
    let end = end.unwrap_or_else(|| format!(" ({:.1} s)", result.duration.as_secs_f64()));
    terminal.status(format_args!("  {word}: {}{end}", result.name));
}

/// Says what was checked and how many findings there are.
pub(super) fn summary(checked: &Checked<'_>, terminal: &mut Terminal) {
    let report = checked.report;
    let counts = [
        (Severity::Error, "error", "errors"),
        (Severity::Warning, "warning", "warnings"),
        (Severity::Suggestion, "suggestion", "suggestions"),
    ];
    let counts = counts.into_iter().filter_map(|(severity, one, many)| {
        let number = report.count(severity);
        (number > 0).then(|| counted(number, one, many))
    });
    let mut parts: Vec<String> = counts.collect();
    if parts.is_empty() {
        parts.push("no findings".to_owned());
    }
    let rendered = report.combinations.iter().filter(|it| it.files.is_some());
    let rendered = match rendered.count() {
        0 => "no combination was rendered".to_owned(),
        number => format!(
            "rendered {}",
            counted(number, "combination", "combinations")
        ),
    };
    terminal.status(format_args!("{rendered}: {}", parts.join(", ")));
    if report.template.is_some() && !report.covers_all_pairs {
        terminal
            .note("there are more combinations than can be tried; some pairs of answers never met");
    }
    if let Some(run) = checked.run {
        let results = run.combinations.iter().flat_map(|it| &it.results);
        let skipped = results.clone().filter(|result| result.is_skipped()).count();
        let failed = results.clone().filter(|result| result.has_failed()).count();
        let mut parts = vec![format!("{failed} failed")];
        if skipped > 0 {
            parts.push(format!("{skipped} skipped"));
        }
        terminal.status(format_args!(
            "ran {} in {}: {}",
            counted(results.count() - skipped, "check", "checks"),
            counted(run.combinations.len(), "combination", "combinations"),
            parts.join(", ")
        ));
    }
}

/// Returns the command that makes a project of a combination.
pub(super) fn command_line(checked: &Checked<'_>, number: usize) -> String {
    let folder = checked.folder.as_str();
    // A template is named by a path only if that begins so.
    let is_path = ["./", "../", "/"]
        .iter()
        .any(|start| folder.starts_with(start));
    let folder = if is_path {
        folder.to_owned()
    } else {
        format!("./{folder}")
    };
    let mut words = vec![
        "perk scaffold new".to_owned(),
        quoted(&folder),
        checked.project_name.to_owned(),
        "--defaults".to_owned(),
    ];
    if let Some(combination) = checked.report.combinations.get(number) {
        words.extend(settings(combination));
    }
    words.join(" ")
}

fn settings(combination: &Combination) -> Vec<String> {
    let settings = combination.settings.iter();
    settings
        .map(|(key, value)| format!("--set {}", quoted(&format!("{key}={value}"))))
        .collect()
}

/// Returns a word as it is typed in a shell.
fn quoted(word: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "=,./_-:@+".contains(letter);
    if word.chars().all(is_plain) && !word.is_empty() {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_can_be_typed_again() {
        assert_eq!(quoted("a=b-c"), "a=b-c");
        assert_eq!(quoted("a=it's $x"), r"'a=it'\''s $x'");
        assert_eq!(quoted(""), "''");
    }
}
