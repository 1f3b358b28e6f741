//! `cargo xtask bench [NAME]`: measures perk beside other programs and writes the page of the
//! results, docs/reference/benchmarks.md.
//!
//! A benchmark returns a section of the page; here it takes its place among the others. No test
//! looks at the numbers.

mod docker_run;
mod hostile;
mod measure;
mod peers;
mod scaffold;
mod table;
mod validate;

use std::fs;

use anyhow::{Context, Result, bail};

use crate::workspace::{self, Workspace};

/// A benchmark: what is typed, the heading of its section, and what measures and writes it.
struct Benchmark {
    name: &'static str,
    title: &'static str,
    run: fn(&Workspace) -> Result<String>,
}

const BENCHMARKS: &[Benchmark] = &[
    Benchmark {
        name: "iam-validate",
        title: "Validating AWS's managed policies",
        run: validate::run,
    },
    Benchmark {
        name: "iam-hostile",
        title: "Policies made to be slow",
        run: hostile::run,
    },
    Benchmark {
        name: "scaffold-new",
        title: "Making projects of templates",
        run: scaffold::run,
    },
    Benchmark {
        name: "docker-run",
        title: "Commands for containers",
        run: docker_run::run,
    },
];

const PAGE: &str = "docs/reference/benchmarks.md";

const INTRODUCTION: &str = "\
# Benchmarks

Written by `cargo xtask bench`. Everything in a section was measured in one run on one machine, each
program pinned to one core. CPU is user and system time of the process, its start included; of
several runs the median is shown.
";

pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let wanted: Vec<&Benchmark> = match arguments {
        [] => BENCHMARKS.iter().collect(),
        [name] => BENCHMARKS.iter().filter(|it| it.name == name).collect(),
        _ => bail!("`cargo xtask bench` takes one name at most"),
    };
    if wanted.is_empty() {
        let names: Vec<_> = BENCHMARKS.iter().map(|benchmark| benchmark.name).collect();
        bail!("there is no such benchmark; there are {}", names.join(", "));
    }
    let workspace = Workspace::load()?;
    let path = workspace.root.join(PAGE);
    let mut page = fs::read_to_string(&path).unwrap_or_else(|_| INTRODUCTION.to_owned());
    for benchmark in wanted {
        let body = (benchmark.run)(&workspace)
            .with_context(|| format!("the benchmark `{}` failed", benchmark.name))?;
        println!("{body}");
        page = with_section(&page, benchmark.title, &body);
    }
    fs::write(&path, page).with_context(|| format!("failed to write `{PAGE}`"))?;
    println!("wrote {}", workspace::relative(&path, &workspace.root));
    Ok(())
}

/// Puts a section in the place of the one with the same title, or at the end.
fn with_section(page: &str, title: &str, body: &str) -> String {
    let mut sections: Vec<String> = page.split("\n## ").map(str::to_owned).collect();
    let section = format!("{title}\n\n{}\n", body.trim());
    let same_title = |section: &&mut String| section.lines().next() == Some(title);
    match sections.iter_mut().skip(1).find(same_title) {
        Some(old) => *old = section,
        None => sections.push(section),
    }
    sections.join("\n## ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_takes_its_place_again() {
        let page = with_section(INTRODUCTION, "One", "old\n");
        let page = with_section(&page, "Two", "two");
        let page = with_section(&page, "One", "new");
        assert_eq!(
            page,
            format!("{INTRODUCTION}\n## One\n\nnew\n\n## Two\n\ntwo\n")
        );
    }
}
