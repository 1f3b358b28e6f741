//! What is worth saying about certificates.

use std::fmt;

/// Something about certificates that their owner may not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CertificateRemark {
    /// A block that is no certificate.
    Broken {
        /// The line at which it begins.
        line: usize,
    },
    /// A private key in a file of certificates, which every container would have been given.
    PrivateKey {
        /// The line at which it begins.
        line: usize,
    },
    /// A text without a certificate.
    Nothing,
    /// A certificate that was left out, because its time is over.
    Expired {
        /// Whose it is.
        subject: String,
        /// The last day.
        until: String,
    },
    /// A certificate that does not belong to an authority, and so proves nothing but itself.
    NoAuthority {
        /// Whose it is.
        subject: String,
    },
    /// The certificates of the system are not known, and Mozilla's were taken.
    MozillaInstead,
}

impl fmt::Display for CertificateRemark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken { line } => {
                write!(
                    f,
                    "the block at line {line} is no certificate, and was left out"
                )
            }
            Self::PrivateKey { line } => write!(
                f,
                "a private key begins at line {line}: it was left out, and does not belong there"
            ),
            Self::Nothing => f.write_str("there is no certificate in it"),
            Self::Expired { subject, until } => {
                write!(f, "`{subject}` was left out: it was valid until {until}")
            }
            Self::NoAuthority { subject } => write!(
                f,
                "`{subject}` is not the certificate of an authority: programs may not trust what \
                 it signs"
            ),
            Self::MozillaInstead => f.write_str(
                "what the system trusts is not known: Mozilla's certificates were taken instead",
            ),
        }
    }
}
