//! One question of the manifest.

use regex::{Regex, RegexBuilder};
use toml::Spanned;

use super::convert::{Problem, condition, expression, printable};
use super::schema::{ChoiceTable, QuestionTable};
use super::{Choice, DefaultValue, Kind, ManifestProblem, Question};
use crate::answers::{Answer, check_pattern};
use crate::render::{Condition, Names, Shape, is_helper};

/// Keys that mean something already, besides the names of helpers.
const TAKEN: &[&str] = &[
    "item", "template", "project", "this", "else", "as", "true", "false", "null",
];

/// The words for the types of answers.
const TYPES: &str = "`string`, `int`, `float`, `bool`, `choice`, `choices`, `list`, `secret`";

/// The most choices of a question.
const MAX_CHOICES: usize = 200;

/// A question's table with what stands before it.
pub(super) struct QuestionReader<'t> {
    pub(super) table: &'t QuestionTable,
    pub(super) earlier: &'t [Question],
}

impl QuestionReader<'_> {
    /// Reads the question; `names` are those of the earlier ones.
    pub(super) fn read(&self, names: &Names) -> Result<Question, Problem> {
        let table = self.table;
        let key = new_key(&table.key, names)?;
        printable("ask", &table.ask)?;
        if let Some(help) = &table.help {
            printable("help", help)?;
        }
        if let Some(message) = &table.message {
            printable("message", message)?;
            if table.pattern.is_none() && table.valid.is_none() {
                return Err((message.span(), ManifestProblem::UselessMessage));
            }
        }
        let kind = self.kind()?;
        let shape = if kind.is_list() {
            Shape::List
        } else {
            Shape::Scalar
        };
        let mut with_own = names.clone();
        with_own.insert(key.clone(), shape);
        let mut question = Question {
            key,
            ask: table.ask.get_ref().clone(),
            help: table.help.as_ref().map(|help| help.get_ref().clone()),
            pattern: self.pattern(&kind)?,
            valid: optional_condition(table.valid.as_ref(), &with_own)?,
            when: optional_condition(table.when.as_ref(), names)?,
            message: table
                .message
                .as_ref()
                .map(|message| message.get_ref().clone()),
            default: None,
            kind,
        };
        question.default = self.default(&question, names)?;
        Ok(question)
    }

    fn kind(&self) -> Result<Kind, Problem> {
        let word = self.table.r#type.get_ref().as_str();
        let kind = match word {
            "string" => Kind::String,
            "int" => Kind::Int,
            "float" => Kind::Float,
            "bool" => Kind::Bool,
            "choice" => Kind::Choice(self.choices("choice")?),
            "choices" => Kind::Choices(self.choices("choices")?),
            "list" => Kind::List,
            "secret" => Kind::Secret,
            word => {
                let problem = ManifestProblem::UnknownWord {
                    word: word.to_owned(),
                    known: TYPES.to_owned(),
                };
                return Err((self.table.r#type.span(), problem));
            }
        };
        match (&self.table.choices, kind.choices()) {
            (Some(choices), None) => Err((choices.span(), not_for(&kind, "choices"))),
            _ => Ok(kind),
        }
    }

    fn choices(&self, kind: &'static str) -> Result<Vec<Choice>, Problem> {
        let Some(tables) = &self.table.choices else {
            return Err((self.table.r#type.span(), ManifestProblem::NoChoices(kind)));
        };
        if tables.get_ref().is_empty() {
            return Err((tables.span(), ManifestProblem::NoChoices(kind)));
        }
        if tables.get_ref().len() > MAX_CHOICES {
            let problem = ManifestProblem::TooMany {
                what: "choices",
                limit: MAX_CHOICES,
            };
            return Err((tables.span(), problem));
        }
        let mut choices: Vec<Choice> = Vec::new();
        for table in tables.get_ref() {
            let choice = choice(table)?;
            if choices.iter().any(|other| other.value == choice.value) {
                return Err((table.value.span(), ManifestProblem::Duplicate(choice.value)));
            }
            choices.push(choice);
        }
        Ok(choices)
    }

    fn pattern(&self, kind: &Kind) -> Result<Option<Regex>, Problem> {
        let Some(source) = &self.table.pattern else {
            return Ok(None);
        };
        if !matches!(kind, Kind::String | Kind::Secret | Kind::List) {
            return Err((source.span(), not_for(kind, "pattern")));
        }
        let built = RegexBuilder::new(source.get_ref())
            .size_limit(1024 * 1024)
            .build();
        built.map(Some).map_err(|error| {
            // Its last line says what is wrong; those before draw the pattern.
            let text = error.to_string();
            let message = text.lines().last().unwrap_or_default().trim();
            let message = message.strip_prefix("error: ").unwrap_or(message);
            (source.span(), ManifestProblem::Pattern(message.to_owned()))
        })
    }

    fn default(&self, question: &Question, names: &Names) -> Result<Option<DefaultValue>, Problem> {
        let Some(value) = &self.table.default else {
            return Ok(None);
        };
        if let toml::Value::String(text) = value.get_ref()
            && text.contains("{{")
        {
            let source = Spanned::new(value.span(), text.clone());
            return self.rendered_default(&source, names).map(Some);
        }
        let unfit = |problem: String| (value.span(), ManifestProblem::Default(problem));
        let json =
            json_value(value.get_ref()).ok_or_else(|| unfit("cannot be a date".to_owned()))?;
        let answer = Answer::from_value(&question.kind, &json).and_then(|answer| {
            check_pattern(question, &answer)?;
            Ok(answer)
        });
        let answer = answer.map_err(|problem| unfit(format!("does not fit: {problem}")))?;
        Ok(Some(DefaultValue::Fixed(answer)))
    }

    fn rendered_default(
        &self,
        source: &Spanned<String>,
        names: &Names,
    ) -> Result<DefaultValue, Problem> {
        let expression = expression(source, names, true)?;
        let is_secret = |key: &&String| {
            let mut earlier = self.earlier.iter();
            earlier.any(|question| question.key == **key && question.kind == Kind::Secret)
        };
        match expression.used().iter().find(is_secret) {
            Some(key) => Err((source.span(), ManifestProblem::UsesSecret(key.clone()))),
            None => Ok(DefaultValue::Rendered(expression)),
        }
    }
}

fn optional_condition(
    source: Option<&Spanned<String>>,
    names: &Names,
) -> Result<Option<Condition>, Problem> {
    source.map(|source| condition(source, names)).transpose()
}

/// Returns a key that is new and free.
pub(super) fn new_key(key: &Spanned<String>, names: &Names) -> Result<String, Problem> {
    let text = key.get_ref();
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let starts = text.starts_with(|letter: char| letter.is_ascii_lowercase());
    if !starts || !text.bytes().all(is_plain) || text.len() > 64 {
        let problem = ManifestProblem::Name {
            name: text.clone(),
            what: "key",
            form: "lower-case letters, digits and underscores",
        };
        return Err((key.span(), problem));
    }
    if TAKEN.contains(&text.as_str()) || is_helper(text) {
        return Err((key.span(), ManifestProblem::TakenKey(text.clone())));
    }
    if names.contains_key(text) {
        return Err((key.span(), ManifestProblem::Duplicate(text.clone())));
    }
    Ok(text.clone())
}

fn choice(table: &ChoiceTable) -> Result<Choice, Problem> {
    printable("value", &table.value)?;
    let label = table.label.as_ref().unwrap_or(&table.value);
    printable("label", label)?;
    Ok(Choice {
        label: label.get_ref().clone(),
        value: table.value.get_ref().clone(),
    })
}

fn not_for(kind: &Kind, key: &'static str) -> ManifestProblem {
    ManifestProblem::NotForType {
        kind: kind.name(),
        key,
    }
}

/// Returns a value of TOML as JSON, but for dates.
fn json_value(value: &toml::Value) -> Option<serde_json::Value> {
    Some(match value {
        toml::Value::String(text) => text.as_str().into(),
        toml::Value::Integer(number) => (*number).into(),
        toml::Value::Float(number) => (*number).into(),
        toml::Value::Boolean(truth) => (*truth).into(),
        toml::Value::Datetime(_) => return None,
        toml::Value::Array(entries) => {
            let entries: Option<Vec<_>> = entries.iter().map(json_value).collect();
            entries?.into()
        }
        toml::Value::Table(_) => serde_json::Value::Object(serde_json::Map::new()),
    })
}
