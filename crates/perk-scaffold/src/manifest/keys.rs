//! Which keys a table of `template.toml` may have. An unknown one is a mistake, never ignored.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::ManifestProblem;
use perk_diag::nearest;

/// A table with its keys, and the tables or lists of tables below some of them.
struct Table {
    keys: &'static [&'static str],
    below: &'static [(&'static str, &'static Table)],
}

const ROOT: Table = Table {
    keys: &[
        "schema", "template", "question", "computed", "rule", "hook", "check",
    ],
    below: &[
        ("template", &leaf(&["name", "version", "description"])),
        ("question", &QUESTION),
        ("computed", &leaf(&["key", "value"])),
        ("rule", &leaf(&["paths", "when", "delimiters", "each"])),
        ("hook", &leaf(&["at", "run", "when"])),
        ("check", &leaf(&["name", "run"])),
    ],
};

const QUESTION: Table = Table {
    keys: &[
        "key", "ask", "help", "type", "choices", "default", "pattern", "valid", "message", "when",
    ],
    below: &[("choices", &leaf(&["value", "label"]))],
};

const fn leaf(keys: &'static [&'static str]) -> Table {
    Table { keys, below: &[] }
}

/// Returns the first unknown key with its place.
pub(super) fn unknown_key(root: &DeTable<'_>) -> Option<(Range<usize>, ManifestProblem)> {
    in_table(root, "", &ROOT)
}

fn in_table(
    table: &DeTable<'_>,
    prefix: &str,
    known: &Table,
) -> Option<(Range<usize>, ManifestProblem)> {
    for (name, value) in table {
        let key = name.get_ref().as_ref();
        if !known.keys.contains(&key) {
            let problem = ManifestProblem::UnknownKey {
                key: format!("{prefix}{key}"),
                nearest: nearest(key, known.keys.iter().copied()).map(str::to_owned),
                known: known.keys,
            };
            return Some((name.span(), problem));
        }
        let below = known.below.iter().find(|(name, _)| *name == key);
        if let Some((_, known)) = below {
            let unknown = in_value(value, &format!("{prefix}{key}."), known);
            if unknown.is_some() {
                return unknown;
            }
        }
    }
    None
}

fn in_value(
    value: &Spanned<DeValue<'_>>,
    prefix: &str,
    known: &Table,
) -> Option<(Range<usize>, ManifestProblem)> {
    match value.get_ref() {
        DeValue::Table(table) => in_table(table, prefix, known),
        DeValue::Array(entries) => entries
            .iter()
            .find_map(|entry| in_value(entry, prefix, known)),
        _ => None,
    }
}
