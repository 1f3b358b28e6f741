//! The tables of `template.toml` as they are written.

use serde::Deserialize;
use toml::Spanned;

#[derive(Debug, Deserialize)]
pub(super) struct ManifestTable {
    pub(super) schema: Spanned<i64>,
    pub(super) template: TemplateTable,
    #[serde(default)]
    pub(super) question: Vec<Spanned<QuestionTable>>,
    #[serde(default)]
    pub(super) computed: Vec<ComputedTable>,
    #[serde(default)]
    pub(super) rule: Vec<Spanned<RuleTable>>,
    #[serde(default)]
    pub(super) hook: Vec<HookTable>,
    #[serde(default)]
    pub(super) check: Vec<CheckTable>,
}

#[derive(Debug, Deserialize)]
pub(super) struct TemplateTable {
    pub(super) name: Spanned<String>,
    pub(super) version: Spanned<String>,
    pub(super) description: Spanned<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct QuestionTable {
    pub(super) key: Spanned<String>,
    pub(super) ask: Spanned<String>,
    pub(super) help: Option<Spanned<String>>,
    pub(super) r#type: Spanned<String>,
    pub(super) choices: Option<Spanned<Vec<ChoiceTable>>>,
    pub(super) default: Option<Spanned<toml::Value>>,
    pub(super) pattern: Option<Spanned<String>>,
    pub(super) valid: Option<Spanned<String>>,
    pub(super) message: Option<Spanned<String>>,
    pub(super) when: Option<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct ChoiceTable {
    pub(super) value: Spanned<String>,
    pub(super) label: Option<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct ComputedTable {
    pub(super) key: Spanned<String>,
    pub(super) value: Spanned<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct RuleTable {
    pub(super) paths: Vec<Spanned<String>>,
    pub(super) when: Option<Spanned<String>>,
    pub(super) delimiters: Option<Spanned<Vec<String>>>,
    pub(super) each: Option<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct HookTable {
    pub(super) at: Spanned<String>,
    pub(super) run: Spanned<Vec<String>>,
    pub(super) when: Option<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct CheckTable {
    pub(super) name: Spanned<String>,
    pub(super) run: Spanned<Vec<String>>,
}
