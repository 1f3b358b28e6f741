//! A certificate authority, which makes a certificate for each name when it is asked for it.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;

/// A certificate authority. Clones are the same authority.
#[derive(Clone)]
pub struct Authority(Arc<Inner>);

struct Inner {
    name: String,
    pem: String,
    issuer: Issuer<'static, KeyPair>,
    /// The key of all certificates that it signs.
    key: KeyPair,
    signed: Mutex<BTreeMap<String, Arc<CertifiedKey>>>,
}

impl Authority {
    /// Makes an authority with a common name.
    pub fn new(name: &str) -> io::Result<Self> {
        let mut params = params(name, Vec::new())?;
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let key = KeyPair::generate().map_err(io::Error::other)?;
        let pem = params.self_signed(&key).map_err(io::Error::other)?.pem();
        Ok(Self(Arc::new(Inner {
            name: name.to_owned(),
            pem,
            issuer: Issuer::new(params, key),
            key: KeyPair::generate().map_err(io::Error::other)?,
            signed: Mutex::default(),
        })))
    }

    /// Returns the certificate of the authority itself.
    pub fn pem(&self) -> &str {
        &self.0.pem
    }

    /// Returns what accepts TLS for each name that a client asks for, and for one where the client
    /// names none.
    pub(crate) fn acceptor(&self, unnamed: &str) -> io::Result<Arc<ServerConfig>> {
        self.config(unnamed, false)
    }

    /// Returns what accepts TLS for one name, whatever a client asks for.
    pub(crate) fn acceptor_as(&self, name: &str) -> io::Result<Arc<ServerConfig>> {
        self.config(name, true)
    }

    fn config(&self, unnamed: &str, is_only: bool) -> io::Result<Arc<ServerConfig>> {
        let provider = Arc::new(ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(Resolver {
                authority: self.clone(),
                unnamed: unnamed.to_owned(),
                is_only,
            }));
        Ok(Arc::new(config))
    }

    fn certificate(&self, host: &str) -> io::Result<Arc<CertifiedKey>> {
        let mut signed = self.0.signed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = signed.get(host) {
            return Ok(Arc::clone(known));
        }
        let made = Arc::new(self.sign(host)?);
        signed.insert(host.to_owned(), Arc::clone(&made));
        Ok(made)
    }

    fn sign(&self, host: &str) -> io::Result<CertifiedKey> {
        let mut params = params(host, vec![host.to_owned()])?;
        params.use_authority_key_identifier_extension = true;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        let certificate = params
            .signed_by(&self.0.key, &self.0.issuer)
            .map_err(io::Error::other)?;
        let key = PrivatePkcs8KeyDer::from(self.0.key.serialize_der());
        CertifiedKey::from_der(
            vec![certificate.der().clone()],
            key.into(),
            &ring::default_provider(),
        )
        .map_err(io::Error::other)
    }
}

fn params(name: &str, hosts: Vec<String>) -> io::Result<CertificateParams> {
    let mut params = CertificateParams::new(hosts).map_err(io::Error::other)?;
    params.distinguished_name.push(DnType::CommonName, name);
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(2049, 12, 31);
    Ok(params)
}

impl fmt::Debug for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Authority").field(&self.0.name).finish()
    }
}

#[derive(Debug)]
struct Resolver {
    authority: Authority,
    unnamed: String,
    /// Whether what a client asks for does not count.
    is_only: bool,
}

impl ResolvesServerCert for Resolver {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let asked = hello.server_name().filter(|_| !self.is_only);
        let host = asked.unwrap_or(&self.unnamed);
        self.authority.certificate(host).ok()
    }
}
