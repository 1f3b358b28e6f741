//! What systems trust, and which of it the company has added.

use std::collections::HashSet;

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

/// Returns what a system trusts besides Mozilla's certificates and those of its distribution,
/// which may be older or newer than the ones known here.
pub fn corporate<'a>(
    system: &'a [Certificate],
    distribution: &[Certificate],
) -> Vec<&'a Certificate> {
    let mut known: HashSet<&[u8]> = distribution.iter().map(Certificate::as_der).collect();
    known.extend(
        webpki_root_certs::TLS_SERVER_ROOT_CERTS
            .iter()
            .map(|der| &der[..]),
    );
    system
        .iter()
        .filter(|certificate| known.insert(certificate.as_der()))
        .collect()
}
