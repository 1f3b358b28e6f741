//! What programs in the container will do with what they are given.

use perk_network::program::{self, Forecast, Program};

use super::error::DockerRunError;
use super::shown::Shown;

/// Returns what the programs of a name will do.
pub(super) fn forecasts_of(name: &str, shown: &Shown) -> Result<Vec<Forecast>, DockerRunError> {
    let found = program::programs(name).map_err(DockerRunError::Program)?;
    Ok(forecasts(found, shown))
}

/// Returns what all programs that are known will do.
pub(super) fn all_forecasts(shown: &Shown) -> Vec<Forecast> {
    forecasts(program::known(), shown)
}

fn forecasts(programs: impl IntoIterator<Item = &'static Program>, shown: &Shown) -> Vec<Forecast> {
    let variable = |name: &str| variable(name, shown);
    let programs = programs.into_iter();
    programs
        .map(|program| program::forecast(program, &variable))
        .collect()
}

/// Returns the value of a variable in the container, as far as the command says.
fn variable(name: &str, shown: &Shown) -> Option<String> {
    let mut added = shown.compiled.environment.iter();
    if let Some(setting) = added.find(|setting| setting.name == name) {
        return Some(setting.value.clone());
    }
    let by_hand = shown.command.environment();
    let own = by_hand.iter().rfind(|variable| variable.name == name)?;
    Some(own.value.as_ref()?.to_string_lossy().into_owned())
}
