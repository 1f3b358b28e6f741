//! Where in `template.toml` things are said.

use std::ops::Range;

use toml::Spanned;

use super::schema::ManifestTable;

/// The places of a manifest that can be read; in each list, in the order of the text.
#[derive(Debug, Default)]
pub(crate) struct ManifestPlaces {
    pub(crate) questions: Vec<QuestionPlaces>,
    /// The keys of the computed values.
    pub(crate) computed: Vec<Range<usize>>,
    /// The patterns of all rules.
    pub(crate) patterns: Vec<Range<usize>>,
}

/// The places of a question.
#[derive(Debug)]
pub(crate) struct QuestionPlaces {
    pub(crate) key: Range<usize>,
    pub(crate) default: Option<Range<usize>>,
    /// What an answer is checked by: the pattern, or else the condition.
    pub(crate) validation: Option<Range<usize>>,
}

impl ManifestPlaces {
    /// Finds the places in the text of a manifest; none in one that cannot be read.
    pub(crate) fn find(text: &str) -> Self {
        let Ok(table) = toml::from_str::<ManifestTable>(text) else {
            return Self::default();
        };
        let questions = table.question.iter().map(|question| {
            let question = question.get_ref();
            QuestionPlaces {
                key: question.key.span(),
                default: question.default.as_ref().map(Spanned::span),
                validation: [&question.pattern, &question.valid]
                    .into_iter()
                    .flatten()
                    .map(Spanned::span)
                    .next(),
            }
        });
        let patterns = table.rule.iter().flat_map(|rule| &rule.get_ref().paths);
        Self {
            questions: questions.collect(),
            computed: table
                .computed
                .iter()
                .map(|computed| computed.key.span())
                .collect(),
            patterns: patterns.map(Spanned::span).collect(),
        }
    }

    /// Returns where the default of a question is, or else its key.
    pub(crate) fn of_default(&self, question: usize) -> Option<Range<usize>> {
        let places = self.questions.get(question)?;
        Some(places.default.clone().unwrap_or(places.key.clone()))
    }
}
