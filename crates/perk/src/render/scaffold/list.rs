//! The templates that there are, as text and as JSON.

use perk_scaffold::{Kind, Question};
use perk_term::{Meaning, OutputError, Terminal};
use schemars::JsonSchema;
use serde::Serialize;

use crate::commands::Found;
use crate::render::SCHEMA_VERSION;

/// Writes one line for each template.
pub(crate) fn templates_text(
    templates: &[Found],
    terminal: &mut Terminal,
) -> Result<(), OutputError> {
    let painter = terminal.data_painter();
    let manifests = || templates.iter().map(|found| found.template.manifest());
    let names = manifests().map(|manifest| manifest.name.len()).max();
    let versions = manifests().map(|manifest| manifest.version.len()).max();
    let (names, versions) = (names.unwrap_or_default(), versions.unwrap_or_default());
    for manifest in manifests() {
        let name = painter.paint(Meaning::Name, &manifest.name);
        let version = painter.paint(Meaning::Aside, &manifest.version);
        let description = &manifest.description;
        writeln!(
            terminal.data(),
            "{name:<names$}  {version:<versions$}  {description}"
        )?;
    }
    Ok(())
}

/// The templates that projects can be made from.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct TemplatesDocument<'t> {
    /// Version of this document's form.
    schema_version: u32,
    /// The templates, by name.
    templates: Vec<TemplateEntry<'t>>,
}

/// A template.
#[derive(Debug, Serialize, JsonSchema)]
struct TemplateEntry<'t> {
    /// What it is asked for by.
    name: &'t str,
    /// Its version.
    version: &'t str,
    /// What it is, in one line.
    description: &'t str,
    /// Where it comes from: `built-in`, or its source.
    source: String,
    /// What it asks, in order.
    questions: Vec<QuestionEntry<'t>>,
}

/// A question of a template.
#[derive(Debug, Serialize, JsonSchema)]
struct QuestionEntry<'t> {
    /// What its answer is called: `--set KEY=ANSWER`.
    key: &'t str,
    /// The question as it is asked.
    ask: &'t str,
    /// More about it.
    help: Option<&'t str>,
    /// What an answer is: `string`, `int`, `float`, `bool`, `choice`, `choices`, `list` or `secret`.
    r#type: &'static str,
    /// The answers to choose from.
    choices: Option<Vec<&'t str>>,
}

impl<'t> TemplatesDocument<'t> {
    pub(crate) fn new(templates: &'t [Found]) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            templates: templates.iter().map(TemplateEntry::new).collect(),
        }
    }
}

impl<'t> TemplateEntry<'t> {
    fn new(found: &'t Found) -> Self {
        let manifest = found.template.manifest();
        Self {
            name: &manifest.name,
            version: &manifest.version,
            description: &manifest.description,
            source: found.origin.to_string(),
            questions: manifest.questions.iter().map(QuestionEntry::new).collect(),
        }
    }
}

impl<'t> QuestionEntry<'t> {
    fn new(question: &'t Question) -> Self {
        let values = question.kind.choices().map(|choices| {
            let values = choices.iter().map(|choice| choice.value.as_str());
            values.collect()
        });
        Self {
            key: &question.key,
            ask: &question.ask,
            help: question.help.as_deref(),
            r#type: Kind::name(&question.kind),
            choices: values,
        }
    }
}
