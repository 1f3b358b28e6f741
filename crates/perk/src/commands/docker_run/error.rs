//! How `perk docker-run` fails before there is a command.

use camino::Utf8PathBuf;
use perk_diag::{Class, Explain, Hint};
use perk_docker::command_line::EnvironmentFileFault;
use perk_docker::engine::Engine;
use perk_fs::FsError;
use perk_network::{SourceFault, SourceKind};
use perk_process::ProcessError;

use super::relay::NoPlace;
use super::source::FetchError;

/// A command that cannot be written.
#[derive(Debug, thiserror::Error)]
pub(super) enum DockerRunError {
    #[error("cannot use {source_kind}")]
    Source {
        source_kind: SourceKind,
        #[source]
        fault: SourceFault,
    },
    #[error("cannot use the file of variables")]
    EnvironmentFile(#[source] FsError),
    #[error("the engine would refuse the file of variables `{path}`")]
    Variables {
        path: Utf8PathBuf,
        #[source]
        fault: EnvironmentFileFault,
    },
    #[error("`{option}` is an option of perk and stands among those of {engine}")]
    OptionOfPerk { option: String, engine: Engine },
    #[error("`--program` is not known")]
    Program(#[source] perk_network::program::ProgramError),
    #[error("`{0}` is written as text or JSON")]
    ExplainFormat(&'static str),
    #[error("`--program` goes with `--explain` or `--doctor`")]
    ProgramAlone,
    #[error("cannot take note of signals")]
    Signals(#[source] std::io::Error),
    #[error("cannot use the PAC script")]
    Script(#[source] FsError),
    #[error("cannot use the PAC script `{place}`")]
    Pac {
        place: String,
        #[source]
        fault: perk_pac::PacFault,
    },
    #[error("cannot fetch the PAC script `{place}`")]
    Fetch {
        place: String,
        #[source]
        fault: FetchError,
    },
    #[error("`{place}` is a web page, not a PAC script")]
    WebPage { place: String },
    #[error("cannot use the file of certificates")]
    Certificates(#[source] FsError),
    #[error("there is no certificate in `{path}`")]
    NoCertificate { path: Utf8PathBuf },
    #[error("no relay to the proxy is possible: {0}")]
    NoRelay(NoPlace),
    #[error("cannot start a relay to the proxy: {}", reasons.join(": "))]
    Relay {
        reasons: Vec<String>,
        hints: Vec<String>,
    },
    #[error("cannot start a relay to the proxy")]
    RelayProcess(#[from] ProcessError),
    #[error("there is no folder to keep files for containers in")]
    NoFolder,
    #[error("cannot write a file for containers")]
    Write(#[source] FsError),
    #[error("cannot make `{path}` for containers")]
    Folder {
        path: Utf8PathBuf,
        #[source]
        source: std::io::Error,
    },
}

impl Explain for DockerRunError {
    fn class(&self) -> Class {
        match self {
            Self::Source { fault, .. } => fault.class(),
            Self::Program(fault) => fault.class(),
            Self::Pac { fault, .. } => fault.class(),
            Self::Fetch { fault, .. } => fault.class(),
            Self::OptionOfPerk { .. }
            | Self::EnvironmentFile(_)
            | Self::Variables { .. }
            | Self::Script(_)
            | Self::WebPage { .. }
            | Self::Certificates(_)
            | Self::NoCertificate { .. }
            | Self::NoRelay(_)
            | Self::ExplainFormat(_)
            | Self::ProgramAlone => Class::User,
            Self::RelayProcess(fault) => fault.class(),
            Self::Signals(_)
            | Self::Relay { .. }
            | Self::NoFolder
            | Self::Write(_)
            | Self::Folder { .. } => Class::Environment,
        }
    }

    fn hints(&self) -> Vec<Hint> {
        match self {
            Self::Source { fault, .. } => fault.hints(),
            Self::Program(fault) => fault.hints(),
            Self::Pac { fault, .. } => fault.hints(),
            Self::Fetch { fault, .. } => fault.hints(),
            Self::WebPage { .. } => vec![Hint::new(
                "open it in a browser: the network may want you to log in first",
            )],
            Self::OptionOfPerk { option, .. } => vec![Hint::new(format!(
                "write it first: `perk docker-run {option} …`"
            ))],
            Self::NoRelay(_) => vec![Hint::new(
                "pass `--relay auto` to do without one where that is possible",
            )],
            Self::Relay { hints, .. } => hints.iter().map(Hint::new).collect(),
            Self::RelayProcess(fault) => fault.hints(),
            Self::NoFolder => vec![Hint::new("set `HOME`")],
            _ => Vec::new(),
        }
    }
}
