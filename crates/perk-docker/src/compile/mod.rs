//! Joining what the user wrote with what the network needs.

mod compiled;
mod environment;
mod given;
mod hosts;
mod mounts;
mod warning;
mod words;

pub use compiled::{Compiled, SecretFile, Setting, SettingReason, Transport, Word};
pub use mounts::mount_words;
pub use warning::Warning;
pub use words::{Secrets, compile};

/// The lower-case and the upper-case name of each proxy variable.
pub const PROXY_VARIABLES: [(&str, &str); 5] = [
    ("http_proxy", "HTTP_PROXY"),
    ("https_proxy", "HTTPS_PROXY"),
    ("ftp_proxy", "FTP_PROXY"),
    ("all_proxy", "ALL_PROXY"),
    ("no_proxy", "NO_PROXY"),
];
