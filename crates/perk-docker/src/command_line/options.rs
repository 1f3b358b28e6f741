//! The table of options that the engines have.

use std::sync::LazyLock;

use crate::engine::{Engine, Version};

const TABLE: &str = include_str!("options.txt");

/// Whether an option takes a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Nothing, or a yes or no behind `=`.
    Flag,
    /// A value, behind `=` or in the next word.
    Value,
}

/// How a service of a Compose file says what an option says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ComposeKey {
    /// One value of a list.
    List(&'static str),
    /// A text.
    Text(&'static str),
    /// A number where it is one, else a text.
    Number(&'static str),
    /// A yes or no.
    Flag(&'static str),
    /// In a way that only code can tell.
    Own,
    /// Not at all, since it says nothing about the service.
    Nothing,
}

/// An option of at least one engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OptionRow {
    /// The name, without dashes.
    pub name: &'static str,
    /// The letter that stands for it.
    pub short: Option<char>,
    /// Whether it takes a value; that of the other option for another spelling.
    pub takes: Takes,
    /// The usual name, which is the same unless this is another spelling.
    pub canonical: &'static str,
    since: [Option<Version>; 3],
    compose: Option<ComposeKey>,
}

impl OptionRow {
    /// Returns the first version of an engine that is known to have the option.
    pub fn since(&self, engine: Engine) -> Option<Version> {
        self.since[engine as usize]
    }

    pub(crate) fn compose(&self) -> Option<ComposeKey> {
        self.compose
    }
}

/// Returns all options of all engines.
pub fn options() -> &'static [OptionRow] {
    static OPTIONS: LazyLock<Vec<OptionRow>> = LazyLock::new(|| {
        let mut rows: Vec<_> = TABLE.lines().filter_map(row).collect();
        // Another spelling takes what the usual one takes.
        for index in 0..rows.len() {
            let usual = rows.iter().find(|row| row.name == rows[index].canonical);
            if let Some(takes) = usual.map(|row| row.takes) {
                rows[index].takes = takes;
            }
        }
        rows
    });
    &OPTIONS
}

fn row(line: &'static str) -> Option<OptionRow> {
    if line.starts_with('#') {
        return None;
    }
    let mut cells = line.split_ascii_whitespace();
    let name = cells.next()?;
    let short = cells.next()?.chars().next().filter(|&short| short != '-');
    let (takes, canonical) = match cells.next()? {
        "flag" => (Takes::Flag, name),
        "value" => (Takes::Value, name),
        other => (Takes::Value, other.strip_prefix('=')?),
    };
    let mut since = [None; 3];
    for version in &mut since {
        *version = Version::parse(cells.next()?);
    }
    Some(OptionRow {
        name,
        short,
        takes,
        canonical,
        since,
        compose: compose_key(cells.next()?),
    })
}

fn compose_key(cell: &'static str) -> Option<ComposeKey> {
    match cell.split_once(':').unwrap_or((cell, "")) {
        ("list", key) => Some(ComposeKey::List(key)),
        ("text", key) => Some(ComposeKey::Text(key)),
        ("number", key) => Some(ComposeKey::Number(key)),
        ("flag", key) => Some(ComposeKey::Flag(key)),
        ("own", _) => Some(ComposeKey::Own),
        ("none", _) => Some(ComposeKey::Nothing),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_a_row() {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        for line in lines.clone() {
            assert!(row(line).is_some(), "{line}");
        }
        assert_eq!(options().len(), lines.count());
    }

    #[test]
    fn names_are_sorted_and_spellings_lead_to_options() {
        assert!(options().is_sorted_by(|one, next| one.name < next.name));
        for row in options() {
            assert!(
                Engine::ALL
                    .iter()
                    .any(|&engine| row.since(engine).is_some())
            );
            let usual = options().iter().find(|other| other.name == row.canonical);
            assert_eq!(usual.map(|usual| usual.takes), Some(row.takes), "{row:?}");
        }
    }

    #[test]
    fn no_engine_has_a_letter_twice() {
        for engine in Engine::ALL {
            let rows = options().iter().filter(|row| row.since(engine).is_some());
            let mut letters: Vec<_> = rows.filter_map(|row| row.short).collect();
            letters.sort_unstable();
            assert!(letters.is_sorted_by(|one, next| one < next), "{letters:?}");
        }
    }
}
