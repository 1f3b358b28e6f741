//! What is worth saying about a place.

use std::fmt;

/// Something about a place that its writer may not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceRemark {
    /// Both spellings of a variable are set, to different values.
    SpellingsDiffer {
        /// The spelling that counts.
        used: String,
        /// The other one.
        unused: String,
    },
    /// The spelling that counts is set to nothing, so that most programs use no proxy.
    EmptyWins {
        /// The spelling that is empty.
        empty: String,
        /// The other one.
        unused: String,
    },
    /// A word in the place of an address, which most programs would take for a host.
    MeansNone {
        /// The word.
        word: String,
    },
    /// A spelling that hardly a program reads.
    OddSpelling {
        /// The name as it is written.
        name: String,
    },
    /// A key of docker's `proxies` without a scheme, which docker compares with no address.
    KeyNeverMatches {
        /// The key.
        key: String,
    },
    /// The entry for a daemon hides the default one; docker does not merge them.
    HidesDefault {
        /// The key of the daemon.
        key: String,
    },
    /// A `%` in a file of systemd, which has to be doubled there.
    SystemdPercent,
    /// A file of variables that was not read.
    EnvironmentFile {
        /// The path that is named.
        path: String,
    },
    /// A proxy for one host or URL only, which variables cannot express.
    OneHostOnly {
        /// The host or URL.
        target: String,
    },
    /// A key that the program does not have.
    NoSuchKey {
        /// The key.
        key: String,
    },
    /// A variable that the text refers to and that is not set.
    UnsetVariable {
        /// The name of the variable.
        name: String,
    },
    /// A password that is kept in a place that perk does not read.
    PasswordElsewhere,
    /// The proxy is found by a program or by the network.
    AutoDetect,
}

impl fmt::Display for SourceRemark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SpellingsDiffer { used, unused } => write!(
                f,
                "`{used}` and `{unused}` have different values: that of `{used}` is used"
            ),
            Self::EmptyWins { empty, unused } => write!(
                f,
                "`{empty}` is empty, which tells most programs to ignore `{unused}`"
            ),
            Self::MeansNone { word } => write!(
                f,
                "`{word}` was taken to mean that there is no proxy, though most programs take it \
                 for a host"
            ),
            Self::OddSpelling { name } => {
                write!(f, "most programs do not read `{name}` in this spelling")
            }
            Self::KeyNeverMatches { key } => write!(
                f,
                "the key `{key}` has no scheme, so that docker never uses it: write it like \
                 `tcp://host:2375`"
            ),
            Self::HidesDefault { key } => write!(
                f,
                "the entry `{key}` is used alone: docker does not add what `default` has"
            ),
            Self::SystemdPercent => {
                f.write_str("systemd reads `%` as the start of a specifier: write it as `%%`")
            }
            Self::EnvironmentFile { path } => {
                write!(f, "variables in `{path}` were not read")
            }
            Self::OneHostOnly { target } => write!(
                f,
                "the proxy for `{target}` alone cannot be expressed by variables"
            ),
            Self::NoSuchKey { key } => write!(f, "there is no key `{key}`: it has no effect"),
            Self::UnsetVariable { name } => {
                write!(f, "`{name}` is not set, so that the value was not used")
            }
            Self::PasswordElsewhere => {
                f.write_str("the proxy asks for a password, which is not kept here")
            }
            Self::AutoDetect => f.write_str(
                "the proxy is to be detected automatically, which perk does not do: name it by \
                     `--proxy`, or the PAC script by `--pac`",
            ),
        }
    }
}
