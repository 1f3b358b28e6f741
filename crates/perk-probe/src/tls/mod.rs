//! TLS as far as the certificates: who is at the other end, and who vouches for it.

mod handshake;
mod secure;
mod verifier;

pub(crate) use handshake::{Layered, speak};
pub use secure::{TlsFault, TlsStream, secure};
pub(crate) use verifier::Roots;
