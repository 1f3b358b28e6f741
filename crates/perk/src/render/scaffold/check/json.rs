//! What is found in a template as one JSON document.

use std::collections::BTreeMap;

use perk_diag::LineIndex;
use perk_scaffold::lint::{Combination, Finding, Severity};
use schemars::JsonSchema;
use serde::Serialize;

use super::Checked;
use super::words::command_line;
use crate::commands::{CheckOutcome, CheckResult, CombinationRun};
use crate::render::SCHEMA_VERSION;
use crate::render::place::PlaceEntry;

/// A template that has been checked.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct CheckDocument<'c> {
    /// Version of this document's form.
    schema_version: u32,
    /// The template; null if its manifest cannot be read.
    template: Option<TemplateEntry<'c>>,
    /// What was found: the manifest first, then file by file.
    findings: Vec<FindingEntry<'c>>,
    /// The answers that were tried.
    combinations: Vec<CombinationEntry<'c>>,
    /// Whether any two answers that can meet do so in one of the combinations.
    covers_all_pairs: bool,
    /// The check in numbers.
    summary: Summary,
}

#[derive(Debug, Serialize, JsonSchema)]
struct TemplateEntry<'c> {
    /// Its name.
    name: &'c str,
    /// Its version.
    version: &'c str,
}

/// Something that was found.
#[derive(Debug, Serialize, JsonSchema)]
struct FindingEntry<'c> {
    /// What kind of thing it is.
    code: &'static str,
    /// How grave it is: `error`, `warning` or `suggestion`.
    severity: &'static str,
    /// What is the matter.
    message: &'c str,
    /// What to do about it.
    help: Option<&'c str>,
    /// The file, from the folder of the template.
    file: &'c str,
    /// Where in the file; null if it is about the file as a whole.
    place: Option<PlaceEntry>,
    /// The combination that shows it, from 1, if it takes one.
    combination: Option<usize>,
}

/// A combination of answers.
#[derive(Debug, Serialize, JsonSchema)]
struct CombinationEntry<'c> {
    /// Its number, from 1.
    number: usize,
    /// The answers that are not defaults, as they would be typed.
    settings: BTreeMap<&'c str, &'c str>,
    /// The command that makes a project of it.
    command: String,
    /// How many files and links it has; null if it cannot be rendered.
    files: Option<usize>,
    /// The folder that it was left in.
    folder: Option<&'c str>,
    /// The checks that were run in it, up to the first that failed.
    checks: Vec<CheckEntry<'c>>,
}

/// A check of the template that was run.
#[derive(Debug, Serialize, JsonSchema)]
struct CheckEntry<'c> {
    /// What it is called.
    name: &'c str,
    /// The program and its arguments.
    command: &'c [String],
    /// How it went: `passed`, `failed`, or `skipped` if its program is not installed.
    outcome: &'static str,
    /// How the program ended, if it failed.
    status: Option<&'c str>,
    /// What it said, if it failed: the last 256 kilobytes.
    output: Option<&'c str>,
    /// How long it took, in seconds.
    seconds: f64,
}

/// A check in numbers.
#[derive(Debug, Serialize, JsonSchema)]
struct Summary {
    /// Findings that are errors.
    errors: usize,
    /// Findings that are warnings.
    warnings: usize,
    /// Findings that are suggestions.
    suggestions: usize,
    /// Checks that were run.
    checks: usize,
    /// Checks that failed.
    failed_checks: usize,
    /// Checks that were not run, since their programs are not installed.
    skipped_checks: usize,
}

impl<'c> CheckDocument<'c> {
    pub(super) fn new(checked: &'c Checked<'c>) -> Self {
        let report = checked.report;
        let results = || {
            let combinations = checked.run.iter().flat_map(|run| &run.combinations);
            combinations.flat_map(|combination| &combination.results)
        };
        let template = report.template.as_ref().map(|template| TemplateEntry {
            name: &template.manifest().name,
            version: &template.manifest().version,
        });
        let combinations = report.combinations.iter().enumerate();
        Self {
            schema_version: SCHEMA_VERSION,
            template,
            findings: report
                .findings
                .iter()
                .map(|finding| FindingEntry::new(finding, checked))
                .collect(),
            combinations: combinations
                .map(|(number, combination)| CombinationEntry::new(number, combination, checked))
                .collect(),
            covers_all_pairs: report.covers_all_pairs,
            summary: Summary {
                errors: report.count(Severity::Error),
                warnings: report.count(Severity::Warning),
                suggestions: report.count(Severity::Suggestion),
                checks: results().filter(|result| !result.is_skipped()).count(),
                failed_checks: results().filter(|result| result.has_failed()).count(),
                skipped_checks: results().filter(|result| result.is_skipped()).count(),
            },
        }
    }
}

impl<'c> FindingEntry<'c> {
    fn new(finding: &'c Finding, checked: &Checked<'_>) -> Self {
        let text = checked.draft.text(&finding.file);
        Self {
            code: finding.code.name(),
            severity: finding.code.severity().as_str(),
            message: &finding.message,
            help: finding.help.as_deref(),
            file: &finding.file,
            place: text.zip(finding.span).map(|(text, span)| {
                let index = LineIndex::new(text);
                let (start, end) = (index.line_column(span.start), index.line_column(span.end));
                PlaceEntry::new(start, end)
            }),
            combination: finding.combination.map(|number| number + 1),
        }
    }
}

impl<'c> CombinationEntry<'c> {
    fn new(number: usize, combination: &'c Combination, checked: &Checked<'c>) -> Self {
        let runs = checked.run.iter().flat_map(|run| &run.combinations);
        let run: Option<&CombinationRun> = runs.into_iter().find(|run| run.number == number);
        let settings = combination.settings.iter();
        Self {
            number: number + 1,
            settings: settings
                .map(|(key, value)| (key.as_str(), value.as_str()))
                .collect(),
            command: command_line(checked, number),
            files: combination.files,
            folder: run.and_then(|run| Some(run.folder.as_ref()?.as_str())),
            checks: run
                .iter()
                .flat_map(|run| &run.results)
                .map(CheckEntry::new)
                .collect(),
        }
    }
}

impl<'c> CheckEntry<'c> {
    fn new(result: &'c CheckResult) -> Self {
        let (outcome, status, output) = match &result.outcome {
            CheckOutcome::Passed => ("passed", None, None),
            CheckOutcome::Skipped { .. } => ("skipped", None, None),
            CheckOutcome::Failed { status, output } => {
                ("failed", Some(status.as_str()), Some(output.as_str()))
            }
        };
        Self {
            name: &result.name,
            command: &result.command,
            outcome,
            status,
            output,
            seconds: result.duration.as_secs_f64(),
        }
    }
}
