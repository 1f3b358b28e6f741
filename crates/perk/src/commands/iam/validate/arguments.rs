//! What may be typed after `perk iam validate`.

use std::path::PathBuf;

use camino::Utf8PathBuf;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use perk_config::FailOn;
use perk_iam::policy::Kind;

use crate::words::word;

/// The word that leaves the kind to be found out.
const AUTO: &str = "auto";

/// Check IAM policies offline, with the verdicts of AWS
///
/// Reads JSON policy documents: one in a file, several in an array, or one on each line; UTF-8,
/// with or without a byte order mark.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  perk iam validate policies
  perk iam validate --kind trust roles/deploy-trust.json
  perk iam validate --resource-type AWS::S3::Bucket bucket-policy.json
  perk iam validate --format sarif policies > findings.sarif
  perk iam validate --explain PASS_ROLE_WITH_STAR_IN_RESOURCE")]
pub(crate) struct ValidateArgs {
    /// Files to check, or folders, in which every `*.json` is looked at; `-` is standard input
    ///
    /// A folder is walked as git sees it: hidden files and those that .gitignore leaves out are
    /// passed over. Without a path, standard input is checked if something is piped in.
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// Kind of the policies; `auto` finds it out from each document and its file name
    #[arg(long, value_name = "KIND", value_parser = kind(), default_value = AUTO)]
    pub(super) kind: KindChoice,
    /// Type of the resource that a resource policy is for, such as `AWS::S3::Bucket`
    #[arg(long, value_name = "TYPE")]
    pub(super) resource_type: Option<String>,
    /// Format to write
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: ReportFormat,
    /// Mildest type of finding that gives exit code 1 [default: `iam.fail-on`, or security-warning]
    #[arg(long, value_name = "TYPE", value_parser = word::<FailOn>())]
    pub(super) fail_on: Option<FailOn>,
    /// Leave out the findings that are recorded in this file
    #[arg(long, value_name = "FILE", conflicts_with = "write_baseline")]
    pub(super) baseline: Option<Utf8PathBuf>,
    /// Record all findings in this file, and exit with 0
    #[arg(long, value_name = "FILE")]
    pub(super) write_baseline: Option<Utf8PathBuf>,
    /// List all checks, as text or JSON
    #[arg(long, conflicts_with_all = INPUTS)]
    pub(super) list_checks: bool,
    /// Print the page of a check
    #[arg(long, value_name = "CODE", conflicts_with_all = INPUTS, conflicts_with_all = ["list_checks", "format"])]
    pub(super) explain: Option<String>,
}

/// The arguments that only a run over policies has.
const INPUTS: [&str; 6] = [
    "paths",
    "kind",
    "resource_type",
    "fail_on",
    "baseline",
    "write_baseline",
];

/// The kind that was asked for, if it is not to be found out.
#[derive(Debug, Clone, Copy)]
pub(super) struct KindChoice(pub(super) Option<Kind>);

fn kind() -> impl TypedValueParser<Value = KindChoice> {
    let kinds = Kind::ALL.into_iter().map(Kind::as_str);
    PossibleValuesParser::new([AUTO].into_iter().chain(kinds))
        .map(|word| KindChoice(Kind::parse(&word)))
}

/// The formats in which findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum ReportFormat {
    /// For people
    #[default]
    Text,
    /// One JSON document
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// JUnit XML, for build servers
    Junit,
    /// Annotations of GitHub Actions
    Github,
    /// A code quality report of GitLab
    Gitlab,
    /// A comment on a pull request
    Markdown,
}

impl ReportFormat {
    /// Tells whether findings are shown in the text that they are about.
    pub(super) fn shows_texts(self) -> bool {
        self == Self::Text
    }
}
