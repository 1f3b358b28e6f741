//! A connection, plain or within TLS, and TLS within TLS.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;

use rustix::event::{PollFd, PollFlags, poll};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    ClientConfig, ClientConnection, DigitallySignedStruct, ServerConfig, ServerConnection,
    SignatureScheme, StreamOwned,
};

/// A connection.
pub(crate) enum Channel {
    Plain(TcpStream),
    Accepted(Box<StreamOwned<ServerConnection, Channel>>),
    Connected(Box<StreamOwned<ClientConnection, TcpStream>>),
}

impl Channel {
    /// Accepts TLS; fails when the client does not trust what it is shown.
    pub(crate) fn accept(mut self, config: Arc<ServerConfig>) -> io::Result<Self> {
        let mut connection = ServerConnection::new(config).map_err(io::Error::other)?;
        while connection.is_handshaking() {
            connection.complete_io(&mut self)?;
        }
        let stream = StreamOwned::new(connection, self);
        Ok(Self::Accepted(Box::new(stream)))
    }

    /// Begins TLS with a server whose certificate is not looked at.
    pub(crate) fn connect(stream: TcpStream, host: &str) -> io::Result<Self> {
        let provider = Arc::new(ring::default_provider());
        let config = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(AnyCertificate(provider)))
            .with_no_client_auth();
        let name = ServerName::try_from(host.to_owned()).map_err(io::Error::other)?;
        let connection = ClientConnection::new(Arc::new(config), name).map_err(io::Error::other)?;
        let stream = StreamOwned::new(connection, stream);
        Ok(Self::Connected(Box::new(stream)))
    }

    fn socket(&self) -> &TcpStream {
        match self {
            Self::Plain(stream) => stream,
            Self::Accepted(stream) => stream.sock.socket(),
            Self::Connected(stream) => &stream.sock,
        }
    }

    /// Returns whether something can be read although the socket is silent.
    fn has_buffered(&mut self) -> io::Result<bool> {
        let state = match self {
            Self::Plain(_) => return Ok(false),
            Self::Accepted(stream) => {
                if stream.sock.has_buffered()? {
                    return Ok(true);
                }
                stream.conn.process_new_packets()
            }
            Self::Connected(stream) => stream.conn.process_new_packets(),
        };
        let state = state.map_err(io::Error::other)?;
        Ok(state.plaintext_bytes_to_read() > 0)
    }

    /// Says that nothing more will be written.
    pub(crate) fn finish(&mut self) {
        match self {
            Self::Plain(_) => {}
            Self::Accepted(stream) => {
                stream.conn.send_close_notify();
                let _ = stream.flush();
            }
            Self::Connected(stream) => {
                stream.conn.send_close_notify();
                let _ = stream.flush();
            }
        }
        let _ = self.socket().shutdown(Shutdown::Write);
    }
}

impl Read for Channel {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = match self {
            Self::Plain(stream) => stream.read(buffer),
            Self::Accepted(stream) => stream.read(buffer),
            Self::Connected(stream) => stream.read(buffer),
        };
        match read {
            // Many clients close without saying so in TLS.
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(0),
            read => read,
        }
    }
}

impl Write for Channel {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(stream) => stream.write(bytes),
            Self::Accepted(stream) => stream.write(bytes),
            Self::Connected(stream) => stream.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(stream) => stream.flush(),
            Self::Accepted(stream) => stream.flush(),
            Self::Connected(stream) => stream.flush(),
        }
    }
}

/// Passes on what two channels send, until both have ended.
pub(crate) fn join(left: &mut Channel, right: &mut Channel) -> io::Result<()> {
    let (mut left_is_open, mut right_is_open) = (true, true);
    while left_is_open || right_is_open {
        let (from_left, from_right) = readable(left, left_is_open, right, right_is_open)?;
        if from_left {
            left_is_open = pass(left, right)?;
        }
        if from_right {
            right_is_open = pass(right, left)?;
        }
    }
    Ok(())
}

/// Waits until one of the channels that are open can be read.
fn readable(
    left: &mut Channel,
    left_is_open: bool,
    right: &mut Channel,
    right_is_open: bool,
) -> io::Result<(bool, bool)> {
    let buffered = (
        left_is_open && left.has_buffered()?,
        right_is_open && right.has_buffered()?,
    );
    if buffered.0 || buffered.1 {
        return Ok(buffered);
    }
    let wanted = |is_open| {
        if is_open {
            PollFlags::IN
        } else {
            PollFlags::empty()
        }
    };
    let mut both = [
        PollFd::new(left.socket(), wanted(left_is_open)),
        PollFd::new(right.socket(), wanted(right_is_open)),
    ];
    poll(&mut both, None)?;
    let is_ready = |fd: &PollFd<'_>, is_open: bool| is_open && !fd.revents().is_empty();
    if both.iter().any(|fd| fd.revents().contains(PollFlags::ERR)) {
        return Err(io::ErrorKind::ConnectionReset.into());
    }
    Ok((
        is_ready(&both[0], left_is_open),
        is_ready(&both[1], right_is_open),
    ))
}

/// Passes on what can be read now; returns whether more may come.
fn pass(from: &mut Channel, to: &mut Channel) -> io::Result<bool> {
    let mut buffer = [0; 16 * 1024];
    let count = from.read(&mut buffer)?;
    if count == 0 {
        to.finish();
    } else {
        to.write_all(&buffer[..count])?;
        to.flush()?;
    }
    Ok(count > 0)
}

/// Accepts any certificate: what a proxy of a test reaches is a server of the same test.
#[derive(Debug)]
struct AnyCertificate(Arc<CryptoProvider>);

impl ServerCertVerifier for AnyCertificate {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.0.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signature, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.0.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signature, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
