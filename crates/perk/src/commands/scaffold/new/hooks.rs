//! The programs that a template wants run: whether they may, and running them.

use camino::{Utf8Path, Utf8PathBuf};
use perk_diag::{Class, Explain, Hint};
use perk_process::SearchPath;
use perk_scaffold::{
    Decision, HookIdentity, HookMoment, TrustError, TrustStore, TrustedHook, decide,
};
use perk_term::{Prompter, Reply, Terminal};

use super::error::Stop;
use super::{NewArgs, Prepared};
use crate::render::scaffold as render;
use crate::settings::Surroundings;

const STORE_FILE: &str = "trusted-hooks.toml";

/// What has become of a program of the template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HookState {
    /// It was not run.
    NotRun,
    Ran,
    Failed,
}

/// The programs that may run, and what has become of all of the template.
#[derive(Debug, Default)]
pub(super) struct Hooks {
    /// Those that may run, with their places among all.
    trusted: Vec<(usize, TrustedHook)>,
    destination: Utf8PathBuf,
    /// In the order of [`Prepared::hooks`].
    pub(super) states: Vec<HookState>,
}

/// There is no file that says what is trusted.
#[derive(Debug, thiserror::Error)]
#[error("there is no folder to keep in which programs of templates you trust")]
struct NoDataFolder;

impl Explain for NoDataFolder {
    fn class(&self) -> Class {
        Class::Environment
    }

    fn hints(&self) -> Vec<Hint> {
        vec![Hint::new("set `HOME` or `XDG_DATA_HOME`")]
    }
}

/// Finds out which programs may run, and asks about those that nobody has trusted.
pub(super) fn permit(
    arguments: &NewArgs,
    prepared: &Prepared<'_>,
    surroundings: &Surroundings,
    terminal: &mut Terminal,
) -> Result<Hooks, Stop> {
    let due = &prepared.hooks;
    if due.is_empty() {
        return Ok(Hooks::default());
    }
    let data_folder = surroundings.data_folder().ok_or(NoDataFolder)?;
    let store = TrustStore::new(data_folder.join(STORE_FILE));
    let is_interactive = terminal.can_ask() && !arguments.yes;
    if !is_interactive && arguments.trust {
        render::hooks_due(due, terminal);
    }
    let mut refused = Vec::new();
    match decide(store.untrusted(due)?, is_interactive, arguments.trust) {
        Decision::Run => {}
        Decision::Trust(untrusted) => store.trust(untrusted)?,
        Decision::Ask(untrusted) => {
            if ask(&untrusted, terminal)? {
                store.trust(untrusted)?;
            } else {
                refused = untrusted;
            }
        }
        Decision::Refuse => {
            let commands = due.iter().map(HookIdentity::command_line);
            let commands = commands.collect();
            return Err(TrustError::NotTrusted { commands }.into());
        }
    }
    // What comes after may need what a program before it has done.
    if refused.iter().any(|hook| hook.at == HookMoment::Before) {
        return Err(Stop::Interrupted);
    }
    let places: Vec<usize> = (0..due.len())
        .filter(|&place| !refused.contains(&&due[place]))
        .collect();
    let allowed = places.iter().map(|&place| due[place].clone());
    let trusted = store.trusted(allowed.collect())?;
    Ok(Hooks {
        trusted: places.into_iter().zip(trusted).collect(),
        destination: prepared.destination.path.clone(),
        states: vec![HookState::NotRun; due.len()],
    })
}

/// Asks whether to trust; the way back is the way out, with nothing written.
fn ask(untrusted: &[&HookIdentity], terminal: &mut Terminal) -> Result<bool, Stop> {
    let question = render::trust_question(untrusted, terminal);
    match Prompter::new(terminal)?.yes_or_no(&question, Some(false))? {
        Reply::Answer(answer) => Ok(answer),
        Reply::Back => Err(Stop::Interrupted),
    }
}

impl Hooks {
    /// Returns whether a program may run at a moment.
    pub(super) fn has_any(&self, at: HookMoment) -> bool {
        self.trusted
            .iter()
            .any(|(_, hook)| hook.identity().at == at)
    }

    /// Runs the programs of a moment, up to the first that fails.
    pub(super) fn run(
        &mut self,
        at: HookMoment,
        surroundings: &Surroundings,
        terminal: &mut Terminal,
    ) -> Result<(), Stop> {
        let search_path = SearchPath::of_process();
        let due = self.trusted.iter();
        for (place, hook) in due.filter(|(_, hook)| hook.identity().at == at) {
            let folder = folder(at, &self.destination, surroundings)?;
            render::hook_begins(hook.identity(), terminal);
            let outcome = hook.run(&folder, &search_path);
            if let Some(state) = self.states.get_mut(*place) {
                *state = match outcome {
                    Ok(()) => HookState::Ran,
                    Err(_) => HookState::Failed,
                };
            }
            outcome?;
        }
        Ok(())
    }
}

/// Returns the folder that a program is run in: the destination, or before it is written the
/// nearest folder above it that is there.
fn folder(
    at: HookMoment,
    destination: &Utf8Path,
    surroundings: &Surroundings,
) -> Result<Utf8PathBuf, Stop> {
    let absolute = match destination.canonicalize_utf8() {
        Ok(path) => path,
        Err(_) => surroundings.working_folder()?.join(destination),
    };
    let above = match at {
        HookMoment::After => 0,
        HookMoment::Before => 1,
    };
    let mut folders = absolute.ancestors().skip(above);
    let folder = folders.find(|folder| folder.is_dir());
    Ok(folder.unwrap_or(&absolute).to_owned())
}

impl From<TrustError> for Stop {
    fn from(error: TrustError) -> Self {
        if error.is_interruption() {
            Self::Interrupted
        } else {
            Self::Failed(error.into())
        }
    }
}

impl From<NoDataFolder> for Stop {
    fn from(error: NoDataFolder) -> Self {
        Self::Failed(error.into())
    }
}
