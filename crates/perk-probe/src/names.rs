//! Names to addresses, within a limit of time.

use std::io;
use std::net::{IpAddr, ToSocketAddrs as _};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use perk_network::Host;

use crate::{Outcome, Unresolved};

/// Finds the addresses of a machine. The system's own function knows no limit, so that it is left
/// behind on a thread of its own when it takes too long.
pub(crate) fn resolve(host: &Host, limit: Duration) -> Outcome {
    let name = match host {
        Host::Address(address) => {
            return Outcome::Resolved {
                addresses: vec![*address],
            };
        }
        Host::Name(name) => name.clone(),
    };
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        // Nobody may be waiting any more.
        let _ = sender.send(addresses(&name));
    });
    match receiver.recv_timeout(limit) {
        Ok(Ok(addresses)) if !addresses.is_empty() => Outcome::Resolved { addresses },
        Ok(Ok(_)) => unresolved(Unresolved::NoSuchName),
        Ok(Err(error)) => unresolved(reason(&error.to_string())),
        Err(_) => unresolved(Unresolved::TimedOut),
    }
}

fn addresses(name: &str) -> io::Result<Vec<IpAddr>> {
    let mut addresses: Vec<IpAddr> = Vec::new();
    for found in (name, 0).to_socket_addrs()? {
        if !addresses.contains(&found.ip()) {
            addresses.push(found.ip());
        }
    }
    Ok(addresses)
}

fn unresolved(reason: Unresolved) -> Outcome {
    Outcome::Unresolved { reason }
}

/// The system's codes are not handed on, but for their sentences, which are those of glibc, musl and
/// macOS.
fn reason(message: &str) -> Unresolved {
    let says = |sentences: &[&str]| sentences.iter().any(|text| message.contains(text));
    if says(&["Temporary failure", "Try again"]) {
        return Unresolved::NoServer;
    }
    let no_such_name = [
        "Name or service not known",
        "No address associated",
        "Name does not resolve",
        "nodename nor servname",
    ];
    if says(&no_such_name) {
        return Unresolved::NoSuchName;
    }
    let words = message.rsplit(": ").next().unwrap_or(message);
    Unresolved::Other {
        message: words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_without_address_says_why() {
        let glibc = "failed to lookup address information: Name or service not known";
        assert_eq!(reason(glibc), Unresolved::NoSuchName);
        let musl = "failed to lookup address information: Try again";
        assert_eq!(reason(musl), Unresolved::NoServer);
        let other = "failed to lookup address information: System error";
        let message = "System error".to_owned();
        assert_eq!(reason(other), Unresolved::Other { message });
    }

    #[test]
    fn an_address_needs_no_server() {
        let host = Host::parse("[::1]").unwrap();
        let addresses = vec!["::1".parse().unwrap()];
        let outcome = resolve(&host, Duration::from_secs(5));
        assert_eq!(outcome, Outcome::Resolved { addresses });
    }
}
