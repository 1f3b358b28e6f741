//! Where a program still goes wrong.

use std::fmt;

use super::table::{Address, Sent, UserOnly};
use crate::ProxyUrl;
use serde::{Serialize, Serializer};

/// Something that a program does in a way of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// It sends escapes of credentials as they are written.
    EscapesAsWritten,
    /// It sends no credentials at all, since its options cannot carry them.
    CredentialsDropped,
    /// It does not send a user without a password.
    UserDropped,
    /// It asks for the password of a user without one.
    UserAsks,
    /// It may encode letters outside ASCII in another way than the proxy expects.
    NonAscii,
    /// It takes a port of its own where none is written.
    Port(u16),
    /// It resolves names itself, which behind a SOCKS proxy may not work.
    LocalNames,
    /// It has the proxy resolve names.
    RemoteNames,
    /// It has no list of exemptions: everything goes through the proxy.
    NoExemptions,
    /// Its exemptions were not measured.
    ExemptionsUnknown,
    /// A name also exempts names that only end in the same letters.
    SuffixToo,
    /// It does not read lists with blanks in them.
    Blanks,
    /// It does not know names with capitals.
    UpperCase,
    /// The spellings differ, and the last one in the environment counts.
    LastCounts,
    /// It reads only the spelling in lower case, which is not set.
    UnreadList,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::EscapesAsWritten => {
                "it sends the escapes in the credentials as they are written: the proxy answers 407"
            }
            Self::CredentialsDropped => {
                "it sends no user and no password, which its options cannot carry: the proxy \
                 answers 407, unless a relay signs in: `perk docker-run --exec --relay always`"
            }
            Self::UserDropped => "it sends no user without a password",
            Self::UserAsks => "it asks for the password of the user, and fails without a terminal",
            Self::NonAscii => {
                "programs encode letters outside ASCII in the credentials in different ways"
            }
            Self::Port(port) => return write!(f, "it takes port {port} where none is written"),
            Self::LocalNames => "it resolves names itself, not the SOCKS proxy",
            Self::RemoteNames => "the SOCKS proxy resolves names",
            Self::NoExemptions => "it has no exemptions: every host is behind the proxy",
            Self::ExemptionsUnknown => "its exemptions were not measured",
            Self::SuffixToo => {
                "a name also exempts names that only end in it: `corp.example` exempts \
                 `notcorp.example`"
            }
            Self::Blanks => "it does not read lists with blanks in them",
            Self::UpperCase => "it does not know names in capitals",
            Self::LastCounts => {
                "the two spellings differ, and the one that stands last in its environment counts"
            }
            Self::UnreadList => "it reads no list of exemptions in the spelling that is set",
        })
    }
}

/// In data a warning is its sentence.
impl Serialize for Warning {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

pub(super) fn about_credentials(address: &Address, proxy: &ProxyUrl, warnings: &mut Vec<Warning>) {
    let Some(credentials) = &proxy.credentials else {
        return;
    };
    let mut found = Vec::new();
    if credentials.has_escapes() && address.credentials == Sent::AsWritten {
        found.push(Warning::EscapesAsWritten);
    }
    if credentials.has_non_ascii() {
        found.push(Warning::NonAscii);
    }
    if credentials.is_user_only() {
        match address.user_only {
            UserOnly::Sent => {}
            UserOnly::Dropped => found.push(Warning::UserDropped),
            UserOnly::Fails => found.push(Warning::UserAsks),
        }
    }
    found.retain(|warning| !warnings.contains(warning));
    warnings.extend(found);
}
