//! What certificates are worth: to those who trust public authorities, and to those who trust what
//! they were given.
//!
//! INVARIANT: the verifier that accepts everything is for handshakes over which nothing is sent that
//! is worth anything. Signatures are checked all the same, so that whoever has sent a certificate
//! also has its key.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use perk_network::Host;
use perk_network::certificate::Certificate;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};

use super::handshake::server_name;
use crate::Verdict;

/// The certificates that a server has sent, its own first.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub(super) chain: Vec<CertificateDer<'static>>,
}

impl Seen {
    fn new(server: &CertificateDer<'_>, others: &[CertificateDer<'_>]) -> Self {
        let sent = std::iter::once(server).chain(others);
        Self {
            chain: sent.map(|der| der.clone().into_owned()).collect(),
        }
    }
}

/// Accepts all certificates, and remembers them.
#[derive(Debug, Default)]
pub(super) struct Verifier {
    seen: Mutex<Option<Seen>>,
}

/// Accepts only what is trusted, and remembers what it has refused.
#[derive(Debug)]
pub(super) struct Strict {
    /// None if nobody at all is trusted.
    trusted: Option<Arc<WebPkiServerVerifier>>,
    signatures: Verifier,
    refused: Mutex<Option<(Verdict, Seen)>>,
}

/// Who is trusted.
#[derive(Debug)]
pub(crate) struct Roots {
    public: Option<Arc<WebPkiServerVerifier>>,
    given: Option<Arc<WebPkiServerVerifier>>,
}

/// Returns the cryptography that all handshakes use.
pub(super) fn provider() -> Arc<CryptoProvider> {
    static PROVIDER: OnceLock<Arc<CryptoProvider>> = OnceLock::new();
    Arc::clone(PROVIDER.get_or_init(|| Arc::new(ring::default_provider())))
}

impl Roots {
    /// Trusts the public authorities, and apart from that what is given.
    pub(crate) fn new(given: &[Certificate]) -> Self {
        let public = webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().cloned();
        Self {
            public: verifier(public),
            given: verifier(ders(given)),
        }
    }

    pub(super) fn public_verdict(&self, seen: &Seen, host: &Host) -> Verdict {
        let verdict = verdict(self.public.as_ref(), seen, host);
        verdict.unwrap_or(Verdict::UnknownIssuer)
    }

    /// None if nothing was given.
    pub(super) fn given_verdict(&self, seen: &Seen, host: &Host) -> Option<Verdict> {
        verdict(self.given.as_ref(), seen, host)
    }
}

fn ders(certificates: &[Certificate]) -> impl Iterator<Item = CertificateDer<'_>> {
    let certificates = certificates.iter();
    certificates.map(|certificate| CertificateDer::from(certificate.as_der()))
}

fn verifier<'a>(
    certificates: impl Iterator<Item = CertificateDer<'a>>,
) -> Option<Arc<WebPkiServerVerifier>> {
    let mut store = RootCertStore::empty();
    store.add_parsable_certificates(certificates);
    WebPkiServerVerifier::builder_with_provider(Arc::new(store), provider())
        .build()
        .ok()
}

fn verdict(
    verifier: Option<&Arc<WebPkiServerVerifier>>,
    seen: &Seen,
    host: &Host,
) -> Option<Verdict> {
    let verifier = verifier?;
    let (server, others) = seen.chain.split_first()?;
    let name = server_name(host).ok()?;
    let now = UnixTime::now();
    let outcome = verifier.verify_server_cert(server, others, &name, &[], now);
    Some(match outcome {
        Ok(_) => Verdict::Trusted,
        Err(error) => fault(&error),
    })
}

fn fault(error: &Error) -> Verdict {
    match error {
        Error::InvalidCertificate(fault) => match fault {
            CertificateError::UnknownIssuer => Verdict::UnknownIssuer,
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => Verdict::Expired,
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                Verdict::NotYetValid
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                Verdict::WrongName
            }
            other => Verdict::Invalid {
                message: other.to_string(),
            },
        },
        other => Verdict::Invalid {
            message: other.to_string(),
        },
    }
}

impl Verifier {
    pub(super) fn seen(&self) -> Option<Seen> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.clone()
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        *seen = Some(Seen::new(end_entity, intermediates));
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = provider().signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signed, &algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = provider().signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, &algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        provider()
            .signature_verification_algorithms
            .supported_schemes()
    }
}

impl Strict {
    /// Trusts nobody but those who are given.
    pub(super) fn new(trusted: &[Certificate]) -> Self {
        Self {
            trusted: verifier(ders(trusted)),
            signatures: Verifier::default(),
            refused: Mutex::default(),
        }
    }

    /// Returns what was refused, and why.
    pub(super) fn refused(&self) -> Option<(Verdict, Seen)> {
        let refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        refused.clone()
    }

    fn judge(
        &self,
        server: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        match &self.trusted {
            Some(trusted) => trusted.verify_server_cert(server, others, name, &[], now),
            None => Err(CertificateError::UnknownIssuer.into()),
        }
    }
}

impl ServerCertVerifier for Strict {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        _: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let judged = self.judge(end_entity, intermediates, name, now);
        judged.inspect_err(|error| {
            let seen = Seen::new(end_entity, intermediates);
            let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
            *refused = Some((fault(error), seen));
        })
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.signatures
            .verify_tls12_signature(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.signatures
            .verify_tls13_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.signatures.supported_verify_schemes()
    }
}
