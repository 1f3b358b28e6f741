//! TLS with a server that has to be trusted, since something is fetched from it.

use std::io::{self, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::sync::Arc;

use perk_network::Host;
use perk_network::certificate::Certificate;
use rustls::{ClientConfig, ClientConnection, StreamOwned};

use super::handshake::{garbled, issuer, reason, server_name};
use super::verifier::{Strict, provider};
use crate::{Silence, Verdict};

/// Why there is no TLS with a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TlsFault {
    /// Its certificates are not worth anything here.
    NotTrusted {
        /// What they are worth.
        verdict: Verdict,
        /// Who stands behind them.
        authority: String,
    },
    /// It does not speak TLS as it should.
    Silent {
        /// What there was in place of it.
        reason: Silence,
    },
}

/// A connection to a server that is trusted.
#[derive(Debug)]
pub struct TlsStream(StreamOwned<ClientConnection, TcpStream>);

/// Speaks TLS with a server for whom one of the certificates has to vouch.
pub fn secure(
    mut stream: TcpStream,
    host: &Host,
    trusted: &[Certificate],
) -> Result<TlsStream, TlsFault> {
    let strict = Arc::new(Strict::new(trusted));
    let client = client(host, &strict);
    let mut client = client.map_err(|error| TlsFault::Silent {
        reason: garbled(&error),
    })?;
    while client.is_handshaking() {
        let done = match client.complete_io(&mut stream) {
            Ok((0, 0)) => Err(ErrorKind::UnexpectedEof.into()),
            done => done,
        };
        done.map_err(|error| fault(&error, &strict))?;
    }
    Ok(TlsStream(StreamOwned::new(client, stream)))
}

fn client(host: &Host, strict: &Arc<Strict>) -> Result<ClientConnection, rustls::Error> {
    let config = ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::clone(strict) as _)
        .with_no_client_auth();
    ClientConnection::new(Arc::new(config), server_name(host)?)
}

fn fault(error: &io::Error, strict: &Strict) -> TlsFault {
    match strict.refused() {
        Some((verdict, seen)) => TlsFault::NotTrusted {
            verdict,
            authority: issuer(&seen),
        },
        None => TlsFault::Silent {
            reason: reason(error),
        },
    }
}

impl Read for TlsStream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl Write for TlsStream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
