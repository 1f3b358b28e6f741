//! Questions about servers that are really there.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod servers;

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use perk_network::ProxyUrl;
use perk_network::certificate::Certificate;
use perk_probe::{
    Answer, Limits, NotConnected, Outcome, Question, Route, Silence, Unresolved, Verdict, ask,
};
use servers::{Authority, answering, answering_at_once, proxy, serve, socks, tls, tls_proxy};

fn limits(trusted: &[&Authority]) -> Limits {
    let certificates = trusted.iter();
    Limits {
        step: Duration::from_secs(2),
        trusted: certificates
            .map(|authority| Certificate::from_der(&authority.der).unwrap())
            .collect(),
    }
}

fn through(proxy: &str, target: &str) -> Question {
    Question {
        target: target.parse().unwrap(),
        route: Route::Proxy(ProxyUrl::parse(proxy).unwrap().0),
        is_comparison: false,
    }
}

fn directly(target: &str) -> Question {
    Question {
        target: target.parse().unwrap(),
        route: Route::Direct,
        is_comparison: false,
    }
}

fn answer(question: Question) -> Answer {
    ask(&[question], &limits(&[])).remove(0)
}

fn last(question: Question) -> Outcome {
    answer(question).steps.pop().unwrap().outcome
}

fn http(address: SocketAddr) -> String {
    format!("http://{address}")
}

fn silent(reason: Silence) -> Outcome {
    Outcome::Silent { reason }
}

fn answered(status: u16, schemes: &[&str]) -> Outcome {
    Outcome::Answered {
        status,
        schemes: schemes.iter().map(|&scheme| scheme.to_owned()).collect(),
    }
}

#[test]
fn certificates_are_seen_through_a_proxy_and_judged_twice() {
    let company = Authority::new("Example Proxy CA");
    let other = Authority::new("Other CA");
    let server = tls(company.server("secret.example"), b"");
    let question = through(&http(proxy(server, None)), "https://secret.example");
    for (trusted, by_given) in [
        (&[][..], None),
        (&[&company], Some(Verdict::Trusted)),
        (&[&other], Some(Verdict::UnknownIssuer)),
    ] {
        let answers = ask(std::slice::from_ref(&question), &limits(trusted));
        assert!(answers[0].is_reached(), "{answers:?}");
        let tls = answers[0].tls().unwrap();
        assert_eq!(tls.authority(), "Example Proxy CA");
        assert_eq!(tls.chain[0].subject, "secret.example");
        assert_eq!(tls.chain[0].fingerprint.len(), 64);
        assert_eq!(tls.by_public, Verdict::UnknownIssuer);
        assert_eq!(tls.by_given, by_given);
    }
}

#[test]
fn a_certificate_of_another_name_is_told() {
    let company = Authority::new("CA");
    let server = tls(company.server("other.example"), b"");
    let question = through(&http(proxy(server, None)), "https://secret.example");
    let answers = ask(&[question], &limits(&[&company]));
    let by_given = answers[0].tls().unwrap().by_given.clone();
    assert_eq!(by_given, Some(Verdict::WrongName));
}

#[test]
fn a_proxy_asks_who_one_is() {
    let company = Authority::new("CA");
    let server = tls(company.server("x.example"), b"");
    let address = proxy(server, Some("Basic amFuZTpwQHNz"));
    let asked = |credentials: &str| {
        let question = through(
            &format!("http://{credentials}{address}"),
            "https://x.example",
        );
        answer(question)
    };
    let refusal = answered(407, &["Basic"]);
    assert_eq!(asked("").steps.pop().unwrap().outcome, refusal);
    assert_eq!(asked("jane:x@").steps.pop().unwrap().outcome, refusal);
    assert!(asked("jane:p%40ss@").is_reached());
}

#[test]
fn what_is_no_proxy_says_so_in_its_own_way() {
    let target = "https://x.example";
    let outcome = |bytes| last(through(&http(answering(bytes)), target));
    assert_eq!(outcome(b"HTTP/1.1 404 What?\r\n\r\n"), answered(404, &[]));
    assert_eq!(outcome(b""), silent(Silence::Closed));
    assert_eq!(
        outcome(b"220 smtp\r\n\r\n"),
        silent(Silence::Garbled {
            message: "it is not HTTP".to_owned()
        })
    );
    let mute = serve(|stream| {
        std::thread::sleep(Duration::from_secs(10));
        drop(stream);
    });
    assert_eq!(
        last(through(&http(mute), target)),
        silent(Silence::TimedOut)
    );
}

#[test]
fn a_proxy_may_speak_tls_itself() {
    let company = Authority::new("CA");
    let address = tls_proxy(company.server("localhost"));
    let port = address.port();
    let target = "https://x.example";
    let plain = through(&http(address), target);
    assert_eq!(last(plain), silent(Silence::SpeaksTls));
    let with_tls = through(&format!("https://localhost:{port}"), target);
    assert_eq!(last(with_tls), answered(403, &[]));
    let not_tls = answering_at_once(b"HTTP/1.1 400 What?\r\n\r\n");
    let with_tls = through(&format!("https://{not_tls}"), target);
    assert_eq!(last(with_tls), silent(Silence::SpeaksNoTls));
}

#[test]
fn socks_is_spoken_too() {
    let company = Authority::new("CA");
    let server = tls(company.server("x.example"), b"");
    let question = |code| through(&format!("socks5h://{}", socks(server, code)), "x.example");
    assert!(answer(question(0)).is_reached());
    assert_eq!(last(question(2)), Outcome::Rejected { code: 2 });
}

#[test]
fn plain_pages_are_asked_for() {
    let page = answering(b"HTTP/1.1 301 There\r\n\r\n");
    assert_eq!(last(directly(&http(page))), answered(301, &[]));
    let proxied = through(&http(page), "http://x.example");
    assert_eq!(last(proxied), answered(301, &[]));
}

#[test]
fn names_and_ports_that_are_not_there_are_told() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let closed = listener.local_addr().unwrap();
    drop(listener);
    let refused = Outcome::NotConnected {
        reason: NotConnected::Refused,
    };
    assert_eq!(last(directly(&http(closed))), refused);
    let outcome = last(through("http://nothing.invalid:1", "x.example"));
    assert!(
        matches!(
            &outcome,
            Outcome::Unresolved {
                reason: Unresolved::NoSuchName | Unresolved::NoServer
            }
        ),
        "{outcome:?}"
    );
}

#[test]
fn answers_survive_a_pipe() {
    let company = Authority::new("CA");
    let server = tls(company.server("x.example"), b"");
    let questions = [
        through(&http(proxy(server, None)), "https://x.example"),
        directly("http://nothing.invalid"),
    ];
    let answers = ask(&questions, &limits(&[]));
    let text = serde_json::to_string(&answers).unwrap();
    let back: Vec<Answer> = serde_json::from_str(&text).unwrap();
    assert_eq!(back, answers);
}
