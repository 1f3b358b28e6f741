//! Servers that say what a test wants to hear.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// Serves each connection on a thread, for as long as the test runs.
pub(crate) fn serve(handle: impl Fn(TcpStream) + Send + Sync + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let handle = Arc::new(handle);
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let handle = Arc::clone(&handle);
            thread::spawn(move || handle(stream));
        }
    });
    address
}

/// Answers every head with the same bytes.
pub(crate) fn answering(bytes: &'static [u8]) -> SocketAddr {
    serve(move |mut stream| {
        read_head(&mut stream);
        let _ = stream.write_all(bytes);
    })
}

/// Answers the first bytes, whatever they are.
pub(crate) fn answering_at_once(bytes: &'static [u8]) -> SocketAddr {
    serve(move |mut stream| {
        let _ = stream.read(&mut [0; 1024]);
        let _ = stream.write_all(bytes);
    })
}

/// Forwards to another server whatever it is asked for, if it is asked rightly.
pub(crate) fn proxy(to: SocketAddr, authorization: Option<&'static str>) -> SocketAddr {
    serve(move |mut stream| {
        let head = read_head(&mut stream);
        let is_welcome =
            authorization.is_none_or(|value| head.contains(&format!("Authorization: {value}\r")));
        if !is_welcome {
            let refusal = "HTTP/1.1 407 Who?\r\nProxy-Authenticate: Basic realm=\"a, b\"\r\n\r\n";
            let _ = stream.write_all(refusal.as_bytes());
            return;
        }
        let _ = stream.write_all(b"HTTP/1.1 200 Connected\r\n\r\n");
        pump(stream, to);
    })
}

/// A SOCKS proxy without authentication.
pub(crate) fn socks(to: SocketAddr, code: u8) -> SocketAddr {
    serve(move |mut stream| {
        let mut greeting = [0; 3];
        stream.read_exact(&mut greeting).unwrap();
        stream.write_all(&[5, 0]).unwrap();
        let mut request = [0; 5];
        stream.read_exact(&mut request).unwrap();
        let mut rest = vec![0; usize::from(request[4]) + 2];
        stream.read_exact(&mut rest).unwrap();
        stream
            .write_all(&[5, code, 0, 1, 0, 0, 0, 0, 0, 0])
            .unwrap();
        if code == 0 {
            pump(stream, to);
        }
    })
}

fn pump(stream: TcpStream, to: SocketAddr) {
    let server = TcpStream::connect(to).unwrap();
    let (mut from_client, mut to_server) =
        (stream.try_clone().unwrap(), server.try_clone().unwrap());
    thread::spawn(move || {
        let _ = io::copy(&mut from_client, &mut to_server);
        let _ = to_server.shutdown(Shutdown::Write);
    });
    let (mut from_server, mut to_client) = (server, stream);
    let _ = io::copy(&mut from_server, &mut to_client);
    let _ = to_client.shutdown(Shutdown::Write);
}

fn read_head(stream: &mut impl Read) -> String {
    let mut bytes = Vec::new();
    let mut byte = [0];
    while !bytes.ends_with(b"\r\n\r\n") && matches!(stream.read(&mut byte), Ok(1)) {
        bytes.push(byte[0]);
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// An authority of a test.
pub(crate) struct Authority {
    pub(crate) der: Vec<u8>,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    pub(crate) fn new(name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        Self {
            der: certificate.der().to_vec(),
            issuer: Issuer::new(params, key),
        }
    }

    /// Makes the settings of a server with a certificate for a name.
    pub(crate) fn server(&self, name: &str) -> Arc<ServerConfig> {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new([name.to_owned()]).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let chain = vec![
            certificate.der().clone(),
            CertificateDer::from(self.der.clone()),
        ];
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .unwrap();
        Arc::new(config)
    }
}

/// Speaks TLS, and answers every head with the same bytes.
pub(crate) fn tls(config: Arc<ServerConfig>, bytes: &'static [u8]) -> SocketAddr {
    serve(move |stream| {
        let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
        let mut stream = StreamOwned::new(connection, stream);
        read_head(&mut stream);
        let _ = stream.write_all(bytes);
    })
}

/// A proxy that speaks TLS itself.
pub(crate) fn tls_proxy(config: Arc<ServerConfig>) -> SocketAddr {
    tls(config, b"HTTP/1.1 403 No\r\n\r\n")
}
