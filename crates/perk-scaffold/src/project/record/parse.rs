//! The text of a record to a record, or the first mistake in it with its place.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use perk_diag::LineIndex;
use serde::de::DeserializeOwned;
use serde_json::Value;
use toml::Spanned;

use super::schema::{AnySchema, FileTable, RecordTable, TemplateTable};
use super::{FileRecord, Record, TemplateRecord};
use crate::manifest::is_template_name;
use crate::project::{ProjectError, RECORD_FILE, RecordProblem};
use crate::template::LINK_MODE;
use crate::{ContentHash, Place, SafePath};

/// The version of the form that is read and written.
const SCHEMA: i64 = 1;
/// The most files that are read.
const MAX_FILES: usize = 100_000;

/// A problem with the bytes that it is about.
type Problem = (Range<usize>, RecordProblem);

impl Record {
    /// Parses the text of a record.
    pub fn parse(bytes: &[u8]) -> Result<Self, ProjectError> {
        let Ok(text) = std::str::from_utf8(bytes) else {
            return Err(failed(None, RecordProblem::NotText));
        };
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        convert(text).map_err(|(span, problem)| {
            let start = u32::try_from(span.start).unwrap_or(u32::MAX);
            failed(Some(LineIndex::new(text).line_column(start)), problem)
        })
    }
}

fn failed(position: Option<perk_diag::LineColumn>, problem: RecordProblem) -> ProjectError {
    ProjectError::Record {
        place: Place {
            file: RECORD_FILE.to_owned(),
            position,
        },
        problem,
    }
}

fn convert(text: &str) -> Result<Record, Problem> {
    let table: RecordTable = deserialize(text).map_err(|problem| {
        // What is unknown here may be known to a later version.
        let any = deserialize::<AnySchema>(text).ok();
        any.and_then(|any| check_schema(&any.schema).err())
            .unwrap_or(problem)
    })?;
    check_schema(&table.schema)?;
    if table.template.is_empty() {
        return Err((0..0, RecordProblem::Empty));
    }
    let mut names = BTreeSet::new();
    let mut templates = Vec::with_capacity(table.template.len());
    for entry in table.template {
        let span = entry.span();
        let template = template(entry.into_inner())?;
        if !names.insert(template.name.clone()) {
            return Err((span, RecordProblem::Twice(template.name)));
        }
        templates.push(template);
    }
    Ok(Record { templates })
}

fn check_schema(schema: &Spanned<i64>) -> Result<(), Problem> {
    let problem = match *schema.get_ref() {
        SCHEMA => return Ok(()),
        newer if newer > SCHEMA => RecordProblem::NewerSchema(newer),
        other => RecordProblem::UnknownSchema(other),
    };
    Err((schema.span(), problem))
}

fn deserialize<T: DeserializeOwned>(text: &str) -> Result<T, Problem> {
    toml::from_str(text).map_err(|error: toml::de::Error| {
        let message = error.message().trim().replace('\n', ", ");
        let span = error.span().unwrap_or_default();
        (span, RecordProblem::Toml(message))
    })
}

fn template(table: TemplateTable) -> Result<TemplateRecord, Problem> {
    let name = table.name.get_ref();
    if !is_template_name(name) {
        let problem = RecordProblem::Name(name.clone());
        return Err((table.name.span(), problem));
    }
    let content = table.content.get_ref();
    let sum = content.strip_prefix("sha256:").and_then(ContentHash::parse);
    let content = sum.ok_or_else(|| (table.content.span(), RecordProblem::Sum(content.clone())))?;
    if table.files.len() > MAX_FILES {
        return Err((0..0, RecordProblem::TooMany(MAX_FILES)));
    }
    Ok(TemplateRecord {
        version: table.version,
        content,
        source: table.source,
        commit: table.commit,
        perk: table.perk,
        answers: answers(table.answers)?,
        files: files(&table.files)?,
        name: table.name.into_inner(),
    })
}

fn answers(
    table: BTreeMap<String, Spanned<toml::Value>>,
) -> Result<BTreeMap<String, Value>, Problem> {
    let answers = table.into_iter().map(|(key, value)| {
        let span = value.span();
        match answer(value.into_inner()) {
            Some(answer) => Ok((key, answer)),
            None => Err((span, RecordProblem::Answer(key))),
        }
    });
    answers.collect()
}

fn answer(value: toml::Value) -> Option<Value> {
    match value {
        toml::Value::String(text) => Some(Value::from(text)),
        toml::Value::Integer(number) => Some(Value::from(number)),
        toml::Value::Float(number) if number.is_finite() => Some(Value::from(number)),
        toml::Value::Boolean(truth) => Some(Value::from(truth)),
        toml::Value::Array(entries) => {
            let texts = entries.into_iter().map(|entry| match entry {
                toml::Value::String(text) => Some(Value::from(text)),
                _ => None,
            });
            texts.collect::<Option<Vec<_>>>().map(Value::from)
        }
        _ => None,
    }
}

fn files(
    table: &BTreeMap<String, Spanned<FileTable>>,
) -> Result<BTreeMap<SafePath, FileRecord>, Problem> {
    let files = table.iter().map(|(path, entry)| {
        let file = file(path, entry.get_ref()).map_err(|problem| (entry.span(), problem))?;
        let path = SafePath::parse(path).map_err(|fault| {
            let path = path.clone();
            (entry.span(), RecordProblem::Path { path, fault })
        })?;
        Ok((path, file))
    });
    files.collect()
}

fn file(path: &str, table: &FileTable) -> Result<FileRecord, RecordProblem> {
    let mode = match table.mode.as_str() {
        "100644" => 0o100_644,
        "100755" => 0o100_755,
        "120000" => LINK_MODE,
        mode => return Err(RecordProblem::Mode(mode.to_owned())),
    };
    let hash = match (&table.sha256, table.secret) {
        (Some(sum), false) => {
            Some(ContentHash::parse(sum).ok_or_else(|| RecordProblem::Sum(sum.clone()))?)
        }
        (None, true) => None,
        _ => return Err(RecordProblem::SumOrSecret(path.to_owned())),
    };
    Ok(FileRecord { mode, hash })
}
