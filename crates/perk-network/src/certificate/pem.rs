//! Certificates in files: PEM (RFC 7468), as many as there are, or one in DER.

use std::borrow::Cow;

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::remark::CertificateRemark;
use super::x509::Certificate;

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// The certificates of a file, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Read {
    /// The certificates.
    pub certificates: Vec<Certificate>,
    /// What is worth saying about the file.
    pub remarks: Vec<CertificateRemark>,
}

/// Reads the certificates of a file. What is between them does not matter.
pub fn read(bytes: &[u8]) -> Read {
    let mut read = Read::default();
    if let Ok(certificate) = Certificate::from_der(bytes) {
        read.certificates.push(certificate);
        return read;
    }
    // Of text, which most files are, this is several times as fast.
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => String::from_utf8_lossy(bytes),
    };
    let mut lines = text.lines().enumerate();
    let mut letters = String::new();
    while let Some((index, line)) = lines.next() {
        let Some(label) = label(line, "BEGIN") else {
            continue;
        };
        letters.clear();
        let block = lines.by_ref().map(|(_, line)| line);
        for line in block.take_while(|line| self::label(line, "END").is_none()) {
            letters.extend(line.split_ascii_whitespace());
        }
        read.take(label, &letters, index + 1);
    }
    if read.certificates.is_empty() && read.remarks.is_empty() {
        read.remarks.push(CertificateRemark::Nothing);
    }
    read
}

fn label<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    let inner = line.trim().trim_start_matches('\u{feff}');
    let inner = inner.strip_prefix("-----")?.strip_suffix("-----")?;
    inner.strip_prefix(word)?.strip_prefix(' ')
}

impl Read {
    /// What openssl calls trusted has more behind the certificate, which is dropped.
    fn take(&mut self, label: &str, letters: &str, line: usize) {
        match label {
            "CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE" => {
                let bytes = LENIENT.decode(letters).unwrap_or_default();
                match Certificate::from_der(&bytes) {
                    Ok(certificate) => self.certificates.push(certificate),
                    Err(_) => self.remarks.push(CertificateRemark::Broken { line }),
                }
            }
            label if label.ends_with("PRIVATE KEY") => {
                self.remarks.push(CertificateRemark::PrivateKey { line });
            }
            _ => {}
        }
    }
}
