//! The checks on the policies that AWS manages: no panic, and how many policies each code flags,
//! which is written to docs/reference/noise.md.
//!
//! Without the corpus, which `cargo xtask setup` fetches, the test is skipped and says so.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use camino::{Utf8Path, Utf8PathBuf};
use perk_iam::{Code, Options, Origin, validate};
use perk_iam_catalog::Catalog;

/// The folder of the corpus.
const FOLDER: &str = "PERK_MANAGED_POLICIES";
/// Writes the page when it is `write`.
const GENERATE: &str = "PERK_GENERATE";

const INTRODUCTION: &str = "\
# Findings on AWS's own policies

A check that speaks where nothing is the matter is a defect. This page is generated: it counts the
findings on the POLICIES policies that AWS manages, with the default settings.

";

#[test]
fn generated_counts_are_true() {
    let Some(folder) = variable(FOLDER) else {
        println!("skipped: {FOLDER} is not set; `cargo xtask test` sets it");
        return;
    };
    let page = page(&flagged(Utf8Path::new(&folder)));
    let path = Utf8PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/noise.md");
    if variable(GENERATE).is_some_and(|value| value == "write") {
        perk_fs::write_atomic(&path, page.as_bytes()).unwrap();
    }
    let current = perk_fs::read_text(&path, perk_fs::DEFAULT_LIMIT).unwrap();
    assert_eq!(current, page, "out of date; run `cargo xtask generate`");
}

#[expect(
    clippy::disallowed_methods,
    reason = "the variables are the switches of this test"
)]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Returns the codes that each policy has.
fn flagged(folder: &Utf8Path) -> Vec<BTreeSet<Code>> {
    let entries = folder.read_dir_utf8().unwrap();
    entries.map(|entry| codes(entry.unwrap().path())).collect()
}

fn codes(path: &Utf8Path) -> BTreeSet<Code> {
    let text = perk_fs::read_text(path, perk_fs::DEFAULT_LIMIT).unwrap();
    let options = Options {
        file_name: path.file_name().unwrap(),
        must_hold_policy: true,
        ..Options::default()
    };
    let validation = validate(&text, options, Catalog::embedded());
    assert_eq!(validation.documents.len(), 1, "{path}");
    let of_documents = validation.documents.into_iter().flat_map(|it| it.findings);
    validation
        .findings
        .into_iter()
        .chain(of_documents)
        .map(|finding| finding.code)
        .collect()
}

fn page(flagged: &[BTreeSet<Code>]) -> String {
    let mut page = INTRODUCTION.replace("POLICIES", &flagged.len().to_string());
    let with = |origin: Origin| {
        let has_one = |codes: &&BTreeSet<Code>| codes.iter().any(|code| code.origin() == origin);
        flagged.iter().filter(has_one).count()
    };
    let (aws, own) = (with(Origin::AccessAnalyzer), with(Origin::Perk));
    writeln!(
        page,
        "| Policies with findings of | Policies |\n| --- | ---: |"
    )
    .unwrap();
    writeln!(page, "| checks of IAM Access Analyzer | {aws} |").unwrap();
    writeln!(page, "| checks of perk's own | {own} |").unwrap();
    page.push_str(
        "\n[Benchmarks](benchmarks.md) has what other programs flag of the same policies.\n",
    );
    section(
        &mut page,
        "Checks of IAM Access Analyzer",
        flagged,
        Origin::AccessAnalyzer,
    );
    section(&mut page, "Checks of perk's own", flagged, Origin::Perk);
    page
}

fn section(page: &mut String, title: &str, flagged: &[BTreeSet<Code>], origin: Origin) {
    let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
    for code in flagged
        .iter()
        .flatten()
        .filter(|code| code.origin() == origin)
    {
        *counts.entry(*code).or_default() += 1;
    }
    let mut counts: Vec<(Code, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|&(code, count)| (std::cmp::Reverse(count), code.name()));
    writeln!(page, "\n## {title}\n").unwrap();
    if counts.is_empty() {
        writeln!(page, "No policy is flagged.").unwrap();
        return;
    }
    writeln!(page, "| Code | Type | Policies |\n| --- | --- | ---: |").unwrap();
    for (code, count) in counts {
        let (name, finding_type) = (code.name(), code.finding_type().as_str());
        writeln!(
            page,
            "| [{name}](checks/{name}.md) | {finding_type} | {count} |"
        )
        .unwrap();
    }
}
