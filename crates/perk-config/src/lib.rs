//! The settings of perk: what `perk.toml`, variables and flags say, layer over layer.
//!
//! Every value keeps its origin. The crate is pure: texts of files and values of variables come
//! in, a [`Config`] or the first mistake goes out. It reads no file and no environment.

mod choice;
mod docker_run;
mod error;
mod keys;
mod origin;
mod reader;
mod resolve;
mod suppression;

pub use choice::{CheckLevel, Choice, ColorWhen, EngineName, FailOn, PresetUser, RelayWhen};
pub use docker_run::{DockerRunSettings, Preset};
pub use error::ConfigError;
pub use keys::{
    KEYS, Key, ROOT_VARIABLE, SYSTEM_FILE_VARIABLE, TODAY_VARIABLE, Takes, misspelled_variable,
    variable_names,
};
pub use origin::{Layer, Origin, Place, Setting};
pub use reader::{FileSettings, parse_file};
pub use resolve::{
    CheckSettings, Config, Flags, IamSettings, OutputSettings, ScaffoldSettings, resolve,
};
pub use suppression::{PathPattern, Suppression};
