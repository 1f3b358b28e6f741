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

/// Accepts all certificates, and remembers them.
#[derive(Debug, Default)]
pub(super) struct Verifier {
    seen: Mutex<Option<Seen>>,
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
        let given = given
            .iter()
            .map(|certificate| CertificateDer::from(certificate.as_der()));
        Self {
            public: verifier(public),
            given: verifier(given),
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
        let sent = std::iter::once(end_entity).chain(intermediates);
        let chain = sent.map(|der| der.clone().into_owned()).collect();
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        *seen = Some(Seen { chain });
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
