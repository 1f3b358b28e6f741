//! What may be typed after `perk scaffold check`.

use std::num::{NonZeroU64, NonZeroUsize};

use camino::Utf8PathBuf;

use crate::words::Format;

/// Find what is wrong with a template
///
/// Reads every file of the template, makes up answers so that any two of them meet in some
/// combination, and renders each combination in memory. Nothing is written or run without `--run`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  perk scaffold check templates/worker
  perk scaffold check templates/worker --run
  perk scaffold check templates/worker --run --combinations 1 --keep /tmp/worker
  perk scaffold check templates/worker --set database=postgresql --format json")]
pub(crate) struct CheckArgs {
    /// Folder of the template, which has a `template.toml`
    #[arg(value_name = "DIR")]
    pub(super) folder: Utf8PathBuf,
    /// Try no other answer to a question than this one
    #[arg(long, value_name = "KEY=ANSWER")]
    pub(super) set: Vec<String>,
    /// Write each combination to a folder of its own and run the checks of the template there
    ///
    /// They are programs that the template names, and they run with your rights. A check whose
    /// program is not installed is skipped.
    #[arg(long)]
    pub(super) run: bool,
    /// Run the checks in so many combinations only: those with the most files
    #[arg(long, value_name = "NUMBER", requires = "run")]
    pub(super) combinations: Option<NonZeroUsize>,
    /// Stop a check, and all that it has started, after so many seconds
    #[arg(long, value_name = "SECONDS", requires = "run", default_value = "600")]
    pub(super) timeout: NonZeroU64,
    /// Write the combinations below this folder, which is new or empty, and leave them there
    #[arg(long, value_name = "FOLDER", requires = "run")]
    pub(super) keep: Option<Utf8PathBuf>,
    /// Format to write
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
}
