//! The table of options against the help of the engines that are installed, and of those that
//! `cargo xtask setup` brought.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use perk_docker::command_line::{OptionRow, Takes, options};
use perk_docker::engine::{Engine, Version};

/// An option as the help shows it.
#[derive(Debug, PartialEq)]
struct Shown {
    short: Option<char>,
    takes: Takes,
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
fn the_table_has_what_the_engines_have() {
    let mut all = Vec::new();
    for client in clients() {
        let help = client.said(&["run", "--help"]).unwrap();
        all.extend(differences(client.engine, client.version, &help));
    }
    assert_eq!(all, Vec::<String>::new());
}

/// The engines say themselves what they make of `--NAME=maybe` and of `--NAME` without a value.
#[test]
fn the_engines_take_what_the_table_says() {
    for client in clients() {
        let engine = client.engine;
        let is_there = |row: &&OptionRow| {
            row.since(engine)
                .is_some_and(|since| since <= client.version)
        };
        for row in options().iter().filter(is_there) {
            let (word, wanted) = match row.takes {
                Takes::Flag => (format!("--{}=maybe", row.name), "invalid argument"),
                Takes::Value => (format!("--{}", row.name), "needs an argument"),
            };
            let complaint = client.complaint(&word);
            assert!(complaint.contains(wanted), "{engine} {word}: {complaint}");
        }
    }
}

/// An engine's client that is there.
struct Client {
    engine: Engine,
    version: Version,
    program: PathBuf,
}

/// Returns the clients that are there, one of each version, and says which engines have none.
fn clients() -> Vec<Client> {
    let mut clients = Vec::new();
    for engine in Engine::ALL {
        let installed = Client::new(engine, engine.name().into());
        let brought = brought(engine.name()).and_then(|program| Client::new(engine, program));
        let is_new = |other: &Client| {
            installed
                .as_ref()
                .is_none_or(|client| client.version != other.version)
        };
        let brought = brought.filter(is_new);
        if installed.is_none() && brought.is_none() {
            skipped(engine);
        }
        clients.extend(installed.into_iter().chain(brought));
    }
    clients
}

#[expect(
    clippy::print_stdout,
    reason = "this is how a test says what it leaves out"
)]
fn skipped(engine: Engine) {
    println!("skipped: {engine} is not installed");
}

/// Returns the path of a client in the folder that `cargo xtask test` names.
fn brought(name: &str) -> Option<PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "this is for tests alone")]
    let folder = std::env::var_os("PERK_ENGINES")?;
    Some(Path::new(&folder).join(name))
}

impl Client {
    fn new(engine: Engine, program: PathBuf) -> Option<Self> {
        let output = run(&program, &["--version"])?;
        Some(Self {
            engine,
            version: Version::find_in(&String::from_utf8_lossy(&output.stdout))?,
            program,
        })
    }

    fn said(&self, arguments: &[&str]) -> Option<String> {
        let output = run(&self.program, arguments)?;
        Some(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    fn complaint(&self, word: &str) -> String {
        let output = run(&self.program, &["run", word]).unwrap();
        String::from_utf8_lossy(&output.stderr).into_owned()
    }
}

/// Runs a program, if it is there.
fn run(program: &Path, arguments: &[&str]) -> Option<Output> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the crate that runs programs is not among those that this one knows"
    )]
    let mut command = Command::new(program);
    command.args(arguments).output().ok()
}
