//! What is worth saying about a list of exemptions.

use std::fmt;

use ipnet::IpNet;

use super::Entry;

/// Something about a list that its writer may not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoProxyRemark {
    /// Entries with something else than a comma between them.
    Separators,
    /// Blanks after commas.
    Blanks,
    /// Quotes in the list.
    Quotes,
    /// Capital letters, which some programs compare as they are.
    UpperCase,
    /// A form of a domain that not all programs know, written as `x,.x` instead.
    Domain {
        /// What was written.
        written: String,
        /// The domain.
        name: String,
    },
    /// Brackets around an address of IP version 6.
    Brackets {
        /// What was written.
        written: String,
    },
    /// A network in a form that few programs know.
    Network {
        /// What was written.
        written: String,
        /// The network that it means.
        network: IpNet,
    },
    /// A URL where a host is needed.
    Url {
        /// The host and port in it.
        kept: String,
    },
    /// `*` among other entries, which then have no meaning.
    EverythingAmongOthers,
    /// An entry that means nothing.
    NotUnderstood {
        /// What was written, or a mask where it may hold a password.
        written: String,
    },
    /// A network that only some programs understand.
    FewUnderstand(IpNet),
    /// A small network, given as its addresses.
    Expanded {
        /// The network.
        network: IpNet,
        /// How many addresses it has.
        addresses: usize,
    },
    /// An entry with a port, which only some programs understand.
    Port(Entry),
    /// An entry that no variable can express.
    LeftOut(Entry),
}

impl fmt::Display for NoProxyRemark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Separators => f.write_str("the entries were separated by commas"),
            Self::Blanks => f.write_str("blanks between the entries were taken out"),
            Self::Quotes => f.write_str("quotes were taken out"),
            Self::UpperCase => f.write_str("names were written in lower case"),
            Self::Domain { written, name } => write!(
                f,
                "`{written}` was written as `{name},.{name}`, which exempts `{name}` and all below it"
            ),
            Self::Brackets { written } => {
                write!(f, "brackets were taken off `{written}`")
            }
            Self::Network { written, network } => {
                write!(f, "`{written}` was taken for the network {network}")
            }
            Self::Url { kept } => write!(f, "a URL was taken for its host `{kept}`"),
            Self::EverythingAmongOthers => {
                f.write_str("`*` stands among other entries: no proxy is used at all")
            }
            Self::NotUnderstood { written } if !written.is_ascii() => write!(
                f,
                "`{written}` was left out: write the name in its ASCII form, which begins with \
                 `xn--`"
            ),
            Self::NotUnderstood { written } => {
                write!(
                    f,
                    "`{written}` is no host, address or network, and was left out"
                )
            }
            Self::FewUnderstand(network) => write!(
                f,
                "fewer than half of the known programs understand the network {network}: for the \
                 others its addresses are behind the proxy"
            ),
            Self::Expanded { network, addresses } => write!(
                f,
                "the network {network} was written as its {addresses} addresses"
            ),
            Self::Port(entry) => write!(
                f,
                "few programs understand the port of `{entry}`: for the others it is behind the proxy"
            ),
            Self::LeftOut(Entry::Network(network)) => write!(
                f,
                "the IPv6 network {network} was left out: it makes some programs fail"
            ),
            Self::LeftOut(Entry::Pattern(pattern)) => write!(
                f,
                "the pattern `{pattern}` was left out: no program understands it"
            ),
            Self::LeftOut(Entry::PlainNames) => f.write_str(
                "names without a dot cannot be exempted by a variable: `<local>` was left out",
            ),
            Self::LeftOut(entry) => write!(
                f,
                "`{entry}` was left out: it cannot be written without brackets, which make some \
                 programs fail"
            ),
        }
    }
}
