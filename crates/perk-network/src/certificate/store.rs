//! What systems trust, and which of it the company has added.

use std::collections::HashSet;

use super::bundle::pem_length;
use super::x509::Certificate;

/// Where systems keep the certificates that they trust, in one file.
pub const SYSTEM_BUNDLES: [&str; 5] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
];

/// Where administrators put certificates of their own: what is there is the company's.
pub const COMPANY_FOLDERS: [&str; 3] = [
    "/usr/local/share/ca-certificates",
    "/etc/pki/ca-trust/source/anchors",
    "/etc/ca-certificates/trust-source/anchors",
];

/// Where Debian and Alpine keep what the distribution itself trusts, one certificate to a file.
pub const DISTRIBUTION_FOLDER: &str = "/usr/share/ca-certificates/mozilla";

/// Returns the certificates that Mozilla trusts for servers.
pub fn mozilla() -> Vec<Certificate> {
    webpki_root_certs::TLS_SERVER_ROOT_CERTS
        .iter()
        .filter_map(|der| Certificate::from_der(der).ok())
        .collect()
}

/// What Mozilla has trusted in the last years and does no more. Systems are slow to forget.
pub(super) const FORMER_ROOTS: &str = include_str!("former_roots.txt");

/// What a system trusts besides what Mozilla trusts or has trusted: certificates of the company, and
/// perhaps some of its distribution.
#[derive(Debug, Clone)]
pub struct Additions<'a> {
    certificates: Vec<&'a Certificate>,
}

impl<'a> Additions<'a> {
    /// Returns what a system trusts besides what Mozilla does or did, each once.
    pub fn of(system: &'a [Certificate]) -> Self {
        let mozilla = webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter();
        let mut known: HashSet<&[u8]> = mozilla.map(|der| &der[..]).collect();
        let certificates = system.iter();
        Self {
            certificates: certificates
                .filter(|certificate| known.insert(certificate.as_der()))
                .filter(|certificate| !is_former_root(certificate))
                .collect(),
        }
    }

    /// Takes out what is known otherwise.
    pub fn remove(&mut self, known: &[Certificate]) {
        self.certificates
            .retain(|certificate| !known.contains(certificate));
    }

    /// Returns what is left.
    pub fn certificates(&self) -> &[&'a Certificate] {
        &self.certificates
    }

    /// Tells whether a file of one certificate in PEM can be one of these, by its length.
    pub fn fits(&self, length: u64) -> bool {
        let lengths = self.certificates.iter();
        let mut lengths = lengths.map(|certificate| pem_length(certificate.as_der().len()));
        lengths.any(|fitting| u64::try_from(fitting) == Ok(length))
    }
}

pub(super) fn is_former_root(certificate: &Certificate) -> bool {
    let fingerprint = certificate.fingerprint();
    FORMER_ROOTS.lines().any(|line| line == fingerprint)
}
