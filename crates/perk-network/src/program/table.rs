//! The table of programs.

use std::sync::OnceLock;

use perk_diag::{Class, Explain, Hint, nearest};
use serde::Deserialize;

const TEXT: &str = include_str!("programs.toml");

/// A program, and what was measured about it. What was not measured is not there.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Program {
    /// The name by which it is asked for.
    pub name: String,
    /// The name with its version, for people.
    pub title: String,
    /// The beginning of the version that was measured, if it was written down.
    pub version: Option<String>,
    /// Other names, which programs may share.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// A variable that has to be `1` before it reads any variable of proxies.
    pub switch: Option<String>,
    /// Whether it takes its proxy from the options for Java.
    #[serde(default)]
    pub java: bool,
    /// Whether nothing that a container is given makes it send a user and a password.
    #[serde(default)]
    pub drops_credentials: bool,
    /// Whether it reads no variable of a proxy.
    #[serde(default)]
    pub reads_nothing: bool,
    /// Which variables it reads, if that was measured.
    pub variables: Option<VariableRules>,
    /// Which forms of exemptions it understands.
    pub exemptions: Option<ExemptionRules>,
    /// What it does with forms of the address of a proxy.
    pub address: Option<Address>,
    /// How it is told which certificates to trust.
    pub certificates: Option<Certificates>,
}

/// Which variables a program reads.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct VariableRules {
    /// The spelling for `http:`.
    pub http: Order,
    /// The spelling for `https:`.
    pub https: Order,
    /// What it does for `https:` if only the variable for `http:` is set.
    pub https_from_http: Fallback,
    /// Whether the variable for `https:`, if it is set, counts for `http:` too.
    #[serde(default)]
    pub https_for_both: bool,
    /// The spelling of the variable for all protocols.
    pub all: Order,
    /// Whether the variable for all protocols, if it is set, counts before the others.
    #[serde(default)]
    pub all_first: bool,
    /// What an empty variable in lower case means.
    pub empty_lower: Empty,
    /// What it does with an address without a scheme.
    pub without_scheme: Behavior,
    /// The spelling of the list of exemptions.
    pub no_proxy: Order,
}

/// Which spelling of a variable is read, and which first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    /// Lower case only.
    Lower,
    /// Capitals only.
    Upper,
    /// Both; lower case counts.
    LowerFirst,
    /// Both; capitals count.
    UpperFirst,
    /// Both; the one that stands last in the environment counts, which nobody orders.
    Last,
    /// None.
    None,
}

/// What a program does for `https:` if only the variable for `http:` is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fallback {
    /// It goes direct.
    No,
    /// It uses that proxy.
    Yes,
    /// It fails.
    Fails,
}

/// What an empty variable in lower case means where the one in capitals is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Empty {
    /// No proxy.
    Direct,
    /// Nothing: the one in capitals counts.
    Upper,
}

/// What a program does with a form that it may not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Behavior {
    /// It works.
    Works,
    /// It works, and the program itself resolves names.
    LocalNames,
    /// It works, and the proxy resolves names.
    RemoteNames,
    /// It fails.
    Fails,
    /// It ignores the proxy and goes direct.
    Direct,
    /// It speaks HTTP to a proxy that expects something else.
    SpeaksHttp,
}

/// A form of an exemption.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each name says its form")]
pub enum Form {
    BareSubdomain,
    DotSubdomain,
    DotApex,
    /// A name that wrongly exempts names that only end in the same letters.
    BareSuffix,
    StarDomain,
    Star,
    StarAmongOthers,
    Ipv4Network,
    Ipv4Address,
    Ipv4Pattern,
    NameWithPort,
    AnyPort,
    BlanksAfterCommas,
    BlanksOnly,
    UpperCase,
    Ipv6Address,
    Ipv6Brackets,
    Ipv6Network,
    LoopbackUnasked,
}

/// Which forms of exemptions a program understands.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExemptionRules {
    /// The forms that work.
    pub understands: Vec<Form>,
    /// The forms that make the program fail.
    #[serde(default)]
    pub fails: Vec<Form>,
}

/// What a program does with forms of the address of a proxy.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Address {
    /// How it sends credentials that are percent-encoded.
    pub credentials: Sent,
    /// What it does with a user without a password.
    pub user_only: UserOnly,
    /// A proxy of the scheme `socks5`.
    pub socks5: Behavior,
    /// A proxy of the scheme `socks5h`.
    pub socks5h: Behavior,
    /// A proxy of the scheme `https`.
    pub over_tls: Behavior,
    /// An address of IP version 6.
    pub ipv6: Behavior,
    /// The port it takes where none is written.
    pub port: u16,
    /// A scheme in capitals.
    pub upper_scheme: Behavior,
    /// Blanks around the address.
    pub blanks: Behavior,
    /// Quotes around the address.
    pub quotes: Behavior,
}

/// How credentials that are percent-encoded are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sent {
    /// As they are meant.
    Decoded,
    /// As they are written, which the proxy refuses.
    AsWritten,
}

/// What a program does with a user without a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UserOnly {
    /// It sends the user.
    Sent,
    /// It sends no credentials.
    Dropped,
    /// It asks for a password, and fails where nobody answers.
    Fails,
}

/// How a program is told which certificates to trust.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificates {
    /// Whether it trusts what the system trusts.
    pub system: bool,
    /// The variables it reads, the one that counts most first.
    #[serde(default)]
    pub variables: Vec<TrustVariable>,
}

/// A variable that names certificates.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrustVariable {
    /// Its name.
    pub name: String,
    /// Whether other certificates stay trusted.
    pub effect: Effect,
}

/// Whether other certificates stay trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// They do.
    Adds,
    /// Only those of the file are trusted.
    Replaces,
}

/// A program that is not in the table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("nothing is known about the program `{name}`")]
pub struct ProgramError {
    /// What was asked for.
    pub name: String,
    /// The name that was probably meant.
    pub nearest: Option<String>,
}

impl Explain for ProgramError {
    fn class(&self) -> Class {
        Class::User
    }

    fn hints(&self) -> Vec<Hint> {
        let near = self.nearest.iter();
        let near = near.map(|name| Hint::new(format!("did you mean `{name}`?")));
        let mut hints: Vec<_> = near.collect();
        if hints.is_empty() {
            let names: Vec<&str> = known().iter().map(|known| known.name.as_str()).collect();
            hints.push(Hint::new(format!("known are {}", names.join(", "))));
        }
        hints
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    program: Vec<Program>,
}

/// Returns all programs of the table.
pub fn known() -> &'static [Program] {
    static PROGRAMS: OnceLock<Vec<Program>> = OnceLock::new();
    // A test reads the table, so that it is never empty for a fault in it.
    PROGRAMS.get_or_init(|| parse().map(|file| file.program).unwrap_or_default())
}

fn parse() -> Result<File, toml::de::Error> {
    toml::from_str(TEXT)
}

/// Returns the programs of a name: one, or all that share it.
pub fn programs(name: &str) -> Result<Vec<&'static Program>, ProgramError> {
    let found: Vec<_> = known()
        .iter()
        .filter(|known| known.name == name || known.aliases.iter().any(|alias| alias == name))
        .collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let names = known()
        .iter()
        .flat_map(|known| std::iter::once(&known.name).chain(&known.aliases));
    Err(ProgramError {
        name: name.to_owned(),
        nearest: nearest(name, names).cloned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_can_be_read() {
        let file = parse().expect("a valid table");
        assert!(file.program.len() >= 33, "{}", file.program.len());
        let mut names: Vec<_> = file.program.iter().map(|known| &known.name).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), file.program.len());
    }

    #[test]
    fn programs_share_names() {
        let names = |name: &str| -> Vec<&str> {
            let found = programs(name).expect("known");
            found.iter().map(|known| known.name.as_str()).collect()
        };
        assert_eq!(names("wget"), ["wget", "busybox-wget"]);
        assert_eq!(names("curl"), ["curl"]);
        let error = programs("wgte").expect_err("unknown");
        assert_eq!(error.hints(), [Hint::new("did you mean `wget`?")]);
    }
}
