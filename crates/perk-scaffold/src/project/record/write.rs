//! A record as text: one line for each answer and each file, sorted, so that a difference between
//! two records reads well and merges well.

use std::fmt::{self, Write as _};

use serde_json::Value;

use super::{FileRecord, Record, TemplateRecord};
use crate::render::quote;

const HEADER: &str = "\
# Written by `perk scaffold`: which templates this project was made from, and what they made.
# Keep it and the folder it is in under version control.
schema = 1
";

impl Record {
    /// Returns the text of the record.
    pub fn to_text(&self) -> String {
        let mut text = HEADER.to_owned();
        for template in &self.templates {
            // Writing to a string does not fail.
            let _ = write_template(&mut text, template);
        }
        text
    }
}

fn write_template(text: &mut String, template: &TemplateRecord) -> fmt::Result {
    writeln!(text, "\n[[template]]")?;
    writeln!(text, "name = {}", quote(&template.name))?;
    writeln!(text, "version = {}", quote(&template.version))?;
    writeln!(text, "source = {}", quote(&template.source))?;
    if let Some(commit) = &template.commit {
        writeln!(text, "commit = {}", quote(commit))?;
    }
    writeln!(text, "content = \"sha256:{}\"", template.content)?;
    writeln!(text, "perk = {}", quote(&template.perk))?;
    if !template.answers.is_empty() {
        writeln!(text, "\n[template.answers]")?;
        for (key, value) in &template.answers {
            writeln!(text, "{} = {}", key_text(key), value_text(value))?;
        }
    }
    writeln!(text, "\n[template.files]")?;
    for (path, file) in &template.files {
        writeln!(text, "{} = {}", quote(path.as_str()), file_text(*file))?;
    }
    Ok(())
}

fn file_text(file: FileRecord) -> String {
    match file.hash {
        Some(hash) => format!("{{ mode = \"{:o}\", sha256 = \"{hash}\" }}", file.mode),
        None => format!("{{ mode = \"{:o}\", secret = true }}", file.mode),
    }
}

fn key_text(key: &str) -> String {
    let is_bare = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    if !key.is_empty() && key.bytes().all(is_bare) {
        key.to_owned()
    } else {
        quote(key)
    }
}

fn value_text(value: &Value) -> String {
    match value {
        Value::String(text) => quote(text),
        Value::Array(entries) => {
            let entries: Vec<String> = entries.iter().map(value_text).collect();
            format!("[{}]", entries.join(", "))
        }
        value => value.to_string(),
    }
}
