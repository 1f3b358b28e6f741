//! What the table foretells, and what was seen, in the same words.

use std::collections::BTreeMap;
use std::fmt;

use perk_network::program::{
    Address, Behavior, Effect, Form, Program, Reach, Sent, UserOnly, Way, forecast,
};
use perk_test_net::{Arrival, Presented, Seen, Transport};

use crate::cases::{Case, Field, Trial, has_exemptions};

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Through the proxy at `proxy.test`.
    Proxied,
    /// Through the other one.
    ProxiedByOther,
    /// Without a proxy.
    Direct,
    /// Nothing reached anybody.
    Fails,
    LocalNames,
    RemoteNames,
    SpeaksHttp,
    Port(u16),
    Decoded,
    AsWritten,
    /// The credentials arrived.
    Sent,
    /// No credentials arrived.
    NotSent,
    Trusts,
    DoesNotTrust,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Proxied => "through the proxy",
            Self::ProxiedByOther => "through the other proxy",
            Self::Direct => "direct",
            Self::Fails => "fails",
            Self::LocalNames => "resolves names itself",
            Self::RemoteNames => "has the proxy resolve names",
            Self::SpeaksHttp => "speaks plain HTTP to the proxy",
            Self::Port(port) => return write!(f, "takes port {port}"),
            Self::Decoded => "sends credentials decoded",
            Self::AsWritten => "sends credentials as written",
            Self::Sent => "sends the user",
            Self::NotSent => "does not send the user",
            Self::Trusts => "trusts",
            Self::DoesNotTrust => "does not trust",
        })
    }
}

/// What proxies and servers saw of a run.
#[derive(Debug, Clone, Default)]
pub(crate) struct Evidence {
    /// What the proxies saw, with their port and whether they are the other one.
    pub(crate) seen: Vec<(Listener, Seen)>,
    pub(crate) arrivals: Vec<Arrival>,
}

/// Which proxy it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Listener {
    pub(crate) port: u16,
    pub(crate) is_other: bool,
}

/// Returns what the table foretells; nothing where it does not speak of it.
pub(crate) fn foretold(
    case: &Case,
    program: &'static Program,
    environment: &BTreeMap<String, String>,
) -> Option<Outcome> {
    match &case.trial {
        Trial::Way => way(case, program, environment),
        Trial::Exemption(form) => exemption(*form, program),
        Trial::Address(field) => Some(address(*field, program.address.as_ref()?)),
        Trial::TrustsSystem => Some(trust(program.certificates.as_ref()?.system)),
        Trial::Reads(name) => {
            let mut variables = program.certificates.as_ref()?.variables.iter();
            Some(trust(variables.any(|variable| variable.name == *name)))
        }
        Trial::Keeps(name) => {
            let mut variables = program.certificates.as_ref()?.variables.iter();
            let variable = variables.find(|variable| variable.name == *name)?;
            Some(trust(variable.effect == Effect::Adds))
        }
    }
}

fn trust(trusts: bool) -> Outcome {
    if trusts {
        Outcome::Trusts
    } else {
        Outcome::DoesNotTrust
    }
}

fn way(
    case: &Case,
    program: &'static Program,
    environment: &BTreeMap<String, String>,
) -> Option<Outcome> {
    let forecast = forecast(program, &|name| environment.get(name).cloned());
    let is_https = case.url.starts_with("https:");
    // The cases name the host itself, so that what is below it does not matter.
    let mut exemptions = forecast.exemptions.iter();
    let is_exempt = exemptions.any(|known| {
        known.entry == "internet.test" && matches!(known.reach, Reach::Full | Reach::NameOnly)
    });
    match if is_https {
        &forecast.https
    } else {
        &forecast.http
    } {
        Way::Proxy { .. } if is_exempt => Some(Outcome::Direct),
        Way::Proxy { proxy, .. } if proxy.contains("other-proxy") => Some(Outcome::ProxiedByOther),
        Way::Proxy { .. } => Some(Outcome::Proxied),
        Way::Direct { .. } => Some(Outcome::Direct),
        Way::Fails { .. } => Some(Outcome::Fails),
        Way::Unknown => None,
    }
}

fn exemption(form: Form, program: &Program) -> Option<Outcome> {
    let rules = program.exemptions.as_ref()?;
    Some(if rules.fails.contains(&form) {
        Outcome::Fails
    } else if has_exemptions(program) && rules.understands.contains(&form) {
        Outcome::Direct
    } else {
        Outcome::Proxied
    })
}

fn address(field: Field, address: &Address) -> Outcome {
    let behavior = match field {
        Field::Credentials => {
            return match address.credentials {
                Sent::Decoded => Outcome::Decoded,
                Sent::AsWritten => Outcome::AsWritten,
            };
        }
        Field::UserOnly => {
            return match address.user_only {
                UserOnly::Sent => Outcome::Sent,
                UserOnly::Dropped => Outcome::NotSent,
                UserOnly::Fails => Outcome::Fails,
            };
        }
        Field::Port => return Outcome::Port(address.port),
        Field::Socks5 => address.socks5,
        Field::Socks5h => address.socks5h,
        Field::OverTls | Field::TunnelOverTls => address.over_tls,
        Field::Ipv6 => address.ipv6,
        Field::UpperScheme => address.upper_scheme,
        Field::Blanks => address.blanks,
        Field::Quotes => address.quotes,
    };
    match behavior {
        Behavior::Works => Outcome::Proxied,
        Behavior::LocalNames => Outcome::LocalNames,
        Behavior::RemoteNames => Outcome::RemoteNames,
        Behavior::Fails => Outcome::Fails,
        Behavior::Direct => Outcome::Direct,
        Behavior::SpeaksHttp if field == Field::TunnelOverTls => Outcome::Fails,
        Behavior::SpeaksHttp => Outcome::SpeaksHttp,
    }
}

/// Returns what was seen of a case.
pub(crate) fn observed(case: &Case, evidence: &Evidence) -> Outcome {
    match &case.trial {
        Trial::Way | Trial::Exemption(_) => route(evidence),
        Trial::Address(field) => observed_address(*field, evidence),
        Trial::TrustsSystem | Trial::Reads(_) | Trial::Keeps(_) => {
            let mut arrivals = evidence.arrivals.iter();
            trust(arrivals.any(|arrival| arrival.request.is_some()))
        }
    }
}

fn route(evidence: &Evidence) -> Outcome {
    match evidence.seen.first() {
        Some((listener, _)) if listener.is_other => Outcome::ProxiedByOther,
        Some(_) => Outcome::Proxied,
        None if evidence.arrivals.is_empty() => Outcome::Fails,
        None => Outcome::Direct,
    }
}

fn observed_address(field: Field, evidence: &Evidence) -> Outcome {
    let Some((listener, first)) = evidence.seen.first() else {
        return route(evidence);
    };
    let presented = evidence
        .seen
        .iter()
        .map(|(_, seen)| &seen.presented)
        .find(|presented| **presented != Presented::Nothing);
    let expects_http = !matches!(field, Field::Socks5 | Field::Socks5h | Field::OverTls);
    match (field, presented, first.transport) {
        (Field::Credentials, Some(Presented::Right), _) => Outcome::Decoded,
        (Field::Credentials, Some(_), _) => Outcome::AsWritten,
        (Field::UserOnly, Some(_), _) => Outcome::Sent,
        (Field::UserOnly | Field::Credentials, _, _) => Outcome::NotSent,
        (Field::Port, _, _) => Outcome::Port(listener.port),
        (_, _, Transport::SocksAddress) => Outcome::LocalNames,
        (_, _, Transport::SocksName) => Outcome::RemoteNames,
        (_, _, Transport::Https) => Outcome::Proxied,
        (Field::TunnelOverTls, _, Transport::Http) => Outcome::Fails,
        (_, _, Transport::Http) if expects_http => Outcome::Proxied,
        (_, _, Transport::Http) => Outcome::SpeaksHttp,
    }
}

#[cfg(test)]
mod tests {
    use perk_network::program::programs;
    use perk_test_net::Handling;

    use super::*;

    fn case(trial: Trial, set: &[(&str, &str)]) -> Case {
        let set = set.iter();
        Case {
            name: String::new(),
            url: "http://internet.test/".to_owned(),
            set: set
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            trial,
        }
    }

    fn seen(port: u16, transport: Transport, presented: Presented) -> Evidence {
        let seen = Seen {
            transport,
            method: "GET".to_owned(),
            authority: "internet.test:80".to_owned(),
            path: None,
            presented,
            user_agent: None,
            handling: Handling::Forwarded,
        };
        let listener = Listener {
            port,
            is_other: false,
        };
        Evidence {
            seen: vec![(listener, seen)],
            arrivals: vec![arrival()],
        }
    }

    fn arrival() -> Arrival {
        Arrival {
            is_https: false,
            request: None,
        }
    }

    #[test]
    fn foretells_what_explanations_say() {
        let curl = programs("curl").expect("known")[0];
        let foretold = |set: &[(&str, &str)]| {
            let case = case(Trial::Way, set);
            foretold(&case, curl, &case.set)
        };
        let proxy = "http://proxy.test:3128";
        assert_eq!(foretold(&[("HTTP_PROXY", proxy)]), Some(Outcome::Direct));
        assert_eq!(foretold(&[("http_proxy", proxy)]), Some(Outcome::Proxied));
        let exempt = [("http_proxy", proxy), ("no_proxy", "internet.test")];
        assert_eq!(foretold(&exempt), Some(Outcome::Direct));
    }

    #[test]
    fn what_reached_a_proxy_did_not_go_direct() {
        let way = case(Trial::Way, &[]);
        let proxied = seen(3128, Transport::Http, Presented::Nothing);
        assert_eq!(observed(&way, &proxied), Outcome::Proxied);
        let direct = Evidence {
            arrivals: vec![arrival()],
            ..Evidence::default()
        };
        assert_eq!(observed(&way, &direct), Outcome::Direct);
        assert_eq!(observed(&way, &Evidence::default()), Outcome::Fails);
        // Only a request shows that a certificate was trusted.
        let trust = case(Trial::TrustsSystem, &[]);
        assert_eq!(observed(&trust, &direct), Outcome::DoesNotTrust);
    }

    #[test]
    fn addresses_are_told_by_what_the_proxy_heard() {
        let observed = |field, evidence| observed(&case(Trial::Address(field), &[]), &evidence);
        let heard = |transport| seen(3128, transport, Presented::Nothing);
        assert_eq!(
            observed(Field::Socks5, heard(Transport::SocksName)),
            Outcome::RemoteNames
        );
        assert_eq!(
            observed(Field::Socks5, heard(Transport::Http)),
            Outcome::SpeaksHttp
        );
        assert_eq!(
            observed(Field::Blanks, heard(Transport::Http)),
            Outcome::Proxied
        );
        let at_port = seen(1080, Transport::Http, Presented::Nothing);
        assert_eq!(observed(Field::Port, at_port), Outcome::Port(1080));
        let raw = seen(
            3130,
            Transport::Http,
            Presented::Other("ann:p%40ss".to_owned()),
        );
        assert_eq!(observed(Field::Credentials, raw), Outcome::AsWritten);
    }
}
