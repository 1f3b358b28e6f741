//! The options of `perk docker-run`.

use std::ffi::OsString;

use camino::Utf8PathBuf;
use clap::ValueEnum;
use clap::builder::{NonEmptyStringValueParser, PossibleValuesParser, TypedValueParser};
use perk_config::{EngineName, RelayWhen};
use perk_docker::command_line::ExtraOption;
use perk_docker::render::Shell;

use crate::words::word;

// The headings of the help; what stands under none of them says what to do.
const NETWORK: &str = "Proxy and certificates";
const EXAMINATION: &str = "Explanation and examination";
const OUTPUT: &str = "What is written";

/// Write a `docker run` with the proxy and certificates it needs
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "perk docker-run [OPTIONS] [DOCKER RUN OPTIONS] IMAGE [COMMAND] [ARG]...",
    after_help = "\
Options of perk come before those of docker. Your own words stay as they are, in their order, and
what you set by hand stays too.

Without `--proxy` and `--pac`, the proxy is that of the first of these that names one: perk.toml,
the variables `http_proxy` and so on, docker's config.json, dockerd's own settings,
/etc/environment, apt, git, npm, GNOME, macOS.

Examples:
  perk docker-run --rm -it alpine sh
  perk docker-run --exec --rm -it alpine sh
  perk docker-run --proxy http://proxy.example.com:3128 --ca company.pem python:3 pip install rich
  perk docker-run --preset node npm test
  perk docker-run --explain --program wget alpine
  perk docker-run --doctor --target https://pypi.org
  perk docker-run --format compose -p 8080:80 nginx > compose.yaml"
)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag that may be given or not"
)]
pub(crate) struct DockerRunArgs {
    /// Run the command instead of writing it
    #[arg(long, conflicts_with_all = ["format", "shell", "secrets", "show_secrets", "explain"])]
    pub(super) exec: bool,
    /// Say where each value comes from and what it beat, instead of the command
    #[arg(long)]
    pub(super) explain: bool,
    /// Try what a container would reach, and say what is wrong and what to do about it
    #[arg(long, conflicts_with_all = ["exec", "explain", "shell", "secrets", "show_secrets"])]
    pub(super) doctor: bool,
    /// Words of perk.toml to put before your own
    #[arg(long, value_name = "NAME")]
    pub(super) preset: Option<String>,
    /// Engine to write the command for [default: the first of these that is installed]
    #[arg(long, value_parser = word::<EngineName>())]
    pub(super) engine: Option<EngineName>,
    /// Take an option that perk does not know; with `=` if it takes a value
    #[arg(long, value_name = "NAME[=]", value_parser = ExtraOption::parse)]
    pub(super) allow_unknown: Vec<ExtraOption>,
    /// Proxy to use, or `none`
    #[arg(long, value_name = "URL", help_heading = NETWORK, value_parser = NonEmptyStringValueParser::new())]
    pub(super) proxy: Option<String>,
    /// Hosts to reach without the proxy, separated by commas
    #[arg(long, value_name = "LIST", help_heading = NETWORK)]
    pub(super) no_proxy: Option<String>,
    /// PAC script that says which proxy is for which address: a file, or an address with `https:`
    /// or `http:`
    #[arg(
        long,
        value_name = "FILE|URL",
        help_heading = NETWORK,
        value_parser = NonEmptyStringValueParser::new(),
        conflicts_with = "proxy"
    )]
    pub(super) pac: Option<String>,
    /// File of certificates to trust besides the usual ones
    #[arg(long, value_name = "FILE", help_heading = NETWORK, conflicts_with = "no_ca")]
    pub(super) ca: Option<Utf8PathBuf>,
    /// Leave certificates as they are in the image
    #[arg(long, help_heading = NETWORK)]
    pub(super) no_ca: bool,
    /// With `--exec`: when to bring the container to the proxy by a relay on this machine [default:
    /// auto]
    #[arg(
        long,
        value_name = "WHEN",
        help_heading = NETWORK,
        requires = "exec",
        value_parser = word::<RelayWhen>()
    )]
    pub(super) relay: Option<RelayWhen>,
    /// With `--explain` or `--doctor`: say what a program in the container will do
    #[arg(long, value_name = "NAME", help_heading = EXAMINATION)]
    pub(super) program: Option<String>,
    /// With `--doctor`: destination to try [default: `https://example.com`]
    #[arg(long, value_name = "URL", help_heading = EXAMINATION, requires = "doctor")]
    pub(super) target: Vec<String>,
    /// With `--doctor`: the longest time that a step may take
    #[arg(
        long,
        value_name = "SECONDS",
        help_heading = EXAMINATION,
        requires = "doctor",
        default_value_t = 5,
        value_parser = clap::value_parser!(u16).range(1..=600)
    )]
    pub(super) time_limit: u16,
    /// Format to write
    #[arg(long, help_heading = OUTPUT, value_enum, default_value_t)]
    pub(super) format: RunFormat,
    /// Shell to quote for [default: that of `SHELL`]
    #[arg(long, help_heading = OUTPUT, value_parser = shell())]
    pub(super) shell: Option<Shell>,
    /// How values with passwords get to the engine: by name from the environment, or in a file that
    /// only you can read [default: env if they are there, else file]
    #[arg(long, help_heading = OUTPUT, value_enum, conflicts_with = "show_secrets")]
    pub(super) secrets: Option<SecretsWay>,
    /// Write values with passwords into the command
    #[arg(long, help_heading = OUTPUT)]
    pub(super) show_secrets: bool,
    /// Options of `docker run`, the image, and what to run in it
    #[arg(last = true, hide = true)]
    pub(super) words: Vec<OsString>,
}

impl DockerRunArgs {
    /// Tells whether a command comes out, and not a file for another tool.
    pub(super) fn writes_command(&self) -> bool {
        matches!(self.format, RunFormat::Text | RunFormat::Json)
    }
}

/// What is written. Without a text for each, so that the help stays on one screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum RunFormat {
    #[default]
    Text,
    Json,
    Compose,
    Kubernetes,
    BuildArgs,
}

/// How values with passwords get to the engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SecretsWay {
    Env,
    File,
}

fn shell() -> impl TypedValueParser<Value = Shell> {
    let names = Shell::ALL.map(Shell::name);
    PossibleValuesParser::new(names)
        .try_map(|name| Shell::of_program(&name).ok_or("not a known shell"))
}
