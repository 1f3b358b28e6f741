//! A trust store for Java: PKCS #12 (RFC 7292) with certificates and nothing else.
//!
//! Certificates are public, so nothing in it is encrypted and it has no password. Java takes a
//! certificate in such a store for trusted if it has an attribute of Oracle's.

use super::der::{self, write, write_all};
use super::x509::Certificate;

const DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01];
const CERTIFICATE_BAG: &[u8] = &[
    0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x0a, 0x01, 0x03,
];
const X509: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x16, 0x01];
const FRIENDLY_NAME: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x14];
/// `2.16.840.1.113894.746875.1.1`, by which Java knows a trusted certificate.
const TRUSTED_KEY_USAGE: &[u8] = &[
    0x60, 0x86, 0x48, 0x01, 0x86, 0xf9, 0x66, 0xad, 0xca, 0x7b, 0x01, 0x01,
];
const ANY_USAGE: &[u8] = &[0x55, 0x1d, 0x25, 0x00];

/// Makes a trust store of certificates. The same certificates give the same bytes.
pub fn to_pkcs12(certificates: &[Certificate]) -> Vec<u8> {
    let bags: Vec<_> = certificates
        .iter()
        .enumerate()
        .map(|(index, certificate)| bag(index, certificate))
        .collect();
    let contents = data(&write_all(der::SEQUENCE, &bags));
    let safe = write(der::SEQUENCE, &contents);
    let version = write(der::INTEGER, &[3]);
    write_all(der::SEQUENCE, &[version, data(&safe)])
}

/// `ContentInfo` with data that is not encrypted.
fn data(contents: &[u8]) -> Vec<u8> {
    let octets = write(der::OCTET_STRING, contents);
    let parts = [write(der::OID, DATA), write(der::explicit(0), &octets)];
    write_all(der::SEQUENCE, &parts)
}

fn bag(index: usize, certificate: &Certificate) -> Vec<u8> {
    let octets = write(der::OCTET_STRING, certificate.as_der());
    let parts = [write(der::OID, X509), write(der::explicit(0), &octets)];
    let value = write_all(der::SEQUENCE, &parts);
    write_all(
        der::SEQUENCE,
        &[
            write(der::OID, CERTIFICATE_BAG),
            write(der::explicit(0), &value),
            attributes(index),
        ],
    )
}

/// Each certificate needs a name of its own. DER sorts the members of a set by their bytes.
fn attributes(index: usize) -> Vec<u8> {
    let name: Vec<u8> = format!("certificate {}", index + 1)
        .encode_utf16()
        .flat_map(u16::to_be_bytes)
        .collect();
    let mut attributes = [
        attribute(FRIENDLY_NAME, &write(der::BMP_STRING, &name)),
        attribute(TRUSTED_KEY_USAGE, &write(der::OID, ANY_USAGE)),
    ];
    attributes.sort();
    write_all(der::SET, &attributes)
}

fn attribute(kind: &[u8], value: &[u8]) -> Vec<u8> {
    write_all(
        der::SEQUENCE,
        &[write(der::OID, kind), write(der::SET, value)],
    )
}
