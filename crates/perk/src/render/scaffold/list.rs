//! The templates that there are, as text and as JSON.

use perk_scaffold::{Kind, Question};
use perk_term::{Meaning, OutputError, Terminal, printable};
use schemars::JsonSchema;
use serde::Serialize;

use crate::commands::{Found, Origin};
use crate::render::SCHEMA_VERSION;

/// Writes one line for each template, which goes by the name it is asked for by.
pub(crate) fn templates_text(
    templates: &[(String, Found)],
    terminal: &mut Terminal,
) -> Result<(), OutputError> {
    let painter = terminal.data_painter();
    let names = templates.iter().map(|(name, _)| name.len()).max();
    let versions = templates.iter().map(|(_, found)| version(found).len());
    let (names, versions) = (
        names.unwrap_or_default(),
        versions.max().unwrap_or_default(),
    );
    for (name, found) in templates {
        let name = painter.paint(Meaning::Name, name);
        let version = painter.paint(Meaning::Aside, version(found));
        let description = printable(&found.template.manifest().description);
        write!(
            terminal.data(),
            "{name:<names$}  {version:<versions$}  {description}"
        )?;
        if found.origin != Origin::BuiltIn {
            let place = format!("({})", printable(&found.origin.place()));
            write!(
                terminal.data(),
                "  {}",
                painter.paint(Meaning::Aside, place)
            )?;
        }
        writeln!(terminal.data())?;
    }
    Ok(())
}

fn version(found: &Found) -> &str {
    &found.template.manifest().version
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
    /// Where it comes from: `built-in`, a folder, or a repository.
    source: String,
    /// The commit, if it comes from a repository.
    commit: Option<&'t str>,
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
    pub(crate) fn new(templates: &'t [(String, Found)]) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            templates: templates
                .iter()
                .map(|(name, found)| TemplateEntry::new(name, found))
                .collect(),
        }
    }
}

impl<'t> TemplateEntry<'t> {
    fn new(name: &'t str, found: &'t Found) -> Self {
        let manifest = found.template.manifest();
        Self {
            name,
            version: &manifest.version,
            description: &manifest.description,
            source: found.origin.place(),
            commit: found.origin.commit(),
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
