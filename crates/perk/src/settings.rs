//! Where the environment is read: variables, folders and configuration files.
//!
//! Everything else gets values.

use std::collections::BTreeMap;
use std::env;
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::PathBuf;

use camino::{Utf8Path, Utf8PathBuf};
use etcetera::BaseStrategy as _;
use etcetera::base_strategy::Xdg;
use perk_config::{ColorWhen, Config, FileSettings, Flags, Layer};
use perk_diag::{Class, Explain, Hint};
use perk_fs::FsError;
use perk_term::{ColorChoice, TerminalOptions};
use time::{Date, OffsetDateTime, format_description::well_known::Iso8601};

use crate::cli::GlobalArgs;
use crate::command_error::CommandError;

const SYSTEM_FILE: &str = "/etc/perk/config.toml";
const PROJECT_FILE: &str = "perk.toml";
const COLUMNS_VARIABLE: &str = "COLUMNS";
/// What the variables begin with that answer questions of templates.
pub(crate) const ANSWER_PREFIX: &str = "PERK_SCAFFOLD_";
/// A configuration file that is larger than this is some other file.
const CONFIG_LIMIT: u64 = 4 * 1024 * 1024;

/// What the process finds around it, read once.
#[derive(Debug)]
pub(crate) struct Surroundings {
    variables: BTreeMap<&'static str, String>,
    misspelled: Vec<Misspelled>,
    scaffold_answers: BTreeMap<String, String>,
    environment: BTreeMap<String, String>,
    root: Utf8PathBuf,
    user_config_folder: Option<Utf8PathBuf>,
    user_cache_folder: Option<Utf8PathBuf>,
    user_data_folder: Option<Utf8PathBuf>,
    working_folder: Result<Utf8PathBuf, FolderError>,
}

/// A variable that nothing reads, though its name is nearly that of one.
#[derive(Debug)]
pub(crate) struct Misspelled {
    pub(crate) name: String,
    pub(crate) meant: &'static str,
}

/// The working folder cannot be used.
#[derive(Debug, Clone, thiserror::Error)]
pub(crate) enum FolderError {
    #[error("cannot find out the working folder")]
    Unknown(#[source] std::sync::Arc<io::Error>),
    #[error("the name of the working folder is not UTF-8: {0}")]
    NotText(String),
}

impl Explain for FolderError {
    fn class(&self) -> Class {
        Class::Environment
    }

    fn hints(&self) -> Vec<Hint> {
        vec![Hint::new("go to another folder with `cd`")]
    }
}

impl Surroundings {
    /// Reads what is around the process.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that reads it"
    )]
    pub(crate) fn of_process() -> Self {
        let names = perk_config::variable_names()
            .chain([
                perk_config::SYSTEM_FILE_VARIABLE,
                perk_config::TODAY_VARIABLE,
            ])
            .chain([COLUMNS_VARIABLE]);
        let variables = names
            .filter_map(|name| Some((name, env::var_os(name)?.to_string_lossy().into_owned())))
            .collect();
        Self {
            variables,
            misspelled: env::vars_os()
                .filter_map(|(name, _)| misspelled(name))
                .collect(),
            scaffold_answers: env::vars_os()
                .filter_map(|(name, value)| scaffold_answer(&name, &value))
                .collect(),
            environment: env::vars_os().filter_map(text_variable).collect(),
            root: env::var_os(perk_config::ROOT_VARIABLE)
                .and_then(|folder| Utf8PathBuf::from_path_buf(folder.into()).ok())
                .unwrap_or_else(|| "/".into()),
            user_config_folder: user_folder(Xdg::config_dir),
            user_cache_folder: user_folder(Xdg::cache_dir),
            user_data_folder: user_folder(Xdg::data_dir),
            working_folder: working_folder(),
        }
    }

    /// Returns the variables that were probably meant for perk but are not read.
    pub(crate) fn misspelled_variables(&self) -> &[Misspelled] {
        &self.misspelled
    }

    /// Returns the answers to questions of templates that variables give, by the question's key.
    pub(crate) fn scaffold_answers(&self) -> &BTreeMap<String, String> {
        &self.scaffold_answers
    }

    /// Returns all variables that are text, for what containers are given of them.
    pub(crate) fn environment(&self) -> &BTreeMap<String, String> {
        &self.environment
    }

    /// Returns the path below `/` as it is on this machine.
    pub(crate) fn system_path(&self, path: &str) -> Utf8PathBuf {
        self.root.join(path.trim_start_matches('/'))
    }

    /// Returns the folder for the user's settings of all programs, if the user has one.
    pub(crate) fn config_folder(&self) -> Option<&Utf8Path> {
        self.user_config_folder.as_deref()
    }

    /// Returns the folder for what perk could make again, if the user has one.
    pub(crate) fn cache_folder(&self) -> Option<Utf8PathBuf> {
        Some(self.user_cache_folder.as_ref()?.join("perk"))
    }

    /// Returns the folder for what the user has decided, if the user has one.
    pub(crate) fn data_folder(&self) -> Option<Utf8PathBuf> {
        Some(self.user_data_folder.as_ref()?.join("perk"))
    }

    /// Returns the folder that relative paths begin in.
    pub(crate) fn working_folder(&self) -> Result<&Utf8Path, FolderError> {
        self.working_folder.as_deref().map_err(Clone::clone)
    }

    /// Returns the folder of the project's configuration file, or where one would be written.
    pub(crate) fn project_folder(&self) -> Result<Utf8PathBuf, FolderError> {
        let mut folder = project_file(self.working_folder()?);
        folder.pop();
        Ok(folder)
    }

    /// Returns the day it is, by universal time.
    pub(crate) fn today(&self) -> Date {
        let given = self.variable(perk_config::TODAY_VARIABLE);
        given
            .and_then(|day| Date::parse(&day, &Iso8601::DATE).ok())
            .unwrap_or_else(|| OffsetDateTime::now_utc().date())
    }

    /// Returns the time, by universal time: that of the clock, on the day it is.
    pub(crate) fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc().replace_date(self.today())
    }

    fn variable(&self, name: &'static str) -> Option<String> {
        self.variables
            .get(name)
            .filter(|value| !value.is_empty())
            .cloned()
    }

    /// Returns the configuration files that count, weakest first, whether they are there or not.
    pub(crate) fn config_files(&self) -> Result<Vec<ConfigFile>, FolderError> {
        let working_folder = self.working_folder()?;
        let system = self
            .variable(perk_config::SYSTEM_FILE_VARIABLE)
            .unwrap_or_else(|| SYSTEM_FILE.to_owned());
        let user = self
            .user_config_folder
            .as_ref()
            .map(|folder| folder.join("perk/config.toml"));
        let files = [
            Some(ConfigFile::new(Layer::System, system.into())),
            user.map(|path| ConfigFile::new(Layer::User, path)),
            Some(ConfigFile::new(
                Layer::Project,
                project_file(working_folder),
            )),
        ];
        Ok(files.into_iter().flatten().collect())
    }
}

/// A configuration file of a layer.
#[derive(Debug)]
pub(crate) struct ConfigFile {
    pub(crate) layer: Layer,
    pub(crate) path: Utf8PathBuf,
    pub(crate) exists: bool,
}

impl ConfigFile {
    fn new(layer: Layer, path: Utf8PathBuf) -> Self {
        let exists = is_there(&path);
        Self {
            layer,
            path,
            exists,
        }
    }
}

/// Reads all configuration files and merges them with variables and flags.
pub(crate) fn load_config(
    surroundings: &Surroundings,
    flags: Flags,
) -> Result<Config, CommandError> {
    let files = surroundings
        .config_files()?
        .iter()
        .filter(|file| file.exists)
        .map(load_file)
        .collect::<Result<Vec<_>, _>>()?;
    Ok(perk_config::resolve(
        files,
        &|name| surroundings.variable(name),
        flags,
    )?)
}

fn load_file(file: &ConfigFile) -> Result<FileSettings, CommandError> {
    let text = perk_fs::read_text(&file.path, CONFIG_LIMIT).map_err(UnreadableConfig)?;
    Ok(perk_config::parse_file(file.layer, &file.path, &text)?)
}

/// A configuration file cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot use the configuration file")]
struct UnreadableConfig(#[source] FsError);

impl Explain for UnreadableConfig {
    fn class(&self) -> Class {
        match self.0.class() {
            Class::User => Class::Config,
            class => class,
        }
    }

    fn hints(&self) -> Vec<Hint> {
        self.0.hints()
    }
}

/// Decides about the terminal; without a valid configuration by the flags alone.
pub(crate) fn terminal_options(
    globals: &GlobalArgs,
    config: Option<&Config>,
    surroundings: &Surroundings,
) -> TerminalOptions {
    let color = match config {
        Some(config) => Some(config.output.color.value),
        None => globals.config_flags().color,
    };
    TerminalOptions {
        color: match color.unwrap_or_default() {
            ColorWhen::Auto => ColorChoice::Auto,
            ColorWhen::Always => ColorChoice::Always,
            ColorWhen::Never => ColorChoice::Never,
        },
        verbosity: globals.verbosity(),
        columns: surroundings
            .variable(COLUMNS_VARIABLE)
            .and_then(|columns| columns.parse().ok()),
    }
}

fn misspelled(name: OsString) -> Option<Misspelled> {
    let name = name.into_string().ok()?;
    let meant = perk_config::misspelled_variable(&name)?;
    Some(Misspelled { name, meant })
}

/// What is not text is kept in parts: that a variable is set is worth knowing.
fn text_variable((name, value): (OsString, OsString)) -> Option<(String, String)> {
    Some((
        name.into_string().ok()?,
        value.to_string_lossy().into_owned(),
    ))
}

fn scaffold_answer(name: &OsStr, value: &OsStr) -> Option<(String, String)> {
    let name = name.to_str()?;
    let key = name.strip_prefix(ANSWER_PREFIX)?.to_ascii_lowercase();
    let value = value.to_string_lossy().into_owned();
    (!value.is_empty()).then_some((key, value))
}

fn user_folder(of: impl Fn(&Xdg) -> PathBuf) -> Option<Utf8PathBuf> {
    Utf8PathBuf::from_path_buf(of(&Xdg::new().ok()?)).ok()
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that reads it"
)]
fn working_folder() -> Result<Utf8PathBuf, FolderError> {
    let folder = env::current_dir().map_err(|error| FolderError::Unknown(error.into()))?;
    Utf8PathBuf::from_path_buf(folder)
        .map_err(|folder| FolderError::NotText(folder.to_string_lossy().into_owned()))
}

/// Returns the nearest project file above the folder, or where one would go.
fn project_file(working_folder: &Utf8Path) -> Utf8PathBuf {
    working_folder
        .ancestors()
        .map(|folder| folder.join(PROJECT_FILE))
        .find(|path| is_there(path))
        .unwrap_or_else(|| working_folder.join(PROJECT_FILE))
}

/// Returns whether there is anything by this name, were it a link that leads nowhere.
fn is_there(path: &Utf8Path) -> bool {
    path.symlink_metadata().is_ok()
}
