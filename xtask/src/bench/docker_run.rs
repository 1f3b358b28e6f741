//! `perk docker-run` beside the start of docker's own client, and beside programs that write other
//! forms of the same command; and what `--exec` adds to a container.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::measure::{Measured, measure, on_one_core};
use super::{peers, table, validate};
use crate::process;
use crate::python::text;
use crate::setup;
use crate::workspace::{self, Workspace};

const RUNS: usize = 50;
const RUNS_OF_PEERS: usize = 10;
const RUNS_OF_CONTAINERS: usize = 25;

const PROXY: &str = "http://proxy.example:3128";
/// A certificate of a company, as it is added to a machine.
const COMPANY: &str = "crates/perk-network/tests/certificates/ca.pem";
/// What this machine trusts.
const SYSTEM: &str = "/etc/ssl/certs/ca-certificates.crt";

/// What `docker inspect` says of a container, as much as runlike reads.
const INSPECTED: &str = r#"[{
  "Name": "/one", "Config": {"Image": "alpine", "Hostname": "one", "Env": [], "Labels": {}, "Cmd": []},
  "HostConfig": {"NetworkMode": "default", "RestartPolicy": {"Name": "no"}, "LogConfig": {"Type": "json-file", "Config": {}}},
  "NetworkSettings": {"Networks": {}}, "Mounts": []
}]"#;

/// A program in the comparison.
struct Contestant {
    name: String,
    /// The command as a user of the page would type it.
    line: &'static str,
    measured: Measured,
}

pub(super) fn run(workspace: &Workspace) -> Result<String> {
    let perk = validate::perk(workspace)?;
    let folder = peers::folder(workspace).join("docker-run");
    let version = process::capture(&mut process::command(&perk, &["--version"]))?;
    let mut contestants = Vec::new();
    for (name, machine) in [
        (version.trim().to_owned(), Machine::plain(&folder)?),
        (
            "perk, with certificates of a company".to_owned(),
            Machine::with_certificates(&folder, workspace)?,
        ),
    ] {
        contestants.push(Contestant {
            name,
            line: "perk docker-run alpine",
            measured: measure(RUNS, || machine.command(&perk, &["docker-run", "alpine"]))?,
        });
    }
    contestants.push(Contestant {
        name: "perk, with `true` in the place of docker's client".to_owned(),
        line: "perk docker-run --exec alpine",
        measured: Machine::plain(&folder)?.measure_exec(&perk)?,
    });
    let others = [
        docker(),
        runlike(workspace, &folder),
        composerize(workspace),
    ];
    for other in others {
        match other {
            Ok(found) => contestants.extend(found),
            Err(error) => println!("skipped: {error:#}"),
        }
    }
    let cost = match exec_cost(workspace, &perk) {
        Ok(cost) => cost,
        Err(error) => {
            println!("skipped: what `--exec` adds: {error:#}");
            String::new()
        }
    };
    Ok([comparison(&contestants), cost, table::machine()?].join("\n"))
}

/// A machine with nothing but a proxy in its environment.
struct Machine {
    root: PathBuf,
}

impl Machine {
    fn plain(folder: &Path) -> Result<Self> {
        let root = folder.join("plain");
        fs::create_dir_all(&root).context("failed to create the folder of a machine")?;
        Ok(Self { root })
    }

    fn with_certificates(folder: &Path, workspace: &Workspace) -> Result<Self> {
        let root = folder.join("with-certificates");
        let company = workspace::read(&workspace.root.join(COMPANY))?;
        let system = fs::read_to_string(SYSTEM).unwrap_or_default();
        for (path, text) in [
            ("etc/ssl/certs/ca-certificates.crt", system + &company),
            ("usr/local/share/ca-certificates/company.crt", company),
        ] {
            let path = root.join(path);
            let parent = path.parent().unwrap_or(&root);
            fs::create_dir_all(parent).context("failed to create the folder of a machine")?;
            fs::write(&path, text).context("failed to write a certificate")?;
        }
        Ok(Self { root })
    }

    fn command(&self, perk: &str, words: &[&str]) -> Command {
        let mut command = process::command(perk, words);
        command
            .env_clear()
            .env("https_proxy", PROXY)
            .env("PERK_ROOT", &self.root)
            .env("HOME", &self.root)
            .current_dir(&self.root);
        command
    }

    /// Measures what comes before docker's client, which is a program that ends at once.
    fn measure_exec(&self, perk: &str) -> Result<Measured> {
        let programs = self.root.join("bin");
        fs::create_dir_all(&programs).context("failed to create a folder of programs")?;
        let client = programs.join("docker");
        if !client.is_symlink() {
            symlink("/bin/true", &client).context("failed to link a program")?;
        }
        measure(RUNS, || {
            let mut command = self.command(perk, &["docker-run", "--exec", "alpine"]);
            command.env("PATH", &programs);
            command
        })
    }
}

fn docker() -> Result<Vec<Contestant>> {
    let version = process::capture(&mut process::command_of_line("docker --version"))?;
    let version = version.trim().split(',').next().unwrap_or("docker");
    let mut contestants = Vec::new();
    for line in ["docker --version", "docker run --help"] {
        contestants.push(Contestant {
            name: format!("{version}, its start"),
            line,
            measured: measure(RUNS_OF_PEERS, || process::command_of_line(line))?,
        });
    }
    Ok(contestants)
}

fn runlike(workspace: &Workspace, folder: &Path) -> Result<Vec<Contestant>> {
    let python = peers::DOCKER_RUN.python(workspace)?;
    let program = text(&python.with_file_name("runlike"))?;
    let inspected = folder.join("inspected.json");
    fs::write(&inspected, INSPECTED).context("failed to write what runlike reads")?;
    let script = r#"exec "$1" --stdin < "$2""#;
    let command = || {
        let mut command = on_one_core("sh");
        command.args(["-c", script, "sh", &program]).arg(&inspected);
        command
    };
    Ok(vec![Contestant {
        name: format!(
            "runlike {}",
            peers::DOCKER_RUN.version(workspace, "runlike")?
        ),
        line: "runlike --stdin < INSPECTED",
        measured: measure(RUNS_OF_PEERS, command)?,
    }])
}

fn composerize(workspace: &Workspace) -> Result<Vec<Contestant>> {
    let program = text(&peers::COMPOSERIZE.provide(workspace)?)?;
    let command = || {
        let mut command = on_one_core(&program);
        command.args(["docker", "run", "alpine"]);
        command
    };
    Ok(vec![Contestant {
        name: format!("composerize {}", peers::COMPOSERIZE.version(workspace)?),
        line: "composerize docker run alpine",
        measured: measure(RUNS_OF_PEERS, command)?,
    }])
}

fn comparison(contestants: &[Contestant]) -> String {
    let row = |contestant: &Contestant| {
        let Measured { runs, usage } = contestant.measured;
        vec![
            format!("{}: `{}`", contestant.name, contestant.line),
            table::time(usage.wall),
            table::time(usage.cpu),
            table::megabytes(usage.resident),
            runs.to_string(),
        ]
    };
    let rows: Vec<_> = contestants.iter().map(row).collect();
    format!(
        "Writing a command, with a proxy in the environment. docker's client is here \
         for the time that any of its commands takes to begin. runlike makes a command of what docker says of a container, and composerize a \
         Compose file of a command.\n\n{}",
        table::table(&["Command", "Elapsed", "CPU", "Memory", "Runs"], &rows)
    )
}

/// What the program of the bench measured, in microseconds.
#[derive(Deserialize)]
struct Cost {
    alone: u64,
    with_perk: u64,
}

fn exec_cost(workspace: &Workspace, perk: &str) -> Result<String> {
    let engines = setup::engines(workspace);
    let reason = || {
        engines
            .skips
            .first()
            .map_or(String::new(), ToString::to_string)
    };
    let folder = engines.folder.clone().with_context(reason)?;
    let program = validate::release_binary(
        workspace,
        "--package xtask --example exec_cost",
        "examples/exec_cost",
    )?;
    let mut measure = process::command(&program, &[perk, &text(&folder)?]);
    measure.arg(RUNS_OF_CONTAINERS.to_string());
    let json = process::capture(&mut measure)?;
    let cost: Cost = serde_json::from_str(&json).context("failed to read what was measured")?;
    let (alone, with_perk) = (
        Duration::from_micros(cost.alone),
        Duration::from_micros(cost.with_perk),
    );
    let rows = [
        ("`docker run --rm IMAGE true`", alone),
        ("`perk docker-run --exec --rm IMAGE true`", with_perk),
    ];
    let rows = rows.map(|(name, time)| {
        vec![
            name.to_owned(),
            table::time(time),
            RUNS_OF_CONTAINERS.to_string(),
        ]
    });
    Ok(format!(
        "Running a container, on a dockerd of its own with images in memory, in turns. What \
         `--exec` adds by itself is in the table above.\n\n{}",
        table::table(&["Command", "Elapsed", "Runs"], &rows)
    ))
}
