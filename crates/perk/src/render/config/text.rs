//! The configuration as text; the settings as TOML that perk could read again.

use std::fmt;

use perk_config::{Config, Origin, Suppression};
use perk_term::{Meaning, OutputError, Painter, Terminal, printable};

use super::words::{Word, words};
use crate::render::toml::TomlString;
use crate::settings::ConfigFile;

/// Writes all settings as a `perk.toml`, with origins as comments.
pub(crate) fn settings_text(
    config: &Config,
    with_origin: bool,
    terminal: &mut Terminal,
) -> Result<(), OutputError> {
    let painter = terminal.data_painter();
    let comment = |origin| Comment {
        origin: with_origin.then_some(origin),
        painter,
    };
    let data = terminal.data();
    for Word { key, value, origin } in words(config) {
        let key = painter.paint(Meaning::Name, key);
        writeln!(data, "{key} = {value}{}", comment(origin))?;
    }
    for entry in &config.iam.checks.suppressions {
        let title = painter.paint(Meaning::Heading, "[[iam.checks.suppress]]");
        writeln!(data, "\n{title}{}", comment(&entry.origin))?;
        write!(data, "{}", SuppressionKeys(entry))?;
    }
    Ok(())
}

/// Writes the paths of the configuration files.
pub(crate) fn files_text(files: &[ConfigFile], terminal: &mut Terminal) -> Result<(), OutputError> {
    let painter = terminal.data_painter();
    for file in files {
        let path = painter.paint(Meaning::Path, printable(file.path.as_str()));
        let remark = if file.exists { "" } else { "  (not there)" };
        let remark = painter.paint(Meaning::Aside, remark);
        writeln!(
            terminal.data(),
            "{:<8} {path}{remark}",
            file.layer.to_string()
        )?;
    }
    Ok(())
}

/// The origin of a value as a TOML comment, or nothing.
struct Comment<'c> {
    origin: Option<&'c Origin>,
    painter: Painter,
}

impl fmt::Display for Comment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(origin) = self.origin else {
            return Ok(());
        };
        let text = format!("# {}", printable(&origin.to_string()));
        write!(f, "  {}", self.painter.paint(Meaning::Aside, text))
    }
}

/// The keys of a suppression, one a line.
struct SuppressionKeys<'c>(&'c Suppression);

impl fmt::Display for SuppressionKeys<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entry = self.0;
        writeln!(f, "code = {}", TomlString(&entry.code))?;
        if let Some(path) = &entry.path {
            writeln!(f, "path = {}", TomlString(path.as_str()))?;
        }
        if let Some(sid) = &entry.sid {
            writeln!(f, "sid = {}", TomlString(sid))?;
        }
        writeln!(f, "reason = {}", TomlString(&entry.reason))?;
        if let Some(expires) = entry.expires {
            writeln!(f, "expires = {expires}")?;
        }
        Ok(())
    }
}
