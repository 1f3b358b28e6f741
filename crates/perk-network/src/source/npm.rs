//! The configuration of npm: variables `npm_config_…`, and `.npmrc` of the project, the user, the
//! machine and npm itself.
//!
//! The keys are `proxy`, `https-proxy` and `noproxy`; `${NAME}` stands for a variable, and `null`
//! and `false` for nothing (npm's documentation of `npmrc` and `config`).

use super::collector::Collector;
use super::{Found, SourceFault, SourceRemark};
use crate::{Field, Place};

/// Reads the proxies in files, each with its path, the one that counts most last, and in variables,
/// which count more than all files.
pub fn find<'a>(
    files: &[(&str, &str)],
    variables: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Option<Found>, SourceFault> {
    let mut collector = Collector::default();
    let variables: Vec<_> = variables.into_iter().collect();
    let variable = |name: &str| {
        let mut variables = variables.iter();
        let (_, value) = variables.find(|(known, _)| *known == name)?;
        Some((*value).to_owned())
    };
    for (path, text) in files {
        let mut has_list = false;
        for (index, line) in text.lines().enumerate() {
            let Some((key, value)) = setting(line) else {
                continue;
            };
            let place = Place::line(path, index + 1);
            let Some(field) = field(key) else {
                continue;
            };
            let value = match expanded(&value, &variable) {
                Ok(value) => value,
                Err(name) => {
                    collector.remark(&place, SourceRemark::UnsetVariable { name });
                    continue;
                }
            };
            match field {
                Field::NoProxy if has_list => collector.no_proxy(meant(&value), &place),
                _ => take(&mut collector, field, &value, &place)?,
            }
            has_list |= key.ends_with("[]");
        }
    }
    for (name, value) in &variables {
        if let Some(field) = key_of_variable(name).and_then(|key| field(&key))
            && !value.is_empty()
        {
            let place = Place::Variable((*name).to_owned());
            take(&mut collector, field, value, &place)?;
        }
    }
    Ok(collector.finish())
}

/// Returns the key that a variable sets, if it is one of npm's.
pub fn key_of_variable(name: &str) -> Option<String> {
    const PREFIX: &str = "npm_config_";
    let (prefix, key) = name.split_at_checked(PREFIX.len())?;
    let is_ours = prefix.eq_ignore_ascii_case(PREFIX);
    is_ours.then(|| key.to_ascii_lowercase().replace('_', "-"))
}

/// Returns the value of a key in a file, the last one if there are several.
pub fn value_of(text: &str, key: &str) -> Option<String> {
    let settings = text.lines().filter_map(setting);
    let mut of_key = settings.filter(|(known, _)| *known == key);
    of_key.next_back().map(|(_, value)| value)
}

fn take(
    collector: &mut Collector,
    field: Field,
    value: &str,
    place: &Place,
) -> Result<(), SourceFault> {
    match field {
        Field::NoProxy => collector.replace_no_proxy(meant(value), place),
        _ => collector.proxy(field, meant(value), place)?,
    }
    Ok(())
}

/// Some words stand for nothing.
fn meant(value: &str) -> &str {
    match value {
        "null" | "false" | "undefined" => "",
        value => value,
    }
}

fn field(key: &str) -> Option<Field> {
    match key {
        "proxy" | "http-proxy" => Some(Field::Http),
        "https-proxy" => Some(Field::Https),
        "noproxy" | "no-proxy" | "noproxy[]" => Some(Field::NoProxy),
        _ => None,
    }
}

/// Returns the key and the value of a line; `;` and `#` begin a comment, unless in quotes or
/// after a `\`.
fn setting(line: &str) -> Option<(&str, String)> {
    let line = line.trim_start_matches('\u{feff}').trim();
    if line.starts_with([';', '#', '[']) {
        return None;
    }
    let (key, value) = line.split_once('=')?;
    let value = value.trim();
    let quoted = ['"', '\'']
        .into_iter()
        .find_map(|quote| value.strip_prefix(quote)?.strip_suffix(quote));
    let value = match quoted {
        Some(inner) => inner.to_owned(),
        None => without_comment(value),
    };
    Some((key.trim(), value))
}

fn without_comment(value: &str) -> String {
    let mut kept = String::new();
    let mut letters = value.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if matches!(letters.peek(), Some(';' | '#' | '\\')) => kept.extend(letters.next()),
            ';' | '#' => break,
            letter => kept.push(letter),
        }
    }
    kept.trim_end().to_owned()
}

/// Puts variables in; the error is the name of one that is not set.
fn expanded(value: &str, variable: &dyn Fn(&str) -> Option<String>) -> Result<String, String> {
    let mut text = String::new();
    let mut rest = value;
    while let Some((before, after)) = rest.split_once("${") {
        let Some((name, left)) = after.split_once('}') else {
            break;
        };
        let (name, is_optional) = match name.strip_suffix('?') {
            Some(name) => (name, true),
            None => (name, false),
        };
        text.push_str(before);
        match variable(name) {
            Some(value) => text.push_str(&value),
            None if is_optional => {}
            None => return Err(name.to_owned()),
        }
        rest = left;
    }
    text.push_str(rest);
    Ok(text)
}
