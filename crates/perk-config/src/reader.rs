//! One configuration file: TOML text to settings with their places.

use std::collections::BTreeMap;
use std::ops::Range;

use camino::Utf8Path;
use perk_diag::LineIndex;
use time::{Date, Month};
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use crate::docker_run;
use crate::{
    CheckLevel, Choice, ColorWhen, ConfigError, DockerRunSettings, FailOn, Layer, Origin,
    PathPattern, Place, Setting, Suppression,
};
use perk_diag::nearest;

const ROOT: &[&str] = &["output", "iam", "scaffold", "docker-run"];
const OUTPUT: &[&str] = &["color"];
const IAM: &[&str] = &["fail-on", "checks"];
const SCAFFOLD: &[&str] = &["sources"];
const SUPPRESS: &[&str] = &["code", "path", "sid", "reason", "expires"];

/// What one file says; what it does not say stays with the layers below.
#[derive(Debug, Clone, Default)]
pub struct FileSettings {
    pub(crate) color: Option<Setting<ColorWhen>>,
    pub(crate) fail_on: Option<Setting<FailOn>>,
    pub(crate) levels: BTreeMap<String, Setting<CheckLevel>>,
    pub(crate) suppressions: Vec<Suppression>,
    pub(crate) sources: BTreeMap<String, Setting<String>>,
    pub(crate) docker_run: DockerRunSettings,
}

/// Parses the text of one configuration file.
pub fn parse_file(layer: Layer, path: &Utf8Path, text: &str) -> Result<FileSettings, ConfigError> {
    let reader = Reader {
        layer,
        path,
        index: LineIndex::new(text),
    };
    let root = DeTable::parse(text).map_err(|error| ConfigError::Syntax {
        place: reader.place(error.span().unwrap_or_default()),
        message: error.message().replace('\n', ", "),
    })?;
    reader.root(root.get_ref())
}

pub(crate) type Value<'t> = Spanned<DeValue<'t>>;
pub(crate) type Name<'t> = Spanned<DeString<'t>>;

pub(crate) struct Reader<'t> {
    layer: Layer,
    path: &'t Utf8Path,
    index: LineIndex<'t>,
}

impl Reader<'_> {
    fn root(&self, table: &DeTable<'_>) -> Result<FileSettings, ConfigError> {
        let mut settings = FileSettings::default();
        for (name, value) in table {
            match name.get_ref().as_ref() {
                "output" => self.output(self.table("output", value)?, &mut settings)?,
                "iam" => self.iam(self.table("iam", value)?, &mut settings)?,
                "scaffold" => self.scaffold(self.table("scaffold", value)?, &mut settings)?,
                "docker-run" => {
                    let table = self.table("docker-run", value)?;
                    settings.docker_run = docker_run::read(self, table)?;
                }
                _ => return Err(self.unknown("", name, ROOT)),
            }
        }
        Ok(settings)
    }

    fn output(&self, table: &DeTable<'_>, settings: &mut FileSettings) -> Result<(), ConfigError> {
        for (name, value) in table {
            match name.get_ref().as_ref() {
                "color" => settings.color = Some(self.word("output.color", value)?),
                _ => return Err(self.unknown("output.", name, OUTPUT)),
            }
        }
        Ok(())
    }

    fn iam(&self, table: &DeTable<'_>, settings: &mut FileSettings) -> Result<(), ConfigError> {
        for (name, value) in table {
            match name.get_ref().as_ref() {
                "fail-on" => settings.fail_on = Some(self.word("iam.fail-on", value)?),
                "checks" => self.checks(self.table("iam.checks", value)?, settings)?,
                _ => return Err(self.unknown("iam.", name, IAM)),
            }
        }
        Ok(())
    }

    fn scaffold(
        &self,
        table: &DeTable<'_>,
        settings: &mut FileSettings,
    ) -> Result<(), ConfigError> {
        for (name, value) in table {
            match name.get_ref().as_ref() {
                "sources" => {
                    settings.sources = self.sources(self.table("scaffold.sources", value)?)?;
                }
                _ => return Err(self.unknown("scaffold.", name, SCAFFOLD)),
            }
        }
        Ok(())
    }

    fn sources(
        &self,
        table: &DeTable<'_>,
    ) -> Result<BTreeMap<String, Setting<String>>, ConfigError> {
        let source = |name: &Name<'_>, value: &Value<'_>| {
            let text = name.get_ref().as_ref();
            if !is_source_name(text) {
                return Err(ConfigError::SourceName {
                    name: text.to_owned(),
                    place: self.place(name.span()),
                });
            }
            let source = Setting {
                value: self.text(&format!("scaffold.sources.{text}"), value)?,
                origin: self.origin(value.span()),
            };
            Ok((text.to_owned(), source))
        };
        table
            .iter()
            .map(|(name, value)| source(name, value))
            .collect()
    }

    fn checks(&self, table: &DeTable<'_>, settings: &mut FileSettings) -> Result<(), ConfigError> {
        for (name, value) in table {
            match name.get_ref().as_ref() {
                "suppress" => settings.suppressions = self.suppressions(value)?,
                code => {
                    let mut level = self.word(&format!("iam.checks.{code}"), value)?;
                    level.origin = self.origin(name.span());
                    settings.levels.insert(code.to_owned(), level);
                }
            }
        }
        Ok(())
    }

    fn suppressions(&self, value: &Value<'_>) -> Result<Vec<Suppression>, ConfigError> {
        const KEY: &str = "iam.checks.suppress";
        let Some(entries) = value.get_ref().as_array() else {
            return Err(self.wrong_type(KEY, value, "a list of tables"));
        };
        entries
            .iter()
            .map(|entry| self.suppression(entry.span(), self.table(KEY, entry)?))
            .collect()
    }

    fn suppression(
        &self,
        span: Range<usize>,
        table: &DeTable<'_>,
    ) -> Result<Suppression, ConfigError> {
        if let Some((name, _)) = table
            .iter()
            .find(|(name, _)| !SUPPRESS.contains(&name.get_ref().as_ref()))
        {
            return Err(self.unknown("iam.checks.suppress.", name, SUPPRESS));
        }
        let (code, code_place) = self.required("iam.checks.suppress.code", &span, table)?;
        let (reason, _) = self.required("iam.checks.suppress.reason", &span, table)?;
        Ok(Suppression {
            code,
            code_place,
            reason,
            sid: table
                .get("sid")
                .map(|value| self.text("iam.checks.suppress.sid", value))
                .transpose()?,
            path: table
                .get("path")
                .map(|value| self.pattern(value))
                .transpose()?,
            expires: table
                .get("expires")
                .map(|value| self.date(value))
                .transpose()?,
            origin: self.origin(span),
        })
    }

    fn required(
        &self,
        key: &'static str,
        entry: &Range<usize>,
        table: &DeTable<'_>,
    ) -> Result<(String, Place), ConfigError> {
        let name = key.rsplit('.').next().unwrap_or(key);
        let Some(value) = table.get(name) else {
            let place = self.place(entry.clone());
            return Err(ConfigError::MissingKey { key, place });
        };
        let text = self.text(key, value)?;
        let place = self.place(value.span());
        if text.trim().is_empty() {
            return Err(ConfigError::Blank { key, place });
        }
        Ok((text, place))
    }

    pub(crate) fn table<'v, 't>(
        &self,
        key: &str,
        value: &'v Value<'t>,
    ) -> Result<&'v DeTable<'t>, ConfigError> {
        value
            .get_ref()
            .as_table()
            .ok_or_else(|| self.wrong_type(key, value, "a table"))
    }

    pub(crate) fn text(&self, key: &str, value: &Value<'_>) -> Result<String, ConfigError> {
        match value.get_ref().as_str() {
            Some(text) => Ok(text.to_owned()),
            None => Err(self.wrong_type(key, value, "a string")),
        }
    }

    pub(crate) fn text_setting(
        &self,
        key: &str,
        value: &Value<'_>,
    ) -> Result<Setting<String>, ConfigError> {
        Ok(Setting {
            value: self.text(key, value)?,
            origin: self.origin(value.span()),
        })
    }

    pub(crate) fn texts(
        &self,
        key: &str,
        value: &Value<'_>,
    ) -> Result<Setting<Vec<String>>, ConfigError> {
        let Some(entries) = value.get_ref().as_array() else {
            return Err(self.wrong_type(key, value, "a list of strings"));
        };
        let texts = entries.iter().map(|entry| self.text(key, entry));
        Ok(Setting {
            value: texts.collect::<Result<_, _>>()?,
            origin: self.origin(value.span()),
        })
    }

    pub(crate) fn word<T: Choice>(
        &self,
        key: &str,
        value: &Value<'_>,
    ) -> Result<Setting<T>, ConfigError> {
        let word = self.text(key, value)?;
        let Some(choice) = T::parse(&word) else {
            return Err(ConfigError::UnknownWord {
                key: key.to_owned(),
                value: word,
                place: self.place(value.span()).to_string(),
                known: T::names(),
            });
        };
        Ok(Setting {
            value: choice,
            origin: self.origin(value.span()),
        })
    }

    fn pattern(&self, value: &Value<'_>) -> Result<PathPattern, ConfigError> {
        let pattern = self.text("iam.checks.suppress.path", value)?;
        PathPattern::parse(&pattern).map_err(|source| ConfigError::InvalidPattern {
            pattern,
            place: self.place(value.span()),
            source,
        })
    }

    fn date(&self, value: &Value<'_>) -> Result<Date, ConfigError> {
        plain_date(value.get_ref()).ok_or_else(|| {
            self.wrong_type(
                "iam.checks.suppress.expires",
                value,
                "a bare date such as 2027-01-31",
            )
        })
    }

    pub(crate) fn unknown(
        &self,
        prefix: &str,
        name: &Name<'_>,
        known: &'static [&'static str],
    ) -> ConfigError {
        ConfigError::UnknownKey {
            key: format!("{prefix}{}", name.get_ref()),
            place: self.place(name.span()),
            nearest: nearest(name.get_ref(), known.iter().copied()),
            known,
        }
    }

    fn wrong_type(&self, key: &str, value: &Value<'_>, expected: &'static str) -> ConfigError {
        ConfigError::WrongType {
            key: key.to_owned(),
            place: self.place(value.span()),
            expected,
            found: type_name(value.get_ref()),
        }
    }

    pub(crate) fn origin(&self, span: Range<usize>) -> Origin {
        Origin::File {
            layer: self.layer,
            place: self.place(span),
        }
    }

    fn place(&self, span: Range<usize>) -> Place {
        let offset = u32::try_from(span.start).unwrap_or(u32::MAX);
        Place {
            path: self.path.to_owned(),
            position: self.index.line_column(offset),
        }
    }
}

/// What projects keep as the source of a template that came with perk.
const BUILT_IN: &str = "built-in";

/// Returns whether a name can be typed where a template is asked for, and is nothing else there.
fn is_source_name(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    name.starts_with(|letter: char| letter.is_ascii_lowercase())
        && name.bytes().all(is_plain)
        && name != BUILT_IN
}

fn plain_date(value: &DeValue<'_>) -> Option<Date> {
    let datetime = value.as_datetime()?;
    let (Some(date), None) = (datetime.date, datetime.time) else {
        return None;
    };
    let month = Month::try_from(date.month).ok()?;
    Date::from_calendar_date(i32::from(date.year), month, date.day).ok()
}

fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
