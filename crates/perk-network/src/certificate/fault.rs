//! Why bytes are not a certificate.

/// Bytes that are not a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it is not an X.509 certificate")]
pub struct CertificateFault;
