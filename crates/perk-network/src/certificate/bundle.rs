//! One file of all certificates that a container has to trust.

use std::collections::HashSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use time::OffsetDateTime;

use super::remark::CertificateRemark;
use super::store::mozilla;
use super::x509::Certificate;

/// All certificates that a container has to trust.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bundle {
    /// The certificates, each once.
    pub certificates: Vec<Certificate>,
    /// What is worth saying about them.
    pub remarks: Vec<CertificateRemark>,
}

/// Puts what the system trusts and what the company adds together. Without the former, Mozilla's
/// certificates take their place.
pub fn merge(system: &[Certificate], company: &[Certificate], now: OffsetDateTime) -> Bundle {
    let mut bundle = Bundle::default();
    let mut seen = HashSet::new();
    let instead = if system.is_empty() {
        bundle.remarks.push(CertificateRemark::MozillaInstead);
        mozilla()
    } else {
        Vec::new()
    };
    for certificate in system.iter().chain(&instead) {
        // Systems keep old certificates for years, which is nothing to tell.
        if certificate.not_after() >= now && seen.insert(certificate.as_der()) {
            bundle.certificates.push(certificate.clone());
        }
    }
    for certificate in company {
        if certificate.not_after() < now {
            bundle.remarks.push(CertificateRemark::Expired {
                subject: certificate.subject(),
                until: certificate.not_after().date().to_string(),
            });
        } else if seen.insert(certificate.as_der()) {
            if !certificate.is_authority() {
                bundle.remarks.push(CertificateRemark::NoAuthority {
                    subject: certificate.subject(),
                });
            }
            bundle.certificates.push(certificate.clone());
        }
    }
    bundle
}

impl Bundle {
    /// Returns the file in PEM.
    pub fn to_pem(&self) -> String {
        self.certificates.iter().map(to_pem).collect()
    }
}

const BEGIN: &str = "-----BEGIN CERTIFICATE-----\n";
const END: &str = "-----END CERTIFICATE-----\n";
const LINE: usize = 64;

fn to_pem(certificate: &Certificate) -> String {
    let letters = STANDARD.encode(certificate.as_der());
    let mut text = BEGIN.to_owned();
    let mut rest = letters.as_str();
    while !rest.is_empty() {
        let (line, left) = rest.split_at(rest.len().min(LINE));
        text.push_str(line);
        text.push('\n');
        rest = left;
    }
    text.push_str(END);
    text
}

/// Returns the length of a certificate in PEM from its length in DER.
pub(super) fn pem_length(der: usize) -> usize {
    let letters = der.div_ceil(3) * 4;
    BEGIN.len() + letters + letters.div_ceil(LINE) + END.len()
}
