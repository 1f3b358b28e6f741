//! What the arguments and the configuration mean for a run.

use std::collections::BTreeMap;
use std::path::PathBuf;

use camino::Utf8PathBuf;
use perk_config::{CheckLevel, CheckSettings, Config, ConfigError, FailOn};
use perk_iam::{Code, Options};

use super::arguments::{ReportFormat, ValidateArgs};
use super::baseline::{self, Baseline};
use super::project::Project;
use super::sieve::Sieve;
use super::suppressions::Suppressions;
use crate::command_error::CommandError;
use crate::settings::Surroundings;

/// A run with every question answered.
#[derive(Debug)]
pub(super) struct ValidateSettings<'a> {
    pub(super) paths: &'a [PathBuf],
    /// What is known about every text.
    pub(super) options: Options<'a>,
    pub(super) format: ReportFormat,
    pub(super) fail_on: FailOn,
    pub(super) sieve: Sieve,
    pub(super) write_baseline: Option<Utf8PathBuf>,
    pub(super) project: Project,
}

impl<'a> ValidateSettings<'a> {
    pub(super) fn resolve(
        arguments: &'a ValidateArgs,
        surroundings: &Surroundings,
        config: Config,
    ) -> Result<Self, CommandError> {
        let levels = levels(&config.iam.checks)?;
        let suppressions = Suppressions::new(config.iam.checks.suppressions, surroundings.today());
        let baseline = match &arguments.baseline {
            Some(path) => baseline::read(path)?,
            None => Baseline::default(),
        };
        Ok(Self {
            paths: &arguments.paths,
            options: Options {
                kind: arguments.kind.0,
                resource_type: arguments.resource_type.as_deref(),
                ..Options::default()
            },
            format: arguments.format,
            fail_on: arguments.fail_on.unwrap_or(config.iam.fail_on.value),
            sieve: Sieve::new(levels, suppressions, baseline),
            write_baseline: arguments.write_baseline.clone(),
            project: Project {
                working_folder: surroundings.working_folder()?.to_owned(),
                folder: surroundings.project_folder()?,
            },
        })
    }
}

/// Returns the levels that the configuration gives to checks, all of which must exist.
pub(super) fn levels(checks: &CheckSettings) -> Result<BTreeMap<Code, CheckLevel>, ConfigError> {
    let known: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    checks.verify(&known)?;
    let levels = checks
        .levels
        .iter()
        .filter_map(|(name, level)| Some((name.parse().ok()?, level.value)));
    Ok(levels.collect())
}
