//! `/etc/environment`, which `pam_env` reads at login.
//!
//! A line is `NAME=value`, with `export ` before it or not. A `#` ends it wherever it stands, even
//! in a password. One pair of quotes around the value is not a part of it. Nothing is expanded.

use super::assignments::{self, Assignment, Prefer};
use super::{Found, SourceFault};
use crate::Place;

/// Reads the variables of proxies in the file.
pub fn find(path: &str, text: &str) -> Result<Option<Found>, SourceFault> {
    let assignments: Vec<_> = text
        .lines()
        .enumerate()
        .filter_map(|(index, line)| assignment(line, Place::line(path, index + 1)))
        .collect();
    assignments::find(&assignments, Prefer::Lower)
}

fn assignment(line: &str, place: Place) -> Option<Assignment> {
    let line = line.split('#').next()?;
    let line = line.trim_start_matches('\u{feff}').trim();
    let line = line.strip_prefix("export ").unwrap_or(line);
    let (name, value) = line.split_once('=')?;
    Some(Assignment {
        name: name.to_owned(),
        value: unquoted(value).to_owned(),
        place,
    })
}

fn unquoted(value: &str) -> &str {
    ['"', '\'']
        .into_iter()
        .find_map(|quote| value.strip_prefix(quote)?.strip_suffix(quote))
        .unwrap_or(value)
}
