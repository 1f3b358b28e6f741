//! What can be said about `template.toml` by itself.

use std::ops::Range;

use super::Code;
use super::finding::{Finding, of_render};
use crate::MANIFEST_FILE;
use crate::error::manifest_hint;
use crate::manifest::{Kind, Manifest, ManifestPlaces, ManifestProblem};
use crate::template::SourceFile;

/// Makes a finding of a mistake because of which the manifest cannot be read.
pub(super) fn unreadable((range, problem): (Range<usize>, ManifestProblem)) -> Finding {
    let code = match &problem {
        ManifestProblem::Expression(problem) => of_render(problem),
        ManifestProblem::Default(_) => Code::BadDefault,
        _ => Code::BadManifest,
    };
    Finding::new(code, MANIFEST_FILE, problem.to_string())
        .at(range)
        .with_help(manifest_hint(&problem))
}

/// Returns what is wrong with a manifest that can be read.
pub(super) fn check(
    manifest: &Manifest,
    places: &ManifestPlaces,
    files: &[SourceFile],
) -> Vec<Finding> {
    let paths = files.iter().map(|file| file.path.as_str());
    let unmatched = manifest.rules.unmatched(paths).map(|(number, pattern)| {
        let message = format!("no file matches `{pattern}`");
        let finding = Finding::new(Code::UnmatchedPattern, MANIFEST_FILE, message).with_help(
            "a pattern is for the whole path below `files`, with `.hbs` at its end if it is there"
                .to_owned(),
        );
        match places.patterns.get(number) {
            Some(range) => finding.at(range.clone()),
            None => finding,
        }
    });
    let mut findings: Vec<Finding> = unmatched.collect();
    for (question, places) in manifest.questions.iter().zip(&places.questions) {
        let is_free = matches!(
            question.kind,
            Kind::String | Kind::Int | Kind::Float | Kind::List | Kind::Secret
        );
        if is_free && question.help.is_none() {
            let message = format!("`{}` has no `help`", question.key);
            findings.push(
                Finding::new(Code::MissingHelp, MANIFEST_FILE, message)
                    .at(places.key.clone())
                    .with_help("say what an answer looks like and what it is used for".to_owned()),
            );
        }
        if question.message.is_none()
            && let Some(range) = &places.validation
        {
            let message = format!("`{}` refuses answers and has no `message`", question.key);
            findings.push(
                Finding::new(Code::MissingMessage, MANIFEST_FILE, message)
                    .at(range.clone())
                    .with_help("say in `message` what an answer must be".to_owned()),
            );
        }
    }
    findings
}
