//! A relay between clients and a proxy that wants to know who is asking.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::Command;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use perk_docker::relay::{Authorization, ProxyAddress, Relay, RelaySettings, wait_for_end_of};

const ANYWHERE: ([u8; 4], u16) = ([127, 0, 0, 1], 0);

/// Starts a proxy that answers `GET` itself, echoes what is said in a tunnel, and refuses who does
/// not say `me:secret`.
fn start_proxy() -> ProxyAddress {
    let listener = TcpListener::bind(SocketAddr::from(ANYWHERE)).unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for client in listener.incoming() {
            thread::spawn(move || answer(client.unwrap()).ok());
        }
    });
    ProxyAddress {
        host: "localhost".to_owned(),
        port,
    }
}

fn answer(mut client: TcpStream) -> io::Result<()> {
    let mut reader = BufReader::new(client.try_clone()?);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head)? == 0 {
            return Ok(());
        }
    }
    if !head.contains("Proxy-Authorization: Basic bWU6c2VjcmV0\r\n") {
        return client.write_all(b"HTTP/1.1 407 Who is asking\r\nContent-Length: 0\r\n\r\n");
    }
    if head.starts_with("CONNECT ") {
        client.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
        io::copy(&mut reader, &mut client)?;
        return Ok(());
    }
    client.write_all(format!("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{head}").as_bytes())
}

fn settings(proxy: ProxyAddress) -> RelaySettings {
    RelaySettings {
        listen: ANYWHERE.into(),
        may_come_first: false,
        proxy,
        authorization: Some(Authorization::new("Basic bWU6c2VjcmV0")),
        accepts: Arc::new(|_| true),
    }
}

fn call(relay: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(relay).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    stream
}

fn ask(relay: SocketAddr, request: &str) -> String {
    let mut stream = call(relay);
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

const GET: &str = "GET http://intranet/ HTTP/1.1\r\nHost: intranet\r\n\r\n";

#[test]
fn the_proxy_is_told_who_is_asking() {
    let relay = Relay::start(settings(start_proxy())).unwrap();
    let answer = ask(relay.address(), GET);
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    assert!(answer.contains("Host: intranet"), "{answer}");
}

#[test]
fn without_authorization_bytes_go_as_they_are() {
    let mut settings = settings(start_proxy());
    settings.authorization = None;
    let relay = Relay::start(settings).unwrap();
    let answer = ask(relay.address(), GET);
    assert!(answer.starts_with("HTTP/1.1 407"), "{answer}");
}

#[test]
fn a_tunnel_carries_much_in_both_directions_and_ends_half_by_half() {
    let relay = Relay::start(settings(start_proxy())).unwrap();
    let mut stream = call(relay.address());
    stream.write_all(b"CONNECT a:443 HTTP/1.1\r\n\r\n").unwrap();
    let mut start = [0; 19];
    stream.read_exact(&mut start).unwrap();
    assert_eq!(&start, b"HTTP/1.1 200 OK\r\n\r\n");
    let said: Vec<u8> = (0..2_000_000_u32)
        .map(|number| (number % 251) as u8)
        .collect();
    let mut writer = stream.try_clone().unwrap();
    let sent = said.clone();
    let writing = thread::spawn(move || {
        writer.write_all(&sent).unwrap();
        writer.shutdown(std::net::Shutdown::Write).unwrap();
    });
    let mut heard = Vec::new();
    stream.read_to_end(&mut heard).unwrap();
    writing.join().unwrap();
    assert_eq!(heard.len(), said.len());
    assert!(heard == said, "the tunnel changed something");
}

#[test]
fn many_clients_at_once_are_all_served() {
    let relay = Relay::start(settings(start_proxy())).unwrap();
    let address = relay.address();
    let clients: Vec<_> = (0..50)
        .map(|_| thread::spawn(move || ask(address, GET)))
        .collect();
    for client in clients {
        assert!(client.join().unwrap().starts_with("HTTP/1.1 200 OK"));
    }
}

#[test]
fn who_may_not_use_it_hears_nothing() {
    let mut settings = settings(start_proxy());
    settings.accepts = Arc::new(|peer| !peer.is_loopback());
    let relay = Relay::start(settings).unwrap();
    let mut stream = call(relay.address());
    let mut answer = Vec::new();
    // Whether the refusal is an end or a reset depends on what was sent by then.
    let _ = stream.read_to_end(&mut answer);
    assert!(answer.is_empty());
}

#[test]
fn a_proxy_that_is_not_there_is_named_in_the_answer() {
    let free = TcpListener::bind(SocketAddr::from(ANYWHERE))
        .unwrap()
        .local_addr()
        .unwrap();
    let gone = ProxyAddress {
        host: "127.0.0.1".to_owned(),
        port: free.port(),
    };
    let relay = Relay::start(settings(gone)).unwrap();
    let answer = ask(relay.address(), GET);
    assert!(answer.starts_with("HTTP/1.1 502 Bad Gateway"), "{answer}");
    assert!(!answer.contains("secret"), "{answer}");
    let answer = ask(relay.address(), "hello\r\n\r\n");
    assert!(answer.starts_with("HTTP/1.1 400 Bad Request"), "{answer}");
}

#[test]
fn a_dropped_relay_leaves_nothing_open() {
    let relay = Relay::start(settings(start_proxy())).unwrap();
    let address = relay.address();
    let mut stream = call(address);
    stream.write_all(b"CONNECT a:443 HTTP/1.1\r\n\r\n").unwrap();
    stream.read_exact(&mut [0; 19]).unwrap();
    drop(relay);
    assert_eq!(stream.read(&mut [0]).unwrap_or(0), 0);
    assert!(TcpStream::connect(address).is_err());
}

#[test]
fn the_end_of_the_pipe_ends_the_relay() {
    let (reader, mut writer) = io::pipe().unwrap();
    let relay = Relay::start(settings(start_proxy())).unwrap();
    let address = relay.address();
    let serving = thread::spawn(move || {
        wait_for_end_of(reader);
        drop(relay);
    });
    writer.write_all(b"what is said does not matter").unwrap();
    assert!(ask(address, GET).starts_with("HTTP/1.1 200 OK"));
    drop(writer);
    serving.join().unwrap();
    assert!(TcpStream::connect(address).is_err());
}

#[test]
fn the_death_of_who_holds_the_pipe_ends_the_relay() {
    let (reader, writer) = io::pipe().unwrap();
    #[expect(
        clippy::disallowed_methods,
        reason = "the crate that runs programs is not among those that this one knows"
    )]
    let mut holder = Command::new("sleep")
        .arg("100")
        .stdout(writer)
        .spawn()
        .unwrap();
    let relay = Relay::start(settings(start_proxy())).unwrap();
    let address = relay.address();
    let serving = thread::spawn(move || {
        wait_for_end_of(reader);
        drop(relay);
    });
    assert!(ask(address, GET).starts_with("HTTP/1.1 200 OK"));
    // The signal is that of `kill -9`.
    holder.kill().unwrap();
    holder.wait().unwrap();
    serving.join().unwrap();
    assert!(TcpStream::connect(address).is_err());
}

#[test]
fn it_may_be_there_before_its_address() {
    let mut settings = settings(start_proxy());
    // An address for documentation, which no machine has.
    settings.listen = SocketAddr::from(([192, 0, 2, 1], 0));
    let fault = Relay::start(settings.clone()).unwrap_err();
    assert!(fault.to_string().contains("192.0.2.1"), "{fault}");
    settings.may_come_first = cfg!(target_os = "linux");
    // It ends although nobody can call it.
    assert_eq!(Relay::start(settings).is_ok(), cfg!(target_os = "linux"));
}

#[test]
fn an_address_that_is_taken_is_an_error() {
    let taken = TcpListener::bind(SocketAddr::from(ANYWHERE)).unwrap();
    let mut settings = settings(start_proxy());
    settings.listen = taken.local_addr().unwrap();
    let address = settings.listen;
    let fault = Relay::start(settings).unwrap_err();
    assert_eq!(
        fault.to_string(),
        format!("cannot listen on `{address}` for connections to the proxy")
    );
}
