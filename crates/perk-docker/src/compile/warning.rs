//! What the user should know about a command.

use std::fmt;

use crate::engine::{Engine, Version};

/// Something that is not wrong, and still not what one would expect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// What was found out about the network.
    Network(String),
    /// Only one spelling of a variable is set by hand, and the other one is set to the same.
    OtherSpelling {
        /// What the user set.
        given: String,
        /// What was added.
        added: String,
    },
    /// Both spellings are set by hand, to different values.
    SpellingsDiffer {
        /// One of them.
        lower: String,
        /// The other one.
        upper: String,
    },
    /// The engine's configuration would have beaten the user's file of variables.
    FileBeaten {
        /// The variable.
        name: String,
    },
    /// The engine would have added a variable that does not belong here.
    Emptied {
        /// The engine.
        engine: Engine,
        /// The variable.
        name: String,
    },
    /// `ALL_PROXY` is set by hand, and more special variables are added.
    AllProxyHasNoSay {
        /// What the user set.
        given: String,
    },
    /// The image sets a variable itself, which stays.
    KeptFromImage {
        /// The variable.
        name: String,
    },
    /// The image sets variables of proxies, in whose place others are set.
    ImageBeaten {
        /// The variables.
        names: Vec<String>,
    },
    /// The user mounts something else where a file should be.
    MountTaken {
        /// Where the user's mount is.
        given: String,
        /// Where the file should be.
        target: String,
    },
    /// The user gives a name another address.
    HostTaken {
        /// The name.
        name: String,
    },
    /// No names can be added, since the network is that of another container or pod.
    HostOfAnotherNetwork {
        /// The name.
        name: String,
    },
    /// No names can be added, since the user wants no file of hosts.
    NoHostsFile {
        /// The name.
        name: String,
    },
    /// The engine is too old for `host-gateway`.
    NoHostGateway {
        /// The engine.
        engine: Engine,
        /// The name.
        name: String,
    },
    /// The container has no network at all.
    NoNetwork,
    /// A secret stays out of the file of variables, where it would be beaten or does not fit.
    NotInFile {
        /// The variable.
        name: String,
    },
    /// The engine's client reads a variable that is meant for the container, when it pulls.
    ClientReads {
        /// The engine.
        engine: Engine,
        /// The variable.
        name: String,
    },
    /// Docker's client reads a variable that is meant for the container, to reach its daemon.
    ClientConnects {
        /// The variable.
        name: String,
    },
    /// The installed engine is too old for an option.
    OptionTooNew {
        /// The engine.
        engine: Engine,
        /// The option, without dashes.
        option: String,
        /// The first version that has it.
        since: Version,
    },
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Network(text) => f.write_str(text),
            Self::OtherSpelling { given, added } => write!(
                f,
                "`{added}` gets the value that you set for `{given}`, since some programs read \
                 only one of them"
            ),
            Self::SpellingsDiffer { lower, upper } => write!(
                f,
                "`{lower}` and `{upper}` have different values: which one counts depends on the \
                 program"
            ),
            Self::FileBeaten { name } => write!(
                f,
                "docker's configuration would beat `{name}` from your `--env-file`, so it is \
                 passed by `-e` too"
            ),
            Self::Emptied { engine, name } => write!(
                f,
                "`{name}` is emptied: {engine} would set it by itself, and not to what is used \
                 here"
            ),
            Self::AllProxyHasNoSay { given } => write!(
                f,
                "`{given}` is set by hand, but most programs prefer the variables for http and \
                 https, which are added"
            ),
            Self::KeptFromImage { name } if name == "NODE_USE_ENV_PROXY" => write!(
                f,
                "the image sets `{name}` itself, and its value is kept: Node may not read the \
                 variables of proxies"
            ),
            Self::KeptFromImage { name } => write!(
                f,
                "the image sets `{name}` itself, and its value is kept: what reads it may not trust \
                 the certificates of your company"
            ),
            Self::ImageBeaten { names } => write!(
                f,
                "the image sets `{}` itself: the values are replaced by those that hold here, since a \
                 proxy belongs to a place and not to an image",
                names.join("`, `")
            ),
            Self::MountTaken { given, target } => write!(
                f,
                "your own mount on `{given}` leaves no place for the file `{target}`"
            ),
            Self::HostTaken { name } => {
                write!(f, "your own address for `{name}` is kept")
            }
            Self::HostOfAnotherNetwork { name } => write!(
                f,
                "`{name}` cannot be made known: the network is that of another container or pod, \
                 which has to be started with that name"
            ),
            Self::NoHostsFile { name } => {
                write!(f, "`{name}` cannot be made known because of `--no-hosts`")
            }
            Self::NoHostGateway { engine, name } => write!(
                f,
                "`{name}` cannot be made known: only {engine} 4.7 and later understand \
                 `host-gateway`"
            ),
            Self::NoNetwork => {
                f.write_str("`--network none` leaves the container without any way to a proxy")
            }
            Self::NotInFile { name } => write!(
                f,
                "`{name}` is passed by its name and has to be in the environment, since what is set \
                 already would beat a file"
            ),
            Self::ClientReads { engine, name } => write!(
                f,
                "{engine} itself uses `{name}` when it pulls an image, though it is meant for the \
                 container"
            ),
            Self::ClientConnects { name } => write!(
                f,
                "docker itself uses `{name}` to reach `DOCKER_HOST`, though it is meant for the \
                 container"
            ),
            Self::OptionTooNew {
                engine,
                option,
                since,
            } => write!(f, "{engine} has `--{option}` only since {since}"),
        }
    }
}
