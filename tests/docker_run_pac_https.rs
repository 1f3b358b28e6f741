//! `perk docker-run`: PAC scripts on servers that speak TLS.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::thread;

use perk_test::{Outcome, TestContext};
use perk_test_net::{Authority, ServerOptions, TestServer};

use crate::context;

const SCRIPT: &str = "function FindProxyForURL() { return 'PROXY proxy.example:3128'; }";
const SYSTEM_BUNDLE: &str = "root/etc/ssl/certs/ca-certificates.crt";

fn options() -> ServerOptions {
    ServerOptions {
        authority: Some(Authority::new("Example Company CA").unwrap()),
        pages: BTreeMap::from([("/proxy.pac".to_owned(), SCRIPT.into())]),
        ..ServerOptions::default()
    }
}

fn server() -> TestServer {
    TestServer::start(options()).unwrap()
}

fn url(server: &TestServer) -> String {
    format!("https://{}/proxy.pac", server.https())
}

/// Fetches a script; what containers trust is another matter.
fn with_pac(context: &TestContext, url: &str) -> Outcome {
    context.run(["docker-run", "--pac", url, "--no-ca", "alpine"])
}

fn assert_fetched(outcome: &Outcome) {
    let is_used = outcome
        .stdout
        .contains("-e http_proxy=http://proxy.example:3128 ");
    assert!(is_used, "{outcome}");
}

#[test]
fn what_the_machine_trusts_is_trusted() {
    let server = server();
    let context = context();
    context.write(SYSTEM_BUNDLE, server.authority().pem());
    assert_fetched(&with_pac(&context, &url(&server)));
    let localhost = format!("https://localhost:{}/proxy.pac", server.https().port());
    assert_fetched(&with_pac(&context, &localhost));
    let setting = format!("docker-run.pac = '{}'", url(&server));
    context.write("project/perk.toml", setting);
    assert_fetched(&context.run(["docker-run", "--no-ca", "alpine"]));
}

#[test]
fn the_file_of_certificates_is_trusted_too() {
    let server = server();
    let context = context();
    context.write("project/company.pem", server.authority().pem());
    let other = Authority::new("Other CA").unwrap();
    context.write(SYSTEM_BUNDLE, other.pem());
    let url = url(&server);
    let outcome = context.run(["docker-run", "--pac", &url, "--ca", "company.pem", "alpine"]);
    assert_fetched(&outcome);
    // `--no-ca` is about the image.
    context.write("project/perk.toml", "docker-run.ca = 'company.pem'");
    assert_fetched(&with_pac(&context, &url));
}

#[test]
fn who_is_not_trusted_is_sent_nothing() {
    let server = server();
    let context = context();
    let said = |outcome: Outcome| {
        let address = server.https().to_string();
        outcome.to_string().replace(&address, "[SERVER]")
    };
    insta::assert_snapshot!(said(with_pac(&context, &url(&server))), @"
    exit code: 3
    ----- stdout -----
    ----- stderr -----
    error: cannot fetch the PAC script `https://[SERVER]/proxy.pac`
      caused by: the certificate of `[SERVER]` is signed by `Example Company CA`, which this machine does not trust
    hint: get the certificate of `Example Company CA` from your company, and pass `--ca FILE`
    ");
    let other = Authority::new("Other CA").unwrap();
    context.write(SYSTEM_BUNDLE, other.pem());
    let outcome = with_pac(&context, &url(&server));
    assert!(outcome.stderr.contains("Example Company CA"), "{outcome}");
    let arrivals = server.arrivals();
    let is_silent = arrivals.iter().all(|arrival| arrival.request.is_none());
    assert!(is_silent, "{arrivals:?}");
}

#[test]
fn a_certificate_of_another_name_is_told() {
    let server = TestServer::start(ServerOptions {
        certificate_name: Some("other.example".to_owned()),
        ..options()
    });
    let server = server.unwrap();
    let context = context();
    context.write(SYSTEM_BUNDLE, server.authority().pem());
    let outcome = with_pac(&context, &url(&server));
    let address = server.https().to_string();
    insta::assert_snapshot!(outcome.to_string().replace(&address, "[SERVER]"), @"
    exit code: 3
    ----- stdout -----
    ----- stderr -----
    error: cannot fetch the PAC script `https://[SERVER]/proxy.pac`
      caused by: the certificate that comes for `[SERVER]` is that of another name
    hint: check the name in the address, and ask those who run the server
    ");
}

/// Answers the first bytes that come, whatever they are, and returns the address of the server.
fn answering(answer: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    thread::spawn(move || {
        for connection in listener.incoming() {
            let mut connection = connection.unwrap();
            let _ = connection.read(&mut [0; 1024]);
            let _ = connection.write_all(answer.as_bytes());
        }
    });
    address
}

#[test]
fn a_server_may_send_on_to_one_with_tls() {
    let server = server();
    let context = context();
    context.write(SYSTEM_BUNDLE, server.authority().pem());
    let answer = format!(
        "HTTP/1.1 301 Moved\r\nLocation: {}\r\nContent-Length: 0\r\n\r\n",
        url(&server)
    );
    let plain = answering(answer);
    assert_fetched(&with_pac(&context, &format!("http://{plain}/proxy.pac")));
}

#[test]
fn what_speaks_no_tls_is_told() {
    let address = answering("HTTP/1.1 400 Bad Request\r\n\r\n".to_owned());
    let outcome = with_pac(&context(), &format!("https://{address}/proxy.pac"));
    insta::assert_snapshot!(outcome.to_string().replace(&address, "[SERVER]"), @"
    exit code: 3
    ----- stdout -----
    ----- stderr -----
    error: cannot fetch the PAC script `https://[SERVER]/proxy.pac`
      caused by: `[SERVER]` does not speak TLS
    hint: check the port, or write `http:`
    ");
}
