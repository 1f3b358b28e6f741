//! One combination of answers, and how to type it.

use crate::answers::{Answers, Circumstances, Defaults, Given, GivenAnswers, resolve};
use crate::manifest::{Manifest, Question};
use crate::{Answer, Plan, ScaffoldError, Template, plan};

/// Complete answers that are tried.
#[derive(Debug, Clone)]
pub struct Combination {
    /// What there is to set beside the defaults, as it would be typed; `…` for a secret that was
    /// given.
    pub settings: Vec<(String, String)>,
    /// How many files and links the template makes of it; none if it fails.
    pub files: Option<usize>,
    answers: Answers,
}

impl Combination {
    /// Completes answers; each comes with whether it was given, and not made up.
    pub(super) fn new(
        manifest: &Manifest,
        circumstances: &Circumstances,
        chosen: &[(&Question, Answer, bool)],
    ) -> Result<Self, ScaffoldError> {
        let given = chosen
            .iter()
            .map(|(question, answer, _)| (question.key.clone(), Given::Value(answer.to_value())));
        let given: GivenAnswers = given.collect();
        let answers = resolve(manifest, circumstances, &given, Defaults::Take)?;
        let settings = chosen
            .iter()
            .map(|(question, answer, is_given)| (question.key.clone(), typed(answer, *is_given)));
        Ok(Self {
            settings: settings.collect(),
            files: None,
            answers,
        })
    }

    /// Returns the complete answers.
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// Renders the template with these answers.
    pub fn plan<'t>(&self, template: &'t Template) -> Result<Plan<'t>, ScaffoldError> {
        plan(template, &self.answers)
    }
}

fn typed(answer: &Answer, is_given: bool) -> String {
    match answer {
        Answer::Secret(_) if is_given => "…".to_owned(),
        Answer::Secret(secret) => secret.reveal().to_owned(),
        answer => answer.to_text(),
    }
}
