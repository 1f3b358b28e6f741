//! The table of options against the help of the engines that are installed.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::collections::BTreeMap;
use std::process::Command;

use perk_docker::command_line::{OptionRow, Takes, options};
use perk_docker::engine::{Engine, Version};

/// An option as the help shows it.
#[derive(Debug, PartialEq)]
struct Shown {
    short: Option<char>,
    takes: Takes,
}

/// Runs an engine's client and returns what it says, if it is there.
fn said(engine: Engine, arguments: &[&str]) -> Option<String> {
    let output = client(engine).args(arguments).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Reads lines such as `  -a, --attach list   Attach to …`.
fn shown_options(help: &str) -> BTreeMap<String, Shown> {
    let (_, list) = help
        .split_once("Options:\n")
        .or(help.split_once("Flags:\n"))
        .unwrap();
    list.lines().filter_map(shown_option).collect()
}

fn shown_option(line: &str) -> Option<(String, Shown)> {
    let line = line.trim_start();
    let (short, line) = match line.strip_prefix('-')?.split_once(", --") {
        Some((short, rest)) if short.len() == 1 => (short.chars().next(), rest),
        _ => (None, line.strip_prefix("--")?),
    };
    // What it does stands behind two blanks at least.
    let option = line.split("  ").next()?.trim_end();
    let (name, takes) = match option.split_once(' ') {
        Some((name, _)) => (name, Takes::Value),
        None => (option, Takes::Flag),
    };
    Some((name.to_owned(), Shown { short, takes }))
}

fn differences(engine: Engine, version: Version, help: &str) -> Vec<String> {
    let shown = shown_options(help);
    assert!(shown.len() > 50, "{engine}: {shown:?}");
    let mut differences = Vec::new();
    for (name, is) in &shown {
        let row = options()
            .iter()
            .find(|row| row.name == name && row.since(engine).is_some());
        match row {
            None => differences.push(format!("{engine} {version} has --{name}: {is:?}")),
            Some(row) => {
                let written = Shown {
                    short: row.short,
                    takes: row.takes,
                };
                if written != *is {
                    differences.push(format!("{engine} --{name}: {is:?}, not {written:?}"));
                }
                if row.since(engine) > Some(version) {
                    differences.push(format!("{engine} {version} already has --{name}"));
                }
            }
        }
    }
    differences
}

#[test]
fn the_table_has_what_the_installed_engines_have() {
    let mut all = Vec::new();
    for engine in Engine::ALL {
        let version = said(engine, &["--version"]).and_then(|text| Version::find_in(&text));
        let help = said(engine, &["run", "--help"]);
        let (Some(version), Some(help)) = (version, help) else {
            println!("skipped: {engine} is not installed");
            continue;
        };
        all.extend(differences(engine, version, &help));
    }
    assert_eq!(all, Vec::<String>::new());
}

/// The engines say themselves what they make of `--NAME=maybe` and of `--NAME` without a value.
#[test]
fn the_installed_engines_take_what_the_table_says() {
    for engine in Engine::ALL {
        let version = said(engine, &["--version"]).and_then(|text| Version::find_in(&text));
        let Some(version) = version else {
            println!("skipped: {engine} is not installed");
            continue;
        };
        let is_there = |row: &&OptionRow| row.since(engine).is_some_and(|since| since <= version);
        for row in options().iter().filter(is_there) {
            let (word, wanted) = match row.takes {
                Takes::Flag => (format!("--{}=maybe", row.name), "invalid argument"),
                Takes::Value => (format!("--{}", row.name), "needs an argument"),
            };
            let complaint = complaint(engine, &word);
            assert!(complaint.contains(wanted), "{engine} {word}: {complaint}");
        }
    }
}

fn complaint(engine: Engine, word: &str) -> String {
    let output = client(engine).args(["run", word]).output().unwrap();
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[expect(
    clippy::disallowed_methods,
    reason = "the crate that runs programs is not among those that this one knows"
)]
fn client(engine: Engine) -> Command {
    Command::new(engine.name())
}
