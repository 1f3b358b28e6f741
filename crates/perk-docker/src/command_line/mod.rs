//! The command line of `docker run` and its relatives: options, image, arguments.
//!
//! [`parse`] splits the words of a user as the engines do, and [`RunCommand`] keeps them as they
//! are and answers questions about them.

mod boolean;
mod comma_list;
mod environment_file;
mod extra;
mod network_mode;
mod options;
mod parse;
mod run_command;
mod views;

pub(crate) use boolean::boolean;
pub(crate) use comma_list::{comma_item, comma_list};
pub use environment_file::{EnvironmentFileFault, parse_environment_file};
pub use extra::ExtraOption;
pub use network_mode::NetworkMode;
pub(crate) use options::ComposeKey;

pub use options::{OptionRow, Takes, options};
pub use parse::{Split, parse, split};
pub use run_command::{GivenOption, RunCommand};
pub use views::{AddedHost, GivenMount, GivenVariable};
