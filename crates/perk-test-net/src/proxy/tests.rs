use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

use super::*;
use crate::{Names, Request, ServerOptions, TestServer};

fn server() -> TestServer {
    TestServer::start(ServerOptions::default()).expect("a server")
}

fn proxy(server: &TestServer, change: impl FnOnce(&mut ProxyOptions)) -> TestProxy {
    let names = Names::default()
        .with("internet.test", server.http())
        .with("internet.test:443", server.https());
    let mut options = ProxyOptions {
        names,
        ..ProxyOptions::default()
    };
    change(&mut options);
    TestProxy::start(options).expect("a proxy")
}

/// Sends bytes and returns all that comes back.
fn say(proxy: &TestProxy, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(proxy.address()).expect("a connection");
    stream.write_all(bytes).expect("sent");
    let mut answer = Vec::new();
    // A connection that is cut off is an answer too.
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

const GET: &[u8] = b"GET http://internet.test/a?b HTTP/1.1\r\nHost: internet.test\r\n\r\n";
const TUNNEL: &[u8] = b"CONNECT internet.test:80 HTTP/1.1\r\n\r\nGET /t HTTP/1.0\r\n\r\n";

#[test]
fn forwards_and_leaves_its_name() {
    let server = server();
    let proxy = proxy(&server, |_| {});
    let answer = say(&proxy, GET);
    assert!(
        answer
            .ends_with("\r\n\r\ninternet\nvia: 1.1 test-proxy\nhost: internet.test\npath: /a?b\n"),
        "{answer}"
    );
    let seen = proxy.take_seen();
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].authority, "internet.test:80");
    assert_eq!(seen[0].handling, Handling::Forwarded);
    assert_eq!(proxy.seen(), []);
}

#[test]
fn opens_tunnels() {
    let server = server();
    let proxy = proxy(&server, |_| {});
    let answer = say(&proxy, TUNNEL);
    assert!(answer.contains("via: nothing"), "{answer}");
    assert_eq!(proxy.seen()[0].handling, Handling::Tunneled);
    let unknown = say(&proxy, b"CONNECT other.test:80 HTTP/1.1\r\n\r\n");
    assert!(unknown.starts_with("HTTP/1.1 502"), "{unknown}");
    assert_eq!(proxy.seen()[1].handling, Handling::Unreachable);
}

#[test]
fn wants_the_right_password() {
    let server = server();
    let proxy = proxy(&server, |options| {
        options.credentials = Some(Credentials::new("ann", "p@ss"));
        options.schemes = vec!["Negotiate".to_owned(), "Basic realm=\"x\"".to_owned()];
    });
    let answer = say(&proxy, GET);
    assert!(answer.starts_with("HTTP/1.1 407"), "{answer}");
    assert_eq!(answer.matches("Proxy-Authenticate: ").count(), 2);
    let with_password = String::from_utf8_lossy(GET).replace(
        "\r\n\r\n",
        "\r\nProxy-Authorization: Basic YW5uOnBAc3M=\r\n\r\n",
    );
    assert!(say(&proxy, with_password.as_bytes()).starts_with("HTTP/1.1 200"));
    let presented: Vec<_> = proxy
        .seen()
        .into_iter()
        .map(|seen| seen.presented)
        .collect();
    assert_eq!(presented, [Presented::Nothing, Presented::Right]);
}

/// Reaches `internet.test` by TLS through a tunnel.
fn get_by_tls(proxy: &TestProxy, trusted: &Authority) -> std::io::Result<String> {
    let mut roots = rustls::RootCertStore::empty();
    let pem = rustls::pki_types::pem::PemObject::from_pem_slice(trusted.pem().as_bytes());
    roots.add(pem.expect("a certificate")).expect("added");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = "internet.test".try_into().expect("a name");
    let connection = rustls::ClientConnection::new(Arc::new(config), name).expect("a client");
    let mut stream = TcpStream::connect(proxy.address())?;
    stream.write_all(b"CONNECT internet.test:443 HTTP/1.1\r\n\r\n")?;
    stream.read_exact(&mut [0; b"HTTP/1.1 200 Connection established\r\n\r\n".len()])?;
    let mut stream = rustls::StreamOwned::new(connection, stream);
    stream.write_all(b"GET / HTTP/1.1\r\nHost: internet.test\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

#[test]
fn looks_into_tls_with_its_own_certificates() {
    let server = server();
    let intercepting = proxy(&server, |options| options.interception = Interception::All);
    let answer = get_by_tls(&intercepting, intercepting.authority()).expect("an answer");
    assert!(answer.contains("via: 1.1 test-proxy"), "{answer}");
    assert!(get_by_tls(&intercepting, server.authority()).is_err());
    let handling: Vec<_> = intercepting
        .seen()
        .into_iter()
        .map(|seen| (seen.method, seen.path))
        .collect();
    assert_eq!(
        handling,
        [
            ("CONNECT".to_owned(), None),
            ("GET".to_owned(), Some("/".to_owned())),
            ("CONNECT".to_owned(), None)
        ]
    );
}

#[test]
fn leaves_exempt_hosts_alone() {
    let server = server();
    let exempt = Interception::AllBut(vec!["internet.test".to_owned()]);
    let proxy = proxy(&server, |options| options.interception = exempt);
    let answer = get_by_tls(&proxy, server.authority()).expect("an answer");
    assert!(answer.contains("via: nothing"), "{answer}");
    assert!(get_by_tls(&proxy, proxy.authority()).is_err());
    thread::sleep(Duration::from_millis(50));
    let requests: Vec<_> = server
        .arrivals()
        .into_iter()
        .map(|arrival| arrival.request)
        .collect();
    assert!(
        matches!(&requests[..], [Some(Request { .. }), None]),
        "{requests:?}"
    );
}

#[test]
fn speaks_socks() {
    let server = server();
    let proxy = proxy(&server, |_| {});
    let mut wish = vec![5, 1, 0, 5, 1, 0, 3, 13];
    wish.extend(b"internet.test\0\x50GET / HTTP/1.0\r\n\r\n");
    let answer = say(&proxy, &wish);
    assert!(answer.contains("via: nothing"), "{answer}");
    let seen = &proxy.seen()[0];
    assert_eq!(seen.transport, Transport::SocksName);
    assert_eq!(seen.authority, "internet.test:80");
}

#[test]
fn fails_as_it_is_told() {
    let server = server();
    let with = |failure| proxy(&server, |options| options.failure = Some(failure));
    assert!(say(&with(Failure::Forbids), GET).starts_with("HTTP/1.1 403"));
    assert!(say(&with(Failure::BadGateway), TUNNEL).starts_with("HTTP/1.1 502"));
    assert_eq!(say(&with(Failure::Closes), GET), "");
    assert!(say(&with(Failure::ClosesMidway), GET).ends_with("\r\n\r\nhalf"));
    assert!(say(&with(Failure::ClosesMidway), TUNNEL).starts_with("HTTP/1.1 200"));
    let hanging = with(Failure::Hangs);
    let mut stream = TcpStream::connect(hanging.address()).expect("a connection");
    stream.write_all(GET).expect("sent");
    stream
        .set_read_timeout(Some(Duration::from_millis(100)))
        .expect("a timeout");
    assert!(stream.read(&mut [0]).is_err());
    assert_eq!(hanging.seen()[0].handling, Handling::Failed);
    drop(hanging);
    assert!(
        matches!(stream.read(&mut [0]), Ok(0)),
        "closed when dropped"
    );
}
