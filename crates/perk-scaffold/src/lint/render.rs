//! What a template makes of each combination.

use std::collections::BTreeSet;

use perk_diag::{LineColumn, LineIndex};

use super::finding::Finding;
use super::{Combination, Draft};
use crate::{ScaffoldError, Template};

/// Renders every combination and notes how many files it has; returns what fails, each thing with
/// the first combination that shows it, and adds the files that something was made of.
pub(super) fn render_all<'t>(
    draft: &Draft,
    template: &'t Template,
    combinations: &mut [Combination],
    reached: &mut BTreeSet<&'t str>,
) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for (number, combination) in combinations.iter_mut().enumerate() {
        match combination.plan(template) {
            Ok(plan) => {
                combination.files = Some(plan.entries().len());
                reached.extend(plan.entries().iter().map(|entry| entry.from));
            }
            Err(error) => {
                let finding = Finding {
                    combination: Some(number),
                    ..placed(Finding::of_error(&error), &error, draft)
                };
                let is_same = |other: &Finding| {
                    other.code == finding.code
                        && other.file == finding.file
                        && other.span == finding.span
                };
                if !findings.iter().any(is_same) {
                    findings.push(finding);
                }
            }
        }
    }
    findings
}

/// Returns the finding of a text that failed with its place.
fn placed(finding: Finding, error: &ScaffoldError, draft: &Draft) -> Finding {
    let ScaffoldError::Render { place, .. } = error else {
        return finding;
    };
    let text = draft.text(&place.file);
    match text.zip(place.position) {
        Some((text, position)) => {
            let start = offset(text, position);
            let length = text[start..]
                .lines()
                .next()
                .map_or(0, |line| line.trim_end().len());
            finding.at(start..start + length)
        }
        None => finding,
    }
}

fn offset(text: &str, place: LineColumn) -> usize {
    let line = LineIndex::new(text).line_range(place.line);
    let before = place.column.saturating_sub(1) as usize;
    let column = text[line.clone()].char_indices().nth(before);
    column.map_or(line.end, |(at, _)| line.start + at)
}
