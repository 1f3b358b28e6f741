//! Answers in one line each.

use perk_probe::{
    Answer, ChainLink, NotConnected, Outcome, Silence, Step, StepKind, Taken, TakenProxy,
    TlsAnswer, Unresolved, Verdict,
};

/// Reads `[?]TARGET direct|via URL: STEP=OUTCOME, …`.
pub(crate) fn parse(line: &str) -> Answer {
    let (head, steps) = line.split_once(": ").unwrap();
    let (is_comparison, head) = match head.strip_prefix('?') {
        Some(head) => (true, head),
        None => (false, head),
    };
    let mut words = head.split(' ');
    let target = words.next().unwrap().parse().unwrap();
    let route = match words.next().unwrap() {
        "direct" => Taken::Direct,
        _ => proxy(words.next().unwrap()),
    };
    Answer {
        target,
        route,
        is_comparison,
        steps: steps.split(", ").map(step).collect(),
    }
}

/// Credentials are written as `***`, as they are shown.
fn proxy(url: &str) -> Taken {
    let (_, authority) = url.split_once("://").unwrap();
    let (has_credentials, authority) = match authority.strip_prefix("***@") {
        Some(rest) => (true, rest),
        None => (false, authority),
    };
    let (host, port) = authority.rsplit_once(':').unwrap();
    Taken::Proxy(TakenProxy {
        url: url.to_owned(),
        host: host.to_owned(),
        port: port.parse().unwrap(),
        has_credentials,
    })
}

fn step(text: &str) -> Step {
    let (kind, outcome) = text.split_once('=').unwrap();
    let kind = match kind {
        "proxy-name" => StepKind::ProxyName,
        "proxy" => StepKind::ProxyConnection,
        "proxy-tls" => StepKind::ProxyTls,
        "tunnel" => StepKind::Tunnel,
        "forward" => StepKind::Forward,
        "name" => StepKind::Name,
        "connection" => StepKind::Connection,
        "tls" => StepKind::Tls,
        "request" => StepKind::Request,
        other => panic!("{other}"),
    };
    Step {
        kind,
        milliseconds: 1,
        outcome: self::outcome(outcome),
    }
}

fn outcome(text: &str) -> Outcome {
    let (word, rest) = text.split_once(':').unwrap_or((text, ""));
    let not = |reason| Outcome::NotConnected { reason };
    let silent = |reason| Outcome::Silent { reason };
    let unresolved = |reason| Outcome::Unresolved { reason };
    match word {
        "at" => Outcome::Resolved {
            addresses: vec![rest.parse().unwrap()],
        },
        "no-such-name" => unresolved(Unresolved::NoSuchName),
        "no-server" => unresolved(Unresolved::NoServer),
        "slow-names" => unresolved(Unresolved::TimedOut),
        "to" => Outcome::Connected {
            address: rest.parse().unwrap(),
        },
        "refused" => not(NotConnected::Refused),
        "timed-out" => not(NotConnected::TimedOut),
        "unreachable" => not(NotConnected::Unreachable),
        "silent" => silent(Silence::TimedOut),
        "closed" => silent(Silence::Closed),
        "speaks-tls" => silent(Silence::SpeaksTls),
        "no-tls" => silent(Silence::SpeaksNoTls),
        "garbled" => silent(Silence::Garbled {
            message: "it is not HTTP".to_owned(),
        }),
        "passed" => Outcome::Passed,
        "socks" => Outcome::Rejected {
            code: rest.parse().unwrap(),
        },
        "public" => tls("DigiCert", Verdict::Trusted, None),
        "public-not-given" => tls("DigiCert", Verdict::Trusted, Some(Verdict::UnknownIssuer)),
        "corp" => tls("Corp CA", Verdict::UnknownIssuer, verdict(rest)),
        "bad" => tls("DigiCert", verdict(rest).unwrap(), None),
        status => Outcome::Answered {
            status: status.parse().unwrap(),
            schemes: rest
                .split('+')
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect(),
        },
    }
}

fn verdict(word: &str) -> Option<Verdict> {
    Some(match word {
        "" => return None,
        "trusted" => Verdict::Trusted,
        "unknown" => Verdict::UnknownIssuer,
        "expired" => Verdict::Expired,
        "early" => Verdict::NotYetValid,
        "name" => Verdict::WrongName,
        message => Verdict::Invalid {
            message: message.to_owned(),
        },
    })
}

fn tls(issuer: &str, by_public: Verdict, by_given: Option<Verdict>) -> Outcome {
    let link = ChainLink {
        subject: "x.example".to_owned(),
        issuer: issuer.to_owned(),
        fingerprint: "00".to_owned(),
    };
    Outcome::Tls(TlsAnswer {
        chain: vec![link],
        by_public,
        by_given,
    })
}
