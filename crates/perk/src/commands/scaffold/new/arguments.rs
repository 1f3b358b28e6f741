//! What may be typed after `perk scaffold new`.

use camino::Utf8PathBuf;
use perk_scaffold::{Existing, Network};

use crate::words::Format;

/// Make a project from a template
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  perk scaffold new rust-service
  perk scaffold new python-service services/billing --set database=postgresql --defaults
  perk scaffold new ./templates/worker worker --answers answers.toml --dry-run --diff
  perk scaffold new company/worker billing-worker
  perk scaffold new 'git+https://git.example.com/team/templates//worker#v1.2.0' worker")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of its own on the command line"
)]
pub(crate) struct NewArgs {
    /// Template: a name, a folder, or a git repository
    ///
    /// A name is that of a built-in template (`rust-service`), of a source in `[scaffold.sources]`
    /// (`company`), or of a template in one (`company/worker`). The path of a folder begins with
    /// `./` or `/`. A repository is written as `git+https://…`, `git+ssh://…` or `git+file:///…`,
    /// and `//FOLDER` and `#BRANCH`, `#TAG` or `#COMMIT` may follow.
    pub(super) template: String,
    /// Folder to write to, new or not [default: what `service_name` is answered with]
    #[arg(value_name = "FOLDER")]
    pub(super) destination: Option<Utf8PathBuf>,
    /// Answer a question
    #[arg(long, value_name = "KEY=ANSWER", help_heading = "Answers")]
    pub(super) set: Vec<String>,
    /// Take answers from a file in TOML, or in JSON if its name ends so
    #[arg(long, value_name = "FILE", help_heading = "Answers")]
    pub(super) answers: Option<Utf8PathBuf>,
    /// Take the default of each question that has no answer
    #[arg(long, help_heading = "Answers")]
    pub(super) defaults: bool,
    /// Ask nothing: take the defaults and write
    #[arg(long, short, help_heading = "Answers")]
    pub(super) yes: bool,
    /// Trust the programs that the template runs, as it is now, and run them without asking
    #[arg(long)]
    pub(super) trust: bool,
    /// Use only what is on this machine: ask no repository for what is new
    #[arg(long)]
    pub(super) offline: bool,
    /// Say what would be written, and write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Show the differences to what is there, as a patch
    #[arg(long)]
    pub(super) diff: bool,
    /// Replace files that are there and differ
    #[arg(long)]
    pub(super) overwrite: bool,
    /// Make a git repository of the folder [default: if it is new and not in a repository]
    #[arg(long, overrides_with = "no_git")]
    pub(super) git: bool,
    /// Make no git repository
    #[arg(long)]
    pub(super) no_git: bool,
    /// Format to write
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
}

impl NewArgs {
    /// Returns whether repositories are asked for what is new.
    pub(super) fn network(&self) -> Network {
        if self.offline {
            Network::Offline
        } else {
            Network::Online
        }
    }

    /// Returns whether a question without an answer takes its default.
    pub(super) fn takes_defaults(&self) -> bool {
        self.defaults || self.yes
    }

    /// Returns what is to be done with files that are there and differ.
    pub(super) fn existing(&self) -> Existing {
        if self.overwrite {
            Existing::Replace
        } else {
            Existing::Refuse
        }
    }
}
