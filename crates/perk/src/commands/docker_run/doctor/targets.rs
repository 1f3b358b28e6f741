//! What is to be reached: what was asked for, else what perk.toml says, else one usual destination.

use perk_config::DockerRunSettings;
use perk_diag::{Class, Explain, Hint};
use perk_probe::{Target, TargetFault};

use super::super::arguments::DockerRunArgs;

/// The name is reserved for examples and stands for nobody. It has a public certificate, and proxies
/// do not forbid it.
const USUAL: &str = "https://example.com";

/// A destination that cannot be tried.
#[derive(Debug, thiserror::Error)]
#[error("the destination `{text}` of {place} cannot be tried")]
pub(super) struct TargetsError {
    text: String,
    place: String,
    class: Class,
    #[source]
    fault: TargetFault,
}

/// Returns the destinations, each once.
pub(super) fn targets(
    arguments: &DockerRunArgs,
    settings: &DockerRunSettings,
) -> Result<Vec<Target>, TargetsError> {
    let of_flag = |text: &String| target(text, "`--target`".to_owned(), Class::User);
    let given: Result<Vec<_>, _> = arguments.target.iter().map(of_flag).collect();
    let mut found = given?;
    if found.is_empty()
        && let Some(setting) = &settings.targets
    {
        let place = || format!("`docker-run.targets` ({})", setting.origin);
        let texts = setting.value.split([',', ' ', '\n']);
        let texts = texts.filter(|text| !text.is_empty());
        found = texts
            .map(|text| target(text, place(), Class::Config))
            .collect::<Result<_, _>>()?;
    }
    if found.is_empty() {
        found.push(target(USUAL, String::new(), Class::Internal)?);
    }
    let mut targets: Vec<Target> = Vec::new();
    for target in found {
        if !targets.contains(&target) {
            targets.push(target);
        }
    }
    Ok(targets)
}

fn target(text: &str, place: String, class: Class) -> Result<Target, TargetsError> {
    text.parse().map_err(|fault| TargetsError {
        // What stands before an `@` may be a password.
        text: text.rsplit('@').next().unwrap_or(text).to_owned(),
        place,
        class,
        fault,
    })
}

impl Explain for TargetsError {
    fn class(&self) -> Class {
        self.class
    }

    fn hints(&self) -> Vec<Hint> {
        vec![Hint::new(
            "write it as `https://HOST` or `http://HOST:PORT`",
        )]
    }
}
