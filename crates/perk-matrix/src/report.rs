//! What is said about the measurements.

use perk_network::program::Program;

use crate::measurement::{Compared, Measured};

/// What was measured up to now.
#[derive(Debug, Default)]
pub(crate) struct Totals {
    programs: usize,
    cases: usize,
    differences: usize,
    /// Differences of versions that the table does not speak of.
    elsewhere: usize,
    /// Programs that are here and could not be measured.
    failures: usize,
    skips: Vec<String>,
}

impl Totals {
    /// Prints what was measured of a program, and counts it.
    pub(crate) fn report(&mut self, program: &'static Program, measured: Measured) {
        match measured {
            Measured::Skipped(why) => self.skips.push(format!("{}: {why}", program.name)),
            Measured::Failed(why) => {
                println!("{:<24}could not be measured: {why}", program.name);
                self.failures += 1;
            }
            Measured::Done { version, cases } => {
                let is_known = speaks_of(program, &version);
                for line in lines(program, &version, is_known, &cases) {
                    println!("{line}");
                }
                self.add(is_known, &cases);
            }
        }
    }

    /// Prints the sums; returns whether the table is right about each version that it speaks of.
    pub(crate) fn finish(mut self) -> bool {
        self.skips.sort_unstable();
        for skip in &self.skips {
            println!("skipped: {skip}");
        }
        println!("{}", self.sentence());
        self.differences + self.failures == 0
    }

    fn add(&mut self, is_known: bool, cases: &[Compared]) {
        let differences = cases.iter().filter(|case| !case.agrees()).count();
        self.programs += 1;
        self.cases += cases.len();
        if is_known {
            self.differences += differences;
        } else {
            self.elsewhere += differences;
        }
    }

    fn sentence(&self) -> String {
        let Self {
            programs,
            cases,
            differences,
            elsewhere,
            failures,
            skips,
        } = self;
        let agreements = cases - differences - elsewhere;
        format!(
            "{programs} programs, {cases} cases: {agreements} as the table says, \
             {differences} not, {elsewhere} not in versions that it does not speak of; \
             {failures} programs failed, {} skipped",
            skips.len()
        )
    }
}

/// Returns whether the table speaks of a version: it names the beginning of it, or none.
fn speaks_of(program: &Program, said: &str) -> bool {
    let Some(wanted) = &program.version else {
        return true;
    };
    let mut words = said.split(|letter: char| !letter.is_ascii_digit() && letter != '.');
    words.any(|word| {
        word.strip_prefix(wanted.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}

fn lines(program: &Program, version: &str, is_known: bool, cases: &[Compared]) -> Vec<String> {
    let differences: Vec<_> = cases.iter().filter(|case| !case.agrees()).collect();
    let count = cases.len();
    let version = shortened(version);
    let verdict = match differences.len() {
        0 => format!("{count} cases, all as the table says"),
        1 => format!("{count} cases, 1 differs"),
        more => format!("{count} cases, {more} differ"),
    };
    let mut lines = vec![format!("{:<24}{verdict} ({version})", program.name)];
    if !is_known {
        let wanted = program.version.as_deref().unwrap_or_default();
        lines.push(format!("  the table speaks of version {wanted}"));
    }
    lines.extend(differences.iter().map(|case| {
        let Compared {
            case,
            foretold,
            observed,
        } = case;
        format!("  {case}: the table says `{foretold}`, it was `{observed}`")
    }));
    lines
}

/// Some programs name all libraries that they are made of.
fn shortened(version: &str) -> String {
    let words: Vec<&str> = version.split_whitespace().take(4).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_known_by_its_beginning() {
        let curl = &perk_network::program::programs("curl").expect("known")[0];
        assert!(speaks_of(curl, "curl 7.88.1 (x86_64)"));
        assert!(!speaks_of(curl, "curl 7.881"));
        assert!(!speaks_of(curl, "curl 8.5.0 libcurl/17.88"));
    }
}
