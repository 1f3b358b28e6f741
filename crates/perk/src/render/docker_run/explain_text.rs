//! Why a command is as it is, as text.

use perk_network::program::Forecast;
use perk_term::{Meaning, OutputError, Terminal, printable};

use super::explain::{ExplainDocument, ProgramEntry, ValueEntry};
use crate::commands::Shown;

/// Writes where the settings are from, what they beat, and what programs do with them.
pub(crate) fn explain_text(
    shown: &Shown,
    forecasts: &[Forecast],
    terminal: &mut Terminal,
) -> Result<(), OutputError> {
    let document = ExplainDocument::new(shown, forecasts);
    let winner = match &document.winner {
        Some(winner) => format!("The proxy is that of {winner}."),
        None => "No place names a proxy.".to_owned(),
    };
    writeln!(terminal.data(), "{winner}")?;
    for value in &document.values {
        write_value(value, terminal)?;
    }
    heading("Places that do not count", terminal)?;
    for loser in &document.losers {
        let reason = printable(&loser.reason);
        writeln!(terminal.data(), "  {}: {reason}", loser.source)?;
    }
    if !document.engine.is_empty() {
        let engine = shown.command.engine();
        heading(&format!("What {engine} was asked"), terminal)?;
    }
    for said in &document.engine {
        writeln!(terminal.data(), "  {}", printable(said))?;
    }
    if !document.environment.is_empty() {
        heading("What is added to the environment", terminal)?;
    }
    let painter = terminal.data_painter();
    for set in &document.environment {
        let name = painter.paint(Meaning::Name, &set.name);
        let value = printable(&set.value);
        writeln!(terminal.data(), "  {name}={value}")?;
        let source = printable(&set.source);
        let source = painter.paint(Meaning::Aside, source);
        writeln!(terminal.data(), "    {source}")?;
    }
    if let Some(preset) = &document.preset {
        let title = format!("Words of the preset `{}`", printable(&preset.name));
        heading(&title, terminal)?;
        for word in &preset.words {
            writeln!(terminal.data(), "  {}", printable(word))?;
        }
        let source = painter.paint(Meaning::Aside, printable(&preset.source));
        writeln!(terminal.data(), "    {source}")?;
    }
    for program in &document.programs {
        write_program(program, terminal)?;
    }
    for warning in &document.warnings {
        terminal.warn(warning);
    }
    Ok(())
}

/// Writes a heading, with an empty line before it.
pub(super) fn heading(text: &str, terminal: &mut Terminal) -> Result<(), OutputError> {
    let heading = terminal.data_painter().paint(Meaning::Heading, text);
    writeln!(terminal.data(), "\n{heading}")?;
    Ok(())
}

fn write_value(value: &ValueEntry, terminal: &mut Terminal) -> Result<(), OutputError> {
    let name = terminal.data_painter().paint(Meaning::Name, &value.name);
    let text = value.value.as_deref().unwrap_or("nothing");
    let places = from(&value.places);
    writeln!(terminal.data(), "  {name}: {}{places}", printable(text))?;
    for beaten in &value.beaten {
        let places = from(&beaten.places);
        writeln!(
            terminal.data(),
            "    and not {}{places}: {}",
            printable(&beaten.value),
            printable(&beaten.reason)
        )?;
    }
    Ok(())
}

fn from(places: &[String]) -> String {
    if places.is_empty() {
        return String::new();
    }
    format!(", from {}", printable(&places.join(", ")))
}

fn write_program(program: &ProgramEntry, terminal: &mut Terminal) -> Result<(), OutputError> {
    heading(&program.title, terminal)?;
    let data = terminal.data();
    writeln!(data, "  http: {}", printable(&program.http.text))?;
    writeln!(data, "  https: {}", printable(&program.https.text))?;
    writeln!(data, "  trusts: {}", printable(&program.trust.text))?;
    for exemption in &program.exemptions {
        let entry = printable(&exemption.entry);
        writeln!(data, "  {entry}: {}", exemption.reach)?;
    }
    for warning in &program.warnings {
        writeln!(data, "  beware: {}", printable(warning))?;
    }
    Ok(())
}
