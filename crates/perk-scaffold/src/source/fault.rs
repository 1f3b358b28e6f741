//! Why a text does not name a source of templates.

use crate::PathFault;

/// What is wrong with the spec of a source.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SpecFault {
    /// There is nothing.
    #[error("it is empty")]
    Empty,
    /// It could be taken for an option of a program.
    #[error("it begins with `-`, as options do")]
    LeadingDash,
    /// It has a character that acts on a terminal.
    #[error("it has a control character")]
    Control,
    /// It has a character that cannot be seen or turns the direction of the text.
    #[error("it has an invisible character")]
    Invisible,
    /// It has more characters than any honest one.
    #[error("it has more than {0} bytes")]
    Long(usize),
    /// It asks for a program of git's to fetch it.
    #[error("`{0}::` lets git run a program; only `git+https`, `git+ssh` and `git+file` are used")]
    Helper(String),
    /// It is an address without the word that says that git is to fetch it.
    #[error("a git repository is written with `git+` before its address")]
    WithoutGit {
        /// How it is written.
        write: String,
    },
    /// It is fetched in a way that is not safe or not known.
    #[error("`{0}` is not a transport for templates; `git+https`, `git+ssh` and `git+file` are")]
    Transport(String),
    /// The address of a local repository does not begin at the root.
    #[error("`git+file://` needs an absolute path, as in `git+file:///srv/templates`")]
    RelativeFile,
    /// It has a user name, password or token in it.
    #[error("it has credentials in it, which would be kept and shown with every project")]
    Credentials,
    /// It has a query, in which credentials can be.
    #[error("it has a `?`; an address of a repository has no query")]
    Query,
    /// There is no name of a host, or one that is none.
    #[error("it has no valid name of a host")]
    Host,
    /// The name of the user is not a plain one.
    #[error("the user name before the `@` is not a plain one")]
    User,
    /// The port is no number.
    #[error("the port is not a number between 1 and 65535")]
    Port,
    /// The address ends before it says which repository.
    #[error("it names no repository on the host")]
    Repository,
    /// It has `.` or `..` in the path of the repository, in whatever spelling.
    #[error("the path of the repository has a `.` or `..` in it, perhaps in disguise")]
    Dots,
    /// A `%` stands before what need not or must not be encoded.
    #[error("`%{0}` is not used in addresses of repositories")]
    Encoding(String),
    /// It has a backslash.
    #[error("it has a `\\`; folders are separated by `/`")]
    Backslash,
    /// It has a character that an address cannot have.
    #[error("it has a `{0}`, which is not for addresses")]
    Character(char),
    /// There is more than one `//` after the host.
    #[error("it has more than one `//` after the repository")]
    TwoFolders,
    /// The folder within the repository is not one.
    #[error("the folder after `//` cannot be used: {0}")]
    Folder(PathFault),
    /// The folder within the repository only looks like a plain one.
    #[error("the folder after `//` has dots or slashes in disguise")]
    DisguisedFolder,
    /// The text after `#` cannot be a branch, a tag or a commit.
    #[error("what stands after `#` is not the name of a branch, a tag or a commit")]
    Reference,
    /// A name is not one.
    #[error(
        "a name is lower-case letters, digits and hyphens, with one `/` between source and template; a folder begins with `./`"
    )]
    Name,
}

impl SpecFault {
    /// Returns what to do about it.
    pub(super) fn hint(&self) -> Option<String> {
        match self {
            Self::WithoutGit { write } => Some(format!("write `{write}`")),
            Self::Credentials => Some(
                "leave them to git: set up a credential helper with `git config --global \
                 credential.helper …`, or use `git+ssh://` with a key"
                    .to_owned(),
            ),
            Self::Reference => Some(
                "name one by `#main`, `#v1.2.0`, `#refs/heads/main` or a full commit".to_owned(),
            ),
            Self::Name => Some("list the names with `perk scaffold list`".to_owned()),
            _ => None,
        }
    }
}
