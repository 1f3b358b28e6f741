//! `perk scaffold new` on templates of many files, beside the programs that do the same and beside
//! the bare copying of the files.

mod plot;
mod templates;

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use self::templates::Syntax;
use super::measure::{Measured, measure, on_one_core};
use super::{peers, table, validate};
use crate::process;
use crate::python::text;
use crate::workspace::Workspace;

/// How many files the templates have.
const SIZES: [usize; 4] = [12, 100, 1_000, 10_000];

const PLOT: &str = "docs/reference/scaffold-cost.svg";

/// Where the programs write to, in the folder of the bench.
const MADE: &str = "made";

/// A program that makes a project of a template.
struct Contestant {
    name: String,
    /// The command as a user of the page would type it.
    line: &'static str,
    syntax: Syntax,
    program: String,
    arguments: fn(template: &Path, destination: &Path) -> Vec<PathBuf>,
}

pub(super) fn run(workspace: &Workspace) -> Result<String> {
    let folder = Scratch::new()?;
    let contestants = contestants(workspace)?;
    let mut rows = Vec::new();
    for contestant in &contestants {
        let mut row = Vec::new();
        for files in SIZES {
            let template = folder.template(contestant.syntax, files)?;
            row.push(contestant.measure(&template, &folder, files)?);
        }
        rows.push(row);
    }
    let lines: Vec<plot::Line<'_>> = contestants
        .iter()
        .zip(&rows)
        .map(|(contestant, row)| plot::Line {
            name: &contestant.name,
            points: SIZES
                .into_iter()
                .zip(row.iter().map(|it| it.usage.wall))
                .collect(),
        })
        .collect();
    let path = workspace.root.join(PLOT);
    fs::write(&path, plot::svg(&lines)).with_context(|| format!("failed to write `{PLOT}`"))?;
    Ok([
        introduction(&folder),
        comparison(&contestants, &rows),
        table::machine()?,
    ]
    .join("\n"))
}

fn contestants(workspace: &Workspace) -> Result<Vec<Contestant>> {
    let perk = validate::perk(workspace)?;
    let version = process::capture(&mut process::command(&perk, &["--version"]))?;
    let python = peers::SCAFFOLD.python(workspace)?;
    let peer = |name: &str| -> Result<(String, String)> {
        let version = peers::SCAFFOLD.version(workspace, name)?;
        Ok((
            format!("{name} {version}"),
            text(&python.with_file_name(name))?,
        ))
    };
    let (copier_name, copier) = peer("copier")?;
    let (cookiecutter_name, cookiecutter) = peer("cookiecutter")?;
    let mut contestants = vec![
        Contestant {
            name: version.trim().to_owned(),
            line: "perk scaffold new TEMPLATE DEST --defaults --no-git",
            syntax: Syntax::Perk,
            program: perk,
            arguments: |template, destination| {
                words(
                    ["scaffold", "new"],
                    template,
                    Some(destination),
                    &["--defaults", "--no-git"],
                )
            },
        },
        Contestant {
            name: "cp -r".to_owned(),
            line: "cp -r TEMPLATE DEST",
            syntax: Syntax::Perk,
            program: "cp".to_owned(),
            arguments: |template, destination| words(["-r"], template, Some(destination), &[]),
        },
        Contestant {
            name: copier_name,
            line: "copier copy --quiet --defaults TEMPLATE DEST",
            syntax: Syntax::Copier,
            program: copier,
            arguments: |template, destination| {
                words(
                    ["copy", "--quiet", "--defaults"],
                    template,
                    Some(destination),
                    &[],
                )
            },
        },
        Contestant {
            name: cookiecutter_name,
            line: "cookiecutter --no-input TEMPLATE -o DEST",
            syntax: Syntax::Cookiecutter,
            program: cookiecutter,
            arguments: |template, destination| {
                let mut words = words(["--no-input"], template, None, &["-o"]);
                words.push(destination.to_owned());
                words
            },
        },
    ];
    match peers::CARGO_GENERATE.provide(workspace) {
        Ok(program) => contestants.push(cargo_generate(program)),
        Err(error) => println!("skipped: cargo-generate: {error:#}"),
    }
    Ok(contestants)
}

fn cargo_generate(program: String) -> Contestant {
    Contestant {
        name: format!("cargo-generate {}", peers::CARGO_GENERATE.version),
        line: "cargo-generate generate --silent --vcs none --path TEMPLATE --destination FOLDER --name DEST",
        syntax: Syntax::CargoGenerate,
        program,
        arguments: |template, destination| {
            let before = ["generate", "--silent", "--vcs", "none", "--path"];
            let mut words = words(before, template, None, &["--destination"]);
            words.extend(destination.parent().map(Path::to_owned));
            words.push(PathBuf::from("--name"));
            words.extend(destination.file_name().map(PathBuf::from));
            words
        },
    }
}

fn words<const N: usize>(
    before: [&str; N],
    template: &Path,
    destination: Option<&Path>,
    after: &[&str],
) -> Vec<PathBuf> {
    let paths = [Some(template), destination].into_iter().flatten();
    let before = before.iter().map(PathBuf::from);
    let after = after.iter().map(PathBuf::from);
    before
        .chain(paths.map(Path::to_owned))
        .chain(after)
        .collect()
}

impl Contestant {
    fn measure(&self, template: &Path, scratch: &Scratch, files: usize) -> Result<Measured> {
        let runs = match (files, self.syntax) {
            (..=100, _) => 7,
            (..=1_000, _) | (_, Syntax::Perk) => 3,
            _ => 1,
        };
        // Each run writes to a folder that is not there yet.
        let measured = measure(runs, || {
            let mut command: Command = on_one_core(&self.program);
            command.args((self.arguments)(template, &scratch.destination()));
            command
        })?;
        scratch.clear()?;
        Ok(measured)
    }
}

/// A folder in memory, where there is one, that goes with the bench.
struct Scratch {
    folder: PathBuf,
    in_memory: bool,
    used: Cell<usize>,
}

impl Scratch {
    fn new() -> Result<Self> {
        let memory = Path::new("/dev/shm");
        let in_memory = memory.is_dir();
        let parent = if in_memory {
            memory.to_owned()
        } else {
            std::env::temp_dir()
        };
        let folder = parent.join(format!("perk-bench-{}", std::process::id()));
        fs::create_dir_all(folder.join(MADE))
            .context("failed to create the folder of the bench")?;
        Ok(Self {
            folder,
            in_memory,
            used: Cell::new(0),
        })
    }

    fn template(&self, syntax: Syntax, files: usize) -> Result<PathBuf> {
        let path = self.folder.join(format!("{syntax:?}-{files}"));
        if !path.exists() {
            templates::write(&path, syntax, files)?;
        }
        Ok(path)
    }

    fn destination(&self) -> PathBuf {
        self.used.set(self.used.get() + 1);
        self.folder
            .join(format!("{MADE}/project-{}", self.used.get()))
    }

    /// Removes what was made, so that memory does not run out.
    fn clear(&self) -> Result<()> {
        let made = self.folder.join(MADE);
        fs::remove_dir_all(&made).context("failed to clear the folder of the bench")?;
        fs::create_dir_all(&made).context("failed to create the folder of the bench")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What is left in memory after a failure is the system's to clear.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn introduction(scratch: &Scratch) -> String {
    let place = if scratch.in_memory {
        "in memory (tmpfs)"
    } else {
        "on disk"
    };
    format!(
        "Templates of {} bytes a file with {} tags, and in every second file one condition, all \
         rendered, each program in its own syntax, {place}. Elapsed time, of several runs the median; in parentheses how many times that of \
         `cp -r`.\n\n![Elapsed time against the number of files](scaffold-cost.svg)\n",
        templates::BYTES,
        templates::TAGS,
    )
}

fn comparison(contestants: &[Contestant], rows: &[Vec<Measured>]) -> String {
    let copying = contestants
        .iter()
        .zip(rows)
        .find(|(it, _)| it.program == "cp");
    let row = |(contestant, measured): (&Contestant, &Vec<Measured>)| {
        let cells = measured.iter().enumerate().map(|(index, measured)| {
            let time = table::time(measured.usage.wall);
            match copying.and_then(|(_, row)| row.get(index)) {
                Some(unit) => {
                    format!(
                        "{time} ({})",
                        table::ratio(measured.usage.wall, unit.usage.wall)
                    )
                }
                None => time,
            }
        });
        std::iter::once(contestant.name.clone())
            .chain(cells)
            .collect()
    };
    let rows: Vec<Vec<String>> = contestants.iter().zip(rows).map(row).collect();
    let sizes = SIZES.map(|files| format!("{files} files"));
    let mut head = vec!["Program"];
    head.extend(sizes.iter().map(String::as_str));
    let lines: Vec<_> = contestants.iter().map(|it| it.line).collect();
    format!(
        "{}\n```text\n{}\n```\n",
        table::table(&head, &rows),
        lines.join("\n")
    )
}
