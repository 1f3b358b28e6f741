//! Certificates as they come in files, and bundles of them.

use base64::Engine as _;
use proptest::prelude::*;
use time::macros::datetime;

use super::store::{FORMER_ROOTS, is_former_root};
use super::*;

const AUTHORITY: &str = include_str!("../../tests/certificates/ca.pem");
const LEAF: &str = include_str!("../../tests/certificates/leaf.pem");
const OLD: &str = include_str!("../../tests/certificates/old.pem");
const NOW: time::OffsetDateTime = datetime!(2026-11-23 0:00 UTC);

fn certificates(text: &str) -> Vec<Certificate> {
    read(text.as_bytes()).certificates
}

fn lines(remarks: &[CertificateRemark]) -> Vec<String> {
    remarks.iter().map(ToString::to_string).collect()
}

fn subjects(certificates: &[Certificate]) -> Vec<String> {
    certificates.iter().map(Certificate::subject).collect()
}

#[test]
fn a_certificate_says_whose_it_is_and_until_when() {
    let all = certificates(&[AUTHORITY, LEAF, OLD].concat());
    assert_eq!(
        subjects(&all),
        ["Example Corp Root", "leaf.example", "Old Root"]
    );
    // Each of them signed itself.
    let issuers: Vec<String> = all.iter().map(Certificate::issuer).collect();
    assert_eq!(issuers, subjects(&all));
    let authorities: Vec<bool> = all.iter().map(Certificate::is_authority).collect();
    assert_eq!(authorities, [true, false, true]);
    assert_eq!(all[2].not_after(), datetime!(2001-01-01 0:00 UTC));
    assert!(all[0].not_after() > datetime!(2100-01-01 0:00 UTC));
}

#[test]
fn files_have_more_than_certificates_in_them() {
    let windows = AUTHORITY.replace('\n', "\r\n");
    let marked = format!("\u{feff}# Example\n{AUTHORITY}\nsubject=Example\n");
    for text in [&windows, &marked] {
        let read = read(text.as_bytes());
        assert_eq!(subjects(&read.certificates), ["Example Corp Root"]);
        assert_eq!(read.remarks, []);
    }
    let mixed = format!(
        "{AUTHORITY}-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n\
         -----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
    );
    let first = AUTHORITY.lines().count() + 1;
    assert_eq!(
        lines(&read(mixed.as_bytes()).remarks),
        [
            format!(
                "a private key begins at line {first}: it was left out, and does not belong there"
            ),
            format!(
                "the block at line {} is no certificate, and was left out",
                first + 3
            ),
        ]
    );
    assert_eq!(read(b"").remarks, [CertificateRemark::Nothing]);
}

#[test]
fn der_and_what_openssl_calls_trusted_are_read_too() {
    let [certificate] = &certificates(AUTHORITY)[..] else {
        panic!("one certificate");
    };
    let der = read(certificate.as_der());
    assert_eq!(der.certificates, std::slice::from_ref(certificate));
    let trusted = [certificate.as_der(), &[0x30, 0x00]].concat();
    let letters = base64::engine::general_purpose::STANDARD.encode(trusted);
    let text = format!(
        "-----BEGIN TRUSTED CERTIFICATE-----\n{letters}\n-----END TRUSTED CERTIFICATE-----\n"
    );
    assert_eq!(certificates(&text), std::slice::from_ref(certificate));
}

#[test]
fn a_bundle_has_the_system_and_the_company_once_each() {
    let system = mozilla();
    let company = certificates(&[AUTHORITY, AUTHORITY, LEAF, OLD].concat());
    let bundle = merge(&system, &company, NOW);
    let added = bundle.certificates.len() - 2;
    assert!(added > 100, "{added}");
    assert_eq!(
        subjects(&bundle.certificates[added..]),
        ["Example Corp Root", "leaf.example"]
    );
    assert_eq!(
        lines(&bundle.remarks),
        [
            "`leaf.example` is not the certificate of an authority: programs may not trust what it signs",
            "`Old Root` was left out: it was valid until 2001-01-01",
        ]
    );
    let again = read(bundle.to_pem().as_bytes());
    assert_eq!(
        (again.certificates, again.remarks),
        (bundle.certificates, vec![])
    );
}

#[test]
fn without_a_system_mozilla_stands_in() {
    let bundle = merge(&[], &certificates(AUTHORITY), NOW);
    assert!(bundle.certificates.len() > 100);
    assert_eq!(bundle.remarks, [CertificateRemark::MozillaInstead]);
}

#[test]
fn what_the_company_adds_is_in_neither_list() {
    let mut system = mozilla();
    assert!(system.iter().all(Certificate::is_authority));
    system.extend(certificates(&[AUTHORITY, OLD].concat()));
    let mut added = Additions::of(&system);
    for text in [AUTHORITY, OLD] {
        let length = u64::try_from(text.len()).expect("a length");
        assert!(added.fits(length) && !added.fits(length + 1));
    }
    added.remove(&certificates(OLD));
    let left: Vec<_> = added.certificates().iter().copied().cloned().collect();
    assert_eq!(subjects(&left), ["Example Corp Root"]);
}

#[test]
fn what_mozilla_trusts_now_is_no_former_root() {
    let mozilla = mozilla();
    assert!(mozilla.iter().all(|root| !is_former_root(root)));
    let lines = FORMER_ROOTS.lines().filter(|line| !line.starts_with('#'));
    assert!(lines.clone().all(|line| line.len() == 64));
    assert!(lines.count() > 100);
}

#[test]
fn every_certificate_of_mozilla_can_be_read() {
    let all = webpki_root_certs::TLS_SERVER_ROOT_CERTS;
    assert_eq!(mozilla().len(), all.len());
}

#[test]
fn a_trust_store_is_always_the_same() {
    let all = certificates(&[AUTHORITY, LEAF].concat());
    let store = to_pkcs12(&all);
    assert_eq!(store, to_pkcs12(&all));
    for certificate in &all {
        let der = certificate.as_der();
        assert!(store.windows(der.len()).any(|window| window == der));
    }
}

#[test]
fn variables_name_the_bundle_and_java_its_store() {
    let all = variables(Paths {
        bundle: "/perk/ca.pem",
        trust_store: Some("/perk/ca.p12"),
        wgetrc: Some("/perk/wgetrc"),
    });
    let java = all.last().expect("a variable");
    assert_eq!(java.name, "JAVA_TOOL_OPTIONS");
    assert_eq!(
        java.value.reveal(),
        "-Djavax.net.ssl.trustStore=/perk/ca.p12 -Djavax.net.ssl.trustStoreType=PKCS12"
    );
    assert_eq!(wgetrc("/perk/ca.pem"), "ca_certificate = /perk/ca.pem\n");
    let known: Vec<&str> = crate::program::known()
        .iter()
        .flat_map(|program| program.certificates.iter())
        .flat_map(|certificates| certificates.variables.iter())
        .map(|variable| variable.name.as_str())
        .filter(|name| *name != "SSL_CERT_DIR")
        .collect();
    for name in known {
        assert!(all.iter().any(|variable| variable.name == name), "{name}");
    }
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes: Vec<u8>) {
        let _ = read(&bytes);
    }

    #[test]
    fn no_changed_certificate_makes_it_panic(at: prop::sample::Index, byte: u8) {
        let mut der = certificates(AUTHORITY)[0].as_der().to_vec();
        let at = at.index(der.len());
        der[at] = byte;
        let _ = Certificate::from_der(&der);
    }
}
