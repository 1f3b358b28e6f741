//! Files that set variables of the docker service, such as
//! `/etc/systemd/system/docker.service.d/http-proxy.conf`.
//!
//! `systemd.exec(5)` and `systemd.syntax(7)` have the rules: several assignments to a line, quotes
//! around them, C escapes, `\` at the end of a line, `%%` for `%`, and an empty `Environment=`
//! that takes all back.

use super::assignments::{self, Assignment, Prefer};
use super::{Found, SourceFault, SourceRemark};
use crate::Place;
use crate::remark::{About, Remark};

/// Reads the variables of proxies in files, each with its path, in the order of their names.
pub fn find(files: &[(&str, &str)]) -> Result<Option<Found>, SourceFault> {
    let mut service = Service::default();
    for (path, text) in files {
        for (line, key, value) in settings(text) {
            service.take(key, &value, &Place::line(path, line));
        }
    }
    let found = assignments::find(&service.assignments, Prefer::Upper)?;
    if found.is_none() && service.remarks.is_empty() {
        return Ok(None);
    }
    let mut found = found.unwrap_or_default();
    found.remarks.splice(0..0, service.remarks);
    Ok(Some(found))
}

#[derive(Default)]
struct Service {
    assignments: Vec<Assignment>,
    remarks: Vec<Remark>,
}

impl Service {
    fn take(&mut self, key: &str, value: &str, place: &Place) {
        match key {
            "Environment" if value.is_empty() => self.assignments.clear(),
            "Environment" => {
                for word in words(value) {
                    self.assign(&word, place);
                }
            }
            "EnvironmentFile" if !value.is_empty() => {
                let path = value.strip_prefix('-').unwrap_or(value).to_owned();
                self.remark(place, SourceRemark::EnvironmentFile { path });
            }
            _ => {}
        }
    }

    fn assign(&mut self, word: &str, place: &Place) {
        let Some((name, value)) = word.split_once('=') else {
            return;
        };
        let value = value.replace("%%", "\0");
        if value.contains('%') && name.to_ascii_lowercase().ends_with("_proxy") {
            self.remark(place, SourceRemark::SystemdPercent);
        }
        self.assignments.push(Assignment {
            name: name.to_owned(),
            value: value.replace('\0', "%"),
            place: place.clone(),
        });
    }

    fn remark(&mut self, place: &Place, remark: SourceRemark) {
        self.remarks.push(Remark {
            place: place.clone(),
            about: About::Source(remark),
        });
    }
}

/// Returns the settings of the section `[Service]`, with the line each begins at.
fn settings(text: &str) -> Vec<(usize, &str, String)> {
    let mut settings = Vec::new();
    let mut is_service = false;
    let mut lines = text.lines().enumerate();
    while let Some((index, line)) = lines.next() {
        let line = line.trim_start_matches('\u{feff}').trim();
        if line.starts_with('[') {
            is_service = line == "[Service]";
        } else if !line.starts_with(['#', ';']) {
            let mut whole = line.to_owned();
            while let Some(open) = whole.strip_suffix('\\') {
                let next = lines.by_ref().map(|(_, next)| next.trim());
                let mut next = next.filter(|next| !next.starts_with(['#', ';']));
                whole = format!("{} {}", open, next.next().unwrap_or(""));
            }
            if let (true, Some((key, _))) = (is_service, line.split_once('=')) {
                let value = whole.split_once('=').map_or("", |(_, value)| value).trim();
                settings.push((index + 1, key.trim(), value.to_owned()));
            }
        }
    }
    settings
}

/// Splits at blanks outside quotes, and takes quotes and escapes out.
fn words(value: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        match (letter, quote) {
            (letter, Some(open)) if letter == open => quote = None,
            ('"' | '\'', None) => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (letter, None) if letter.is_whitespace() => words.extend(word.take()),
            ('\\', _) => word
                .get_or_insert_default()
                .extend(letters.next().map(unescaped)),
            (letter, _) => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    words
}

/// Of the C escapes only those of blanks matter in an address.
fn unescaped(letter: char) -> char {
    match letter {
        's' => ' ',
        't' => '\t',
        'n' => '\n',
        other => other,
    }
}
