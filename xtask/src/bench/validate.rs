//! perk on AWS's managed policies, beside the programs that check policies offline, and beside the
//! bare parsing of the same files.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::measure::{Measured, measure, on_one_core};
use super::peers;
use super::table;
use crate::process;
use crate::python::text;
use crate::setup;
use crate::workspace::{self, Workspace};

/// The policy that is checked alone, one of middling size.
const ONE_POLICY: &str = "AmazonEKSClusterPolicy.json";

const RUNS: usize = 5;
const RUNS_OF_PEERS: usize = 3;
const RUNS_OF_STARTS: usize = 50;

/// A program in the comparison.
struct Contestant {
    name: String,
    /// The command as a user of the page would type it.
    line: &'static str,
    measured: Measured,
}

/// What a peer says of the policies.
#[derive(Deserialize)]
struct Verdict {
    policies: usize,
    flagged: usize,
    failed: usize,
}

pub(super) fn run(workspace: &Workspace) -> Result<String> {
    let policies = setup::provide(workspace).managed_policies;
    let policies = policies.context("the managed policies are not there")?;
    let perk = perk(workspace)?;
    let parser = release_binary(
        workspace,
        "--package xtask --example parse_json",
        "examples/parse_json",
    )?;
    let validate = |path: &Path| {
        let mut command = on_one_core(&perk);
        command
            .args(["iam", "validate", "--format", "json"])
            .arg(path);
        command
    };
    let version = process::capture(&mut process::command(&perk, &["--version"]))?;
    let mut contestants = vec![Contestant {
        name: version.trim().to_owned(),
        line: "perk iam validate FOLDER --format json",
        measured: measure(RUNS, || validate(&policies))?,
    }];
    let mut verdicts = String::new();
    for peer in &PEERS {
        let (contestant, verdict) = peer.run(workspace, &policies)?;
        contestants.push(contestant);
        verdicts.push_str(&peer.sentence(&verdict));
    }
    contestants.push(Contestant {
        name: "serde_json, parsing alone".to_owned(),
        line: "parse_json FOLDER",
        measured: measure(RUNS, || {
            let mut command = on_one_core(&parser);
            command.arg(&policies);
            command
        })?,
    });
    // Without the program that holds them on a core, whose own start would count.
    let start = measure(RUNS_OF_STARTS, || process::command(&perk, &["--version"]))?;
    let alone = measure(RUNS_OF_STARTS, || {
        let mut command = process::command(&perk, &["iam", "validate", "--format", "json"]);
        command.arg(policies.join(ONE_POLICY));
        command
    })?;
    Ok([
        introduction(&policies)?,
        comparison(&contestants),
        verdicts,
        starts(alone, start),
        table::machine()?,
    ]
    .join("\n"))
}

/// Builds a program of the workspace for release and returns where it is.
pub(super) fn release_binary(workspace: &Workspace, what: &str, path: &str) -> Result<String> {
    let mut build = process::command_of_line(&format!("cargo build --release --locked {what}"));
    process::run(build.current_dir(&workspace.root))?;
    text(&workspace.target.join("release").join(path))
}

/// Builds perk for release and returns where it is.
pub(super) fn perk(workspace: &Workspace) -> Result<String> {
    release_binary(workspace, "--package perk --bin perk", "perk")
}

/// Another program that checks policies offline.
struct Peer {
    name: &'static str,
    script: &'static str,
    line: &'static str,
}

const PEERS: [Peer; 2] = [
    Peer {
        name: "parliament",
        script: "xtask/src/bench/parliament_all.py",
        line: "python parliament_all.py FOLDER",
    },
    Peer {
        name: "cloudsplaining",
        script: "xtask/src/bench/cloudsplaining_all.py",
        line: "python cloudsplaining_all.py FOLDER",
    },
];

impl Peer {
    fn run(&self, workspace: &Workspace, policies: &Path) -> Result<(Contestant, Verdict)> {
        let python = text(&peers::IAM.python(workspace)?)?;
        let script = workspace.root.join(self.script);
        let with_arguments = |mut command: Command| {
            command.arg(&script).arg(policies);
            command
        };
        let mut alone = with_arguments(process::command::<&str>(&python, &[]));
        let verdict = serde_json::from_str(&process::capture(&mut alone)?)
            .with_context(|| format!("failed to read what `{}` says", self.script))?;
        let contestant = Contestant {
            name: format!(
                "{} {}",
                self.name,
                peers::IAM.version(workspace, self.name)?
            ),
            line: self.line,
            measured: measure(RUNS_OF_PEERS, || with_arguments(on_one_core(&python)))?,
        };
        Ok((contestant, verdict))
    }

    fn sentence(&self, verdict: &Verdict) -> String {
        let Verdict {
            policies,
            flagged,
            failed,
        } = verdict;
        format!(
            "{} has findings on {flagged} of the {policies} policies and fails on {failed}.\n",
            self.name
        )
    }
}

fn introduction(policies: &Path) -> Result<String> {
    let files = workspace::files_below(policies)?;
    let mut bytes = 0;
    for file in &files {
        bytes += file.metadata()?.len();
    }
    Ok(format!(
        "The {} policies that AWS manages, one file each, {} in all. The other programs check them \
         in one process, as a library, since their command lines start a process for each policy or \
         stop at the first that they fail on.\n",
        files.len(),
        table::megabytes(bytes)
    ))
}

fn comparison(contestants: &[Contestant]) -> String {
    let unit = contestants.first().map(|first| first.measured.usage.cpu);
    let row = |contestant: &Contestant| {
        let Measured { runs, usage } = contestant.measured;
        vec![
            contestant.name.clone(),
            table::time(usage.cpu),
            table::ratio(usage.cpu, unit.unwrap_or(usage.cpu)),
            table::megabytes(usage.resident),
            runs.to_string(),
        ]
    };
    let rows: Vec<_> = contestants.iter().map(row).collect();
    let lines: Vec<_> = contestants.iter().map(|it| it.line).collect();
    format!(
        "{}\n```text\n{}\n```\n",
        table::table(&["Program", "CPU", "Times perk", "Memory", "Runs"], &rows),
        lines.join("\n")
    )
}

fn starts(alone: Measured, start: Measured) -> String {
    let row = |name: &str, measured: Measured| {
        let Measured { runs, usage } = measured;
        vec![
            name.to_owned(),
            table::time(usage.wall),
            table::time(usage.cpu),
            table::megabytes(usage.resident),
            runs.to_string(),
        ]
    };
    let one = format!("`perk iam validate {ONE_POLICY}`");
    table::table(
        &["Command", "Elapsed", "CPU", "Memory", "Runs"],
        &[row("`perk --version`", start), row(&one, alone)],
    )
}
