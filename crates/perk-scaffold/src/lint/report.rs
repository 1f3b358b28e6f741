//! All checks of a template together.

use std::collections::BTreeSet;

use super::covering::cover;
use super::finding::Finding;
use super::questionnaire::Questionnaire;
use super::{Code, Combination, Draft, Severity, manifest, reach, render, texts, usage};
use crate::answers::{GivenAnswers, check_keys};
use crate::manifest::{Manifest, ManifestPlaces};
use crate::template::Sources;
use crate::{Circumstances, MANIFEST_FILE, ScaffoldError, Template};

/// What was found in a template, and which answers were tried.
#[derive(Debug)]
pub struct LintReport {
    /// What was found: the manifest first, then file by file.
    pub findings: Vec<Finding>,
    /// The answers that were tried; none if a text of the template cannot be rendered at all.
    pub combinations: Vec<Combination>,
    /// Whether any two answers that can meet do so in one of the combinations.
    pub covers_all_pairs: bool,
    /// The template, if its manifest can be read.
    pub template: Option<Template>,
}

impl LintReport {
    /// Counts the findings of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        let codes = self.findings.iter().map(|finding| finding.code);
        codes.filter(|code| code.severity() == severity).count()
    }
}

/// Checks a template. A question that has a given answer is tried with no other.
///
/// Fails if the given answers are none of the template's.
pub fn lint(
    draft: &Draft,
    circumstances: &Circumstances,
    given: &GivenAnswers,
) -> Result<LintReport, ScaffoldError> {
    if let Some(refusal) = &draft.refusal {
        return Ok(unreadable(refusal.clone()));
    }
    let Some(text) = draft.text(MANIFEST_FILE) else {
        let message = "the file is not UTF-8 text";
        return Ok(unreadable(Finding::new(
            Code::BadManifest,
            MANIFEST_FILE,
            message,
        )));
    };
    let manifest = match Manifest::parse_or_problem(text) {
        Ok(manifest) => manifest,
        Err(problem) => return Ok(unreadable(manifest::unreadable(problem))),
    };
    check_keys(&manifest, given)?;
    let places = ManifestPlaces::find(text);
    let mut sources = Sources {
        manifest: draft.sources.manifest.clone(),
        files: draft.sources.files.clone(),
    };
    let hash = sources.sort_and_hash();
    let template = Template::new(manifest, sources.files, hash);
    let checker = Checker {
        draft,
        template: &template,
        places: &places,
        circumstances,
        given,
    };
    let (mut findings, combinations, covers_all_pairs) = checker.check()?;
    findings.sort_by(|left, right| order(left).cmp(&order(right)));
    Ok(LintReport {
        findings,
        combinations,
        covers_all_pairs,
        template: Some(template),
    })
}

fn order(finding: &Finding) -> impl Ord + '_ {
    let is_of_file = finding.file != MANIFEST_FILE;
    (is_of_file, &finding.file, finding.span, finding.code)
}

fn unreadable(finding: Finding) -> LintReport {
    LintReport {
        findings: vec![finding],
        combinations: Vec::new(),
        covers_all_pairs: false,
        template: None,
    }
}

/// A template whose manifest can be read, with what it is checked with.
struct Checker<'c> {
    draft: &'c Draft,
    template: &'c Template,
    places: &'c ManifestPlaces,
    circumstances: &'c Circumstances,
    given: &'c GivenAnswers,
}

impl Checker<'_> {
    fn check(&self) -> Result<(Vec<Finding>, Vec<Combination>, bool), ScaffoldError> {
        let manifest = self.template.manifest();
        let mut used = BTreeSet::new();
        let mut findings = manifest::check(manifest, self.places, self.template.files());
        let of_texts = texts::check(manifest, self.template.files(), &mut used);
        let is_renderable = !of_texts.iter().any(is_error);
        findings.extend(of_texts);
        if is_renderable {
            findings.extend(usage::check(manifest, self.places, used));
        }
        let questionnaire =
            Questionnaire::new(manifest, self.places, self.circumstances, self.given)?;
        let array = cover(&questionnaire);
        let mut combinations = Vec::new();
        if is_renderable {
            for row in &array.rows {
                let chosen = questionnaire.answers(row);
                match Combination::new(manifest, self.circumstances, &chosen) {
                    Ok(combination) => combinations.push(combination),
                    Err(error) => push_new(&mut findings, Finding::of_error(&error)),
                }
            }
            let mut reached = BTreeSet::new();
            let failures =
                render::render_all(self.draft, self.template, &mut combinations, &mut reached);
            let is_whole = failures.is_empty() && !combinations.is_empty();
            findings.extend(failures);
            if is_whole && self.given.is_empty() {
                findings.extend(reach::check(
                    self.template,
                    self.circumstances,
                    &questionnaire,
                    &reached,
                ));
            }
        }
        findings.extend(questionnaire.into_findings());
        Ok((findings, combinations, array.is_complete))
    }
}

fn is_error(finding: &Finding) -> bool {
    finding.code.severity() == Severity::Error
}

fn push_new(findings: &mut Vec<Finding>, finding: Finding) {
    if !findings.contains(&finding) {
        findings.push(finding);
    }
}
