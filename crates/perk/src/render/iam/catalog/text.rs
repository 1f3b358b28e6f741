//! What the catalog says, as text for people, from the values of the JSON documents.

use std::fmt::Display;
use std::io::{self, Write};

use perk_iam_catalog::AccessLevel;
use perk_term::{Meaning, OutputError, Painter, Terminal, printable};

use super::info::InfoDocument;
use super::names::{ActionName, KeyName};
use super::search::SearchDocument;
use super::show::{ActionEntry, ConditionKeyEntry, Entry, ServiceEntry, ShowDocument};
use crate::render::iam::summary::counted;

/// Rows of a group that a search shows unless asked for all.
const SEARCH_ROWS: usize = 20;
/// Actions that are named for a condition key; some keys belong to thousands.
const KEY_ACTIONS: usize = 60;
/// A name that is longer than this does not move the column behind it.
const WIDEST_NAME: usize = 60;

/// Writes which catalog is used.
pub(crate) fn info_text(
    document: &InfoDocument<'_>,
    terminal: &mut Terminal,
) -> Result<(), OutputError> {
    let age = match document.age_in_days {
        Some(1) => " (1 day old)".to_owned(),
        Some(days @ 0..) => format!(" ({days} days old)"),
        _ => String::new(),
    };
    let source = document.cache.unwrap_or("embedded in perk");
    let mut page = Page::new(terminal);
    page.rows(
        &[
            ("version", document.version.to_owned()),
            ("date", format!("{}{age}", document.date)),
            ("source", source.to_owned()),
            ("services", document.services.to_string()),
            ("actions", document.actions.to_string()),
            ("resource types", document.resource_types.to_string()),
            ("condition keys", document.condition_keys.to_string()),
            (
                "global condition keys",
                document.global_condition_keys.to_string(),
            ),
            ("partitions", document.partitions.to_string()),
            ("regions", document.regions.to_string()),
        ],
        "",
    )?;
    Ok(())
}

/// Writes everything about one name.
pub(crate) fn show_text(
    document: &ShowDocument<'_>,
    terminal: &mut Terminal,
) -> Result<(), OutputError> {
    let mut page = Page::new(terminal);
    match &document.entry {
        Entry::Action(entry) => action(entry, &mut page)?,
        Entry::Service(entry) => service(entry, &mut page)?,
        Entry::ConditionKey(entry) => condition_key(entry, &mut page)?,
    }
    Ok(())
}

fn action(entry: &ActionEntry<'_>, page: &mut Page<'_>) -> io::Result<()> {
    page.title(&entry.name.name)?;
    let (service, level) = (printable(entry.service.name), &entry.name.access_level);
    page.line(format_args!("action of {service}, access level: {level}"))?;
    if entry.resource_types.is_empty() {
        page.line("acts on no resource: `Resource` has to be `*`")?;
    } else {
        page.heading("Resource types")?;
    }
    let mut rows = Vec::new();
    for resource in &entry.resource_types {
        let required = if resource.required { "*" } else { "" };
        rows.extend(arn_rows(
            &format!("{}{required}", resource.name),
            &resource.arn_patterns,
        ));
    }
    page.rows(&rows, "  ")?;
    if entry
        .resource_types
        .iter()
        .any(|resource| resource.required)
    {
        page.line("  * required")?;
    }
    keys(&entry.condition_keys, page)?;
    if !entry.dependent_actions.is_empty() {
        page.heading("Also needs")?;
        page.wrapped(&entry.dependent_actions)?;
    }
    Ok(())
}

fn service(entry: &ServiceEntry<'_>, page: &mut Page<'_>) -> io::Result<()> {
    page.title(entry.name.prefix)?;
    page.line(format_args!(
        "{}: {}, {}, {}",
        printable(entry.name.name),
        counted(entry.actions.len(), "action", "actions"),
        counted(
            entry.resource_types.len(),
            "resource type",
            "resource types"
        ),
        counted(
            entry.condition_keys.len(),
            "condition key",
            "condition keys"
        ),
    ))?;
    if entry.supports_rcp {
        page.line("resource control policies apply")?;
    }
    if !entry.resource_types.is_empty() {
        page.heading("Resource types")?;
    }
    let types = entry.resource_types.iter();
    let rows: Vec<_> = types
        .flat_map(|entry| arn_rows(entry.name, &entry.arn_patterns))
        .collect();
    page.rows(&rows, "  ")?;
    keys(&entry.condition_keys, page)?;
    for level in AccessLevel::ALL {
        let of_level = |action: &&ActionName| action.access_level == level.to_string();
        let actions: Vec<&str> = entry
            .actions
            .iter()
            .filter(of_level)
            .map(|action| action.name.split_once(':').map_or("", |(_, name)| name))
            .collect();
        if !actions.is_empty() {
            page.heading(format_args!("{level} actions ({})", actions.len()))?;
            page.wrapped(&actions)?;
        }
    }
    Ok(())
}

fn condition_key(entry: &ConditionKeyEntry<'_>, page: &mut Page<'_>) -> io::Result<()> {
    page.title(entry.name.name)?;
    let scope = if entry.global {
        "global condition key"
    } else {
        "condition key"
    };
    page.line(format_args!("{scope}, type: {}", value_type(&entry.name)))?;
    if entry.actions.is_empty() {
        return Ok(());
    }
    page.heading(format_args!(
        "Actions that list it ({})",
        entry.actions.len()
    ))?;
    if entry.actions.len() > KEY_ACTIONS {
        return page.aside("`--format json` names them");
    }
    let actions: Vec<&str> = entry.actions.iter().map(String::as_str).collect();
    page.wrapped(&actions)
}

/// Writes what a search found.
pub(crate) fn search_text(
    found: &SearchDocument<'_>,
    all: bool,
    terminal: &mut Terminal,
) -> Result<(), OutputError> {
    let services = found
        .services
        .iter()
        .map(|service| (service.prefix.to_owned(), service.name.to_owned()));
    let actions = found
        .actions
        .iter()
        .map(|action| (action.name.clone(), action.access_level.clone()));
    let types = found.resource_types.iter().map(|entry| {
        let arn = entry.arn_patterns.first().copied().unwrap_or_default();
        (format!("{} {}", entry.prefix, entry.name), arn.to_owned())
    });
    let keys = found.condition_keys.iter().map(key_row);
    let groups: [(&str, Vec<(String, String)>); 4] = [
        ("Services", services.collect()),
        ("Actions", actions.collect()),
        ("Resource types", types.collect()),
        ("Condition keys", keys.collect()),
    ];
    let mut page = Page::new(terminal);
    for (title, rows) in groups.iter().filter(|(_, rows)| !rows.is_empty()) {
        let most = if all { rows.len() } else { SEARCH_ROWS };
        let (shown, hidden) = rows.split_at(rows.len().min(most));
        page.heading(format_args!("{title} ({})", rows.len()))?;
        page.rows(shown, "  ")?;
        if !hidden.is_empty() {
            page.aside(format_args!("{} more: `--all` lists them", hidden.len()))?;
        }
    }
    Ok(())
}

fn keys(keys: &[KeyName<'_>], page: &mut Page<'_>) -> io::Result<()> {
    if !keys.is_empty() {
        page.heading("Condition keys")?;
    }
    let rows: Vec<_> = keys.iter().map(key_row).collect();
    page.rows(&rows, "  ")
}

fn key_row(key: &KeyName<'_>) -> (String, String) {
    (key.name.to_owned(), value_type(key))
}

/// Returns the type as AWS writes it.
fn value_type(key: &KeyName<'_>) -> String {
    let array = if key.multivalued { "ArrayOf" } else { "" };
    format!("{array}{}", key.value_type)
}

/// Returns a row for each form of an ARN, the first with the name.
fn arn_rows(name: &str, arns: &[&str]) -> Vec<(String, String)> {
    let mut rows: Vec<_> = arns
        .iter()
        .map(|arn| (String::new(), (*arn).to_owned()))
        .collect();
    match rows.first_mut() {
        Some(first) => name.clone_into(&mut first.0),
        None => rows.push((name.to_owned(), String::new())),
    }
    rows
}

/// Standard output with the shapes that all these texts have.
struct Page<'t> {
    painter: Painter,
    columns: usize,
    data: &'t mut dyn Write,
    is_empty: bool,
}

impl<'t> Page<'t> {
    fn new(terminal: &'t mut Terminal) -> Self {
        Self {
            painter: terminal.data_painter(),
            columns: terminal.columns(),
            data: terminal.data(),
            is_empty: true,
        }
    }

    fn title(&mut self, name: &str) -> io::Result<()> {
        let name = self.painter.paint(Meaning::Name, printable(name));
        self.line(name)
    }

    fn line(&mut self, text: impl Display) -> io::Result<()> {
        self.is_empty = false;
        writeln!(self.data, "{text}")
    }

    /// Writes a heading, with an empty line before it unless it is the first.
    fn heading(&mut self, text: impl Display) -> io::Result<()> {
        if !self.is_empty {
            writeln!(self.data)?;
        }
        let text = self.painter.paint(Meaning::Heading, text.to_string());
        self.line(text)
    }

    fn aside(&mut self, text: impl Display) -> io::Result<()> {
        let text = self.painter.paint(Meaning::Aside, text.to_string());
        self.line(format_args!("  {text}"))
    }

    /// Writes names with what belongs to them in a second column.
    fn rows(&mut self, rows: &[(impl AsRef<str>, String)], indent: &str) -> io::Result<()> {
        let width = |name: &str| name.chars().count();
        let widths = rows.iter().map(|(name, _)| width(name.as_ref()));
        let column = widths.max().unwrap_or_default().min(WIDEST_NAME);
        for (name, rest) in rows {
            let (name, rest) = (printable(name.as_ref()), printable(rest));
            let row = format!("{indent}{name:<column$}  {rest}");
            self.line(row.trim_end())?;
        }
        Ok(())
    }

    /// Writes names side by side, on as many lines as they need.
    fn wrapped(&mut self, names: &[&str]) -> io::Result<()> {
        let mut line = String::new();
        for (index, name) in names.iter().enumerate() {
            let comma = if index + 1 < names.len() { "," } else { "" };
            let word = format!("{}{comma}", printable(name));
            if !line.is_empty() && line.len() + word.len() + 3 > self.columns {
                self.line(format_args!(" {line}"))?;
                line.clear();
            }
            line.push(' ');
            line.push_str(&word);
        }
        self.line(format_args!(" {line}"))
    }
}
