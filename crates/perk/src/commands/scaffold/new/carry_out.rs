//! The write itself, and what comes after it: a repository, and the programs of the template.

use perk_diag::ExitCode;
use perk_process::HeldSignals;
use perk_scaffold::{Existing, HookMoment, ScaffoldError, Step, write};
use perk_term::Terminal;

use super::error::Stop;
use super::hooks::Hooks;
use super::{NewArgs, Prepared, git};
use crate::render::{error as render_error, scaffold as render};
use crate::settings::Surroundings;
use crate::words::Format;

/// The number of files from which it takes long enough to show how far the writing has come.
const WORTH_PROGRESS: usize = 2_000;

/// A write that has been decided on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Write<'w> {
    pub(super) arguments: &'w NewArgs,
    pub(super) prepared: &'w Prepared<'w>,
    pub(super) existing: Existing,
    pub(super) surroundings: &'w Surroundings,
    pub(super) signals: &'w HeldSignals,
}

impl Write<'_> {
    /// Makes it. Only what comes before the files are there can end with nothing written.
    pub(super) fn carry_out(
        self,
        mut hooks: Hooks,
        terminal: &mut Terminal,
    ) -> Result<ExitCode, Stop> {
        let is_shown = terminal.can_ask() && !self.arguments.yes;
        if self.arguments.diff && self.arguments.format == Format::Text && !is_shown {
            render::patch(self.prepared, terminal)?;
        }
        match self.write(terminal) {
            Err(error @ (ScaffoldError::WouldReplace { .. } | ScaffoldError::InTheWay { .. })) => {
                render_error(&error.into(), terminal);
                return Ok(ExitCode::No);
            }
            outcome => outcome?,
        }
        let repository = git::make(self.arguments, self.prepared);
        render::wrote(self.prepared, &repository, terminal);
        let outcome = self.run_after(&mut hooks, terminal);
        if self.arguments.format == Format::Json {
            let document = render::NewDocument::written(self.prepared, &repository, &hooks.states);
            terminal.json(&document)?;
        }
        match outcome {
            Ok(()) => {
                render::next(self.prepared, &hooks.states, terminal);
                Ok(ExitCode::Success)
            }
            Err(stop) => {
                let code = match stop {
                    Stop::Interrupted => ExitCode::Interrupted,
                    Stop::Failed(error) => {
                        render_error(&error, terminal);
                        error.class().exit_code()
                    }
                };
                render::left_to_do(self.prepared, &hooks.states, terminal);
                Ok(code)
            }
        }
    }

    fn write(self, terminal: &Terminal) -> Result<(), ScaffoldError> {
        let plan = &self.prepared.plan;
        let count = plan.entries().len();
        let progress = (count >= WORTH_PROGRESS)
            .then(|| terminal.progress("Writing", u64::try_from(count).ok()));
        let observer = |step: Step<'_>| {
            if let (Step::Staged(_), Some(progress)) = (step, &progress) {
                progress.advance(1);
            }
        };
        let path = &self.prepared.destination.path;
        write(plan, path, self.existing, &observer)
    }

    fn run_after(self, hooks: &mut Hooks, terminal: &mut Terminal) -> Result<(), Stop> {
        if self.signals.has_come() && hooks.has_any(HookMoment::After) {
            return Err(Stop::Interrupted);
        }
        hooks.run(HookMoment::After, self.surroundings, terminal)
    }
}
