//! The command line as one page of Markdown, and as manual pages.

use std::fmt::Write as _;

use clap::builder::PossibleValue;
use clap::{Arg, Command};
use clap_mangen::Man;

const INTRODUCTION: &str = "\
# Command line

";

/// Returns the page of all commands; the command must have been built.
pub(super) fn page(command: &Command) -> String {
    let mut page = INTRODUCTION.to_owned();
    section(&mut page, command, command.get_name()).unwrap();
    page
}

/// Returns the manual page of every command, with its name.
pub(super) fn manual(command: &Command) -> Vec<(String, String)> {
    manual_below(command, command.get_name())
}

fn manual_below(command: &Command, name: &str) -> Vec<(String, String)> {
    let mut text = Vec::new();
    let man = Man::new(command.clone().display_name(name.to_owned()))
        .title(name.to_owned())
        .source(concat!("perk ", env!("CARGO_PKG_VERSION")));
    man.render(&mut text).unwrap();
    let own = (name.to_owned(), String::from_utf8(text).unwrap());
    let below = command
        .get_subcommands()
        .flat_map(|below| manual_below(below, &format!("{name}-{}", below.get_name())));
    std::iter::once(own).chain(below).collect()
}

fn section(page: &mut String, command: &Command, name: &str) -> std::fmt::Result {
    writeln!(page, "## `{name}`\n")?;
    if let Some(about) = command.get_long_about().or(command.get_about()) {
        let about = about.to_string();
        writeln!(page, "{}.\n", about.trim_end_matches('.'))?;
    }
    writeln!(page, "```text\n{}\n```\n", usage(command))?;
    let is_top = !name.contains(' ');
    let arguments: Vec<&Arg> = command
        .get_arguments()
        .filter(|argument| is_top || !(argument.is_global_set() || argument.get_id() == "help"))
        .filter(|argument| !argument.is_hide_set())
        .collect();
    table(page, &arguments)?;
    if let Some(examples) = command.get_after_long_help().or(command.get_after_help()) {
        writeln!(page, "```text\n{examples}\n```\n")?;
    }
    for below in command.get_subcommands() {
        section(page, below, &format!("{name} {}", below.get_name()))?;
    }
    Ok(())
}

fn usage(command: &Command) -> String {
    let usage = command.clone().render_usage().to_string();
    usage.trim_start_matches("Usage: ").to_owned()
}

fn table(page: &mut String, arguments: &[&Arg]) -> std::fmt::Result {
    if arguments.is_empty() {
        return Ok(());
    }
    writeln!(page, "| Argument | Meaning |\n| --- | --- |")?;
    for argument in arguments {
        writeln!(
            page,
            "| {} | {} |",
            cell(&signature(argument)),
            cell(&meaning(argument))
        )?;
    }
    writeln!(page)
}

fn signature(argument: &Arg) -> String {
    let short = argument
        .get_short()
        .map(|short| format!("`-{short}`, "))
        .unwrap_or_default();
    // The display of an argument has its long name and its value, or the value alone.
    format!("{short}`{argument}`")
}

fn meaning(argument: &Arg) -> String {
    let help = argument.get_long_help().or(argument.get_help());
    let mut meaning = help.map(ToString::to_string).unwrap_or_default();
    if !meaning.ends_with('.') {
        meaning.push('.');
    }
    let values = argument.get_possible_values();
    if argument.get_action().takes_values() && !values.is_empty() {
        let names = values
            .iter()
            .filter(|value| !value.is_hide_set())
            .map(PossibleValue::get_name);
        let _ = write!(meaning, " One of {}.", codes(names));
    }
    let defaults = argument.get_default_values();
    if argument.get_action().takes_values() && !defaults.is_empty() {
        let names = defaults.iter().filter_map(|value| value.to_str());
        let _ = write!(meaning, " Default: {}.", codes(names));
    }
    meaning
}

fn codes<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
        .replace("\n\n", "<br>")
        .replace('\n', " ")
}
