//! Why a text cannot be fetched, and what to do about it.

use perk_diag::{Class, Explain, Hint};
use perk_probe::{Silence, TlsFault, Verdict};

use super::{REDIRECTS, SIZE_LIMIT, TIME_LIMIT};

/// A text that cannot be fetched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FetchError {
    #[error("perk fetches over `http:` and `https:`, and `{url}` is something else")]
    NotHttp { url: String },
    #[error("`{url}` names no server")]
    NoServer { url: String },
    #[error("`{host}` did not answer within {} s", TIME_LIMIT.as_secs())]
    TooSlow { host: String },
    #[error("cannot reach `{host}`: {message}")]
    Unreachable { host: String, message: String },
    #[error("{}", in_words(host, fault))]
    Tls { host: String, fault: TlsFault },
    #[error("the server answers with status {status}")]
    Status { status: u16 },
    #[error("what `{host}` answers is not HTTP")]
    NotAnAnswer { host: String },
    #[error("the answer ends in the middle")]
    Incomplete,
    #[error("the answer is longer than {} MiB", SIZE_LIMIT >> 20)]
    TooLong,
    #[error("the server sends on more than {REDIRECTS} times")]
    Redirects,
    #[error("the server sends on from `https:` to `{url}`, which anybody on the way can change")]
    Downgrade { url: String },
}

fn in_words(host: &str, fault: &TlsFault) -> String {
    match fault {
        TlsFault::NotTrusted { verdict, authority } => match verdict {
            Verdict::WrongName => {
                format!("the certificate that comes for `{host}` is that of another name")
            }
            Verdict::Expired => format!("a certificate of `{host}` has expired"),
            Verdict::NotYetValid => format!("a certificate of `{host}` is not valid yet"),
            Verdict::UnknownIssuer | Verdict::Trusted => format!(
                "the certificate of `{host}` is signed by `{authority}`, which this machine does \
                 not trust"
            ),
            Verdict::Invalid { message } => {
                format!("a certificate of `{host}` is not valid: {message}")
            }
        },
        TlsFault::Silent { reason } => match reason {
            Silence::SpeaksNoTls => format!("`{host}` does not speak TLS"),
            reason => format!("cannot speak TLS with `{host}`: {reason}"),
        },
    }
}

/// Says what to do where TLS fails.
fn way_out(fault: &TlsFault) -> Option<String> {
    match fault {
        TlsFault::NotTrusted { verdict, authority } => Some(match verdict {
            Verdict::UnknownIssuer | Verdict::Trusted => format!(
                "get the certificate of `{authority}` from your company, and pass `--ca FILE`"
            ),
            Verdict::Expired | Verdict::NotYetValid => {
                "check the clock of this machine, and ask those who run the server".to_owned()
            }
            Verdict::WrongName | Verdict::Invalid { .. } => {
                "check the name in the address, and ask those who run the server".to_owned()
            }
        }),
        TlsFault::Silent {
            reason: Silence::SpeaksNoTls,
        } => Some("check the port, or write `http:`".to_owned()),
        TlsFault::Silent { .. } => None,
    }
}

impl Explain for FetchError {
    fn class(&self) -> Class {
        match self {
            Self::NotHttp { .. } | Self::NoServer { .. } => Class::User,
            _ => Class::Environment,
        }
    }

    fn hints(&self) -> Vec<Hint> {
        let hint = match self {
            Self::NotHttp { .. } | Self::NoServer { .. } => {
                Some("name it like `https://pac.example.com/proxy.pac`, or name a file".to_owned())
            }
            Self::Tls { fault, .. } => way_out(fault),
            Self::Downgrade { url } => Some(format!(
                "if you trust the network, pass `--pac {}`",
                url.replace("***@", "")
            )),
            _ => None,
        };
        let other = "pass `--proxy URL`, or `--proxy none` where no proxy is needed";
        vec![Hint::new(hint.unwrap_or_else(|| other.to_owned()))]
    }
}
