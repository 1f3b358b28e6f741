//! Why a proxy does not lead to the destination.

use std::net::IpAddr;

use perk_network::Host;

use super::code::Code;
use super::finding::{Finding, Place};
use super::{Examined, Tried};
use crate::words::listed;
use crate::{NotConnected, Outcome, Silence, Step, StepKind, Taken, TakenProxy, Unresolved};

/// What a proxy has that cannot be written into a variable.
const HELPER: &str = "run a helper that signs in, such as cntlm or px, on this machine, and pass \
                      `--proxy http://127.0.0.1:3128`, with the port that it listens on";

/// Says why a proxy does not lead to the destination.
pub(super) fn trouble(
    examined: &Examined<'_>,
    tried: Tried<'_>,
    proxy: &TakenProxy,
    step: &Step,
) -> Finding {
    let case = Case {
        examined,
        tried,
        proxy,
    };
    match &step.outcome {
        Outcome::Unresolved { reason } => case.unresolved(reason),
        Outcome::NotConnected { reason } => case.not_connected(reason),
        Outcome::Answered { status, schemes } => case.answered(*status, schemes),
        Outcome::Rejected { code } => case.rejected(*code),
        Outcome::Silent { reason } if step.kind == StepKind::Tls => case.broken(reason),
        Outcome::Silent { reason } => case.silent(reason),
        Outcome::Resolved { .. }
        | Outcome::Connected { .. }
        | Outcome::Passed
        | Outcome::Tls(_) => case.silent(&Silence::Closed),
    }
}

struct Case<'a> {
    examined: &'a Examined<'a>,
    tried: Tried<'a>,
    proxy: &'a TakenProxy,
}

impl Case<'_> {
    fn finding(&self, code: Code, cause: String) -> Finding {
        Finding::new(code, self.tried.place, cause)
    }

    /// Returns what has to be corrected, and where.
    fn correct(&self, what: &str) -> String {
        match &self.examined.setup.proxy_places[..] {
            [] => format!("pass {what} by `--proxy`"),
            [flag] if flag.starts_with("`--") => format!("pass {what} by {flag}"),
            places => format!("write {what} in {}", listed(places)),
        }
    }

    /// Tells whether the same thing worked on the host, so that the container is at fault.
    fn works_on_host(&self, kind: StepKind) -> bool {
        let host = self.examined.host.main;
        let steps = host.steps.iter();
        self.tried.place == Place::Container
            && steps
                .into_iter()
                .any(|step| step.kind == kind && step.is_fine())
    }

    /// Returns the address at which the host has reached the proxy.
    fn address_on_host(&self) -> Option<IpAddr> {
        match self.examined.host.main.outcome(StepKind::ProxyConnection)? {
            Outcome::Connected { address } => Some(*address),
            _ => None,
        }
    }

    /// Tells whether the proxy is on this machine, under another name in the container.
    fn is_moved(&self) -> bool {
        let on_host = match &self.examined.host.main.route {
            Taken::Proxy(proxy) => Host::parse(&proxy.host),
            Taken::Direct => None,
        };
        self.tried.place == Place::Container && on_host.is_some_and(|host| host.is_loopback())
    }

    fn unresolved(&self, reason: &Unresolved) -> Finding {
        let TakenProxy { host, .. } = self.proxy;
        if self.is_moved() {
            return self.on_loopback(format!(
                "the container does not know this machine as `{host}`"
            ));
        }
        if self.works_on_host(StepKind::ProxyName) {
            let cause = format!(
                "the host knows the name of the proxy, `{host}`, and the container does not"
            );
            let address = self
                .address_on_host()
                .map(|address| format!("pass `--add-host {host}:{address}`"));
            let finding = self.finding(Code::ProxyNameUnknownInContainer, cause);
            return finding
                .maybe_fixed_by(self.examined.setup.pass_name_server())
                .maybe_fixed_by(address);
        }
        match reason {
            Unresolved::NoSuchName => self
                .finding(
                    Code::ProxyNameUnknown,
                    format!("no server knows the name of the proxy, `{host}`"),
                )
                .fixed_by(self.correct("the right name"))
                .fixed_by(
                    "connect to the network of the company, which may be the only one to know it",
                )
                .maybe_fixed_by(self.without_proxy()),
            _ => self
                .finding(
                    Code::NameServersSilent,
                    format!("no server for names says where the proxy `{host}` is"),
                )
                .fixed_by("connect to the network of the company, or correct `/etc/resolv.conf`"),
        }
    }

    fn not_connected(&self, reason: &NotConnected) -> Finding {
        let TakenProxy { host, port, .. } = self.proxy;
        if self.is_moved() && self.works_on_host(StepKind::ProxyConnection) {
            return match reason {
                NotConnected::Refused => self.on_loopback(format!(
                    "the proxy listens on the loopback of this machine alone, and nothing on port \
                     {port} of `{host}`, as the container knows this machine"
                )),
                _ => self.blocked(),
            };
        }
        if self.works_on_host(StepKind::ProxyConnection) {
            return self.overlap().unwrap_or_else(|| self.blocked());
        }
        let (code, cause) = match reason {
            NotConnected::Refused => (
                Code::ProxyRefuses,
                format!("nothing listens on port {port} of `{host}`"),
            ),
            NotConnected::TimedOut => (
                Code::ProxyTimesOut,
                format!(
                    "nothing comes back from port {port} of `{host}`: a firewall drops it, or the \
                     machine is off"
                ),
            ),
            NotConnected::Unreachable | NotConnected::Other { .. } => (
                Code::ProxyUnreachable,
                format!("there is no way to the proxy, `{host}`"),
            ),
        };
        let is_own = Host::parse(host).is_some_and(|host| host.is_loopback());
        let network = (!is_own).then_some("connect to the network of the company");
        let start = is_own.then_some("start the proxy on this machine");
        self.finding(code, cause)
            .maybe_fixed_by(start)
            .fixed_by(self.correct("the right address and port"))
            .maybe_fixed_by(network)
            .maybe_fixed_by(self.without_proxy())
    }

    /// Where the destination is reached without the proxy, the proxy may not be needed at all.
    fn without_proxy(&self) -> Option<String> {
        let target = self.examined.target;
        self.tried
            .is_reached_otherwise()
            .then(|| format!("pass `--proxy none`, as {target} is reached without the proxy"))
    }

    fn on_loopback(&self, cause: String) -> Finding {
        let network = &self.examined.setup.loopback_network;
        let relay = self.examined.setup.has_relay.then_some(
            "run the container by `perk docker-run --exec`, which relays it to the proxy",
        );
        self.finding(Code::ProxyOnLoopback, cause)
            .maybe_fixed_by(relay)
            .fixed_by(format!("pass `--network {network}`"))
            .fixed_by(format!(
                "have the proxy listen on the bridge of {} too",
                self.examined.setup.engine
            ))
    }

    fn blocked(&self) -> Finding {
        let TakenProxy { host, port, .. } = self.proxy;
        self.finding(
            Code::ProxyNotReachedFromContainer,
            format!("the host reaches the proxy, and the container does not reach port {port} of `{host}`"),
        )
        .fixed_by("have the firewall of this machine let the network of the container through")
        .fixed_by(format!(
            "pass `--network {}`",
            self.examined.setup.loopback_network
        ))
    }

    /// The container looks for the proxy among its neighbors if its network has the same addresses.
    fn overlap(&self) -> Option<Finding> {
        let address = self.address_on_host()?;
        let networks = self.examined.networks;
        let network = networks.iter().find(|network| network.contains(&address))?;
        let cause = format!(
            "the network of the container, {network}, has the address of the proxy in it, {address}"
        );
        let engine = &self.examined.setup.engine;
        let fix = format!(
            "make a network elsewhere, `{engine} network create --subnet 192.168.200.0/24 perk`, and \
             pass `--network perk`"
        );
        let settings = (engine == "docker")
            .then_some("give docker other networks by `bip` in `/etc/docker/daemon.json`");
        Some(
            self.finding(Code::NetworkOverlap, cause)
                .fixed_by(fix)
                .maybe_fixed_by(settings),
        )
    }

    fn answered(&self, status: u16, schemes: &[String]) -> Finding {
        let TakenProxy { url, .. } = self.proxy;
        let target = self.examined.target;
        match status {
            407 => self.unauthorized(schemes),
            403 => self
                .finding(
                    Code::ProxyForbids,
                    format!(
                        "the proxy {url} does not allow `{}`{}",
                        target.authority(),
                        self.odd_port()
                    ),
                )
                .fixed_by(self.ask_for())
                .maybe_fixed_by(self.exempt()),
            500 | 502..=504 => self
                .finding(
                    Code::ProxyCannotReach,
                    format!("the proxy {url} does not reach `{}`", target.authority()),
                )
                .maybe_fixed_by(self.exempt())
                .fixed_by("check the name and the port of the destination"),
            _ => self
                .finding(
                    Code::NotAProxy,
                    format!("{url} answers as a proxy would not: with status {status}"),
                )
                .fixed_by(self.correct("the right address and port")),
        }
    }

    fn odd_port(&self) -> &'static str {
        let is_usual = matches!(self.examined.target.port, 80 | 443);
        if is_usual {
            ""
        } else {
            ": many proxies connect to port 443 only"
        }
    }

    fn ask_for(&self) -> String {
        let authority = self.examined.target.authority();
        format!("ask those who run the proxy to allow `{authority}`")
    }

    /// Where the destination is reached without the proxy, that is a way.
    fn exempt(&self) -> Option<String> {
        let host = self.examined.target.bare_host();
        self.tried
            .is_reached_otherwise()
            .then(|| format!("pass `--no-proxy {host}`, as it is reached without the proxy"))
    }

    fn unauthorized(&self, schemes: &[String]) -> Finding {
        let TakenProxy {
            url,
            has_credentials,
            ..
        } = self.proxy;
        let takes_basic = schemes
            .iter()
            .any(|scheme| scheme.eq_ignore_ascii_case("basic"));
        if !takes_basic && !schemes.is_empty() {
            let cause = format!(
                "the proxy {url} takes {} only, which variables cannot express and perk cannot do",
                listed(schemes)
            );
            return self
                .finding(Code::ProxyWantsOtherCredentials, cause)
                .fixed_by(HELPER);
        }
        if *has_credentials {
            return self.rejected_credentials();
        }
        self.finding(
            Code::ProxyWantsCredentials,
            format!("the proxy {url} wants a user and a password, and none are set"),
        )
        .fixed_by(self.correct(&self.with_credentials()))
    }

    /// Returns how the proxy is written with a user and a password.
    fn with_credentials(&self) -> String {
        let url = &self.proxy.url;
        let (scheme, rest) = url.split_once("://").unwrap_or(("http", url));
        format!("`{scheme}://USER:PASSWORD@{rest}`")
    }

    fn rejected_credentials(&self) -> Finding {
        let url = &self.proxy.url;
        self.finding(
            Code::ProxyRejectsCredentials,
            format!("the proxy {url} does not take the user and the password that are set"),
        )
        .fixed_by(format!(
            "{}; a `%`, `@`, `:` or `/` in them has to be `%25`, `%40`, `%3A` or `%2F`",
            self.correct("the right ones")
        ))
    }

    fn rejected(&self, code: u8) -> Finding {
        let TakenProxy {
            url,
            has_credentials,
            ..
        } = self.proxy;
        match code {
            255 if *has_credentials => self.rejected_credentials(),
            255 => self.unauthorized(&[]),
            2 => self.answered(403, &[]),
            3..=6 => self.answered(502, &[]),
            _ => self
                .finding(
                    Code::ProxyCannotReach,
                    format!("the proxy {url} fails with SOCKS code {code}"),
                )
                .fixed_by("ask those who run the proxy what it means"),
        }
    }

    fn silent(&self, reason: &Silence) -> Finding {
        let TakenProxy {
            url, host, port, ..
        } = self.proxy;
        match reason {
            Silence::SpeaksTls => self
                .finding(Code::ProxySpeaksTls, format!("the proxy {url} speaks TLS"))
                .fixed_by(self.correct(&format!("`https://{host}:{port}`")))
                .fixed_by(
                    "use another port of it: wget, aria2 and others cannot speak TLS with a proxy",
                ),
            Silence::SpeaksNoTls => self
                .finding(
                    Code::ProxySpeaksNoTls,
                    format!("the proxy {url} does not speak TLS"),
                )
                .fixed_by(self.correct(&format!("`http://{host}:{port}`"))),
            Silence::Garbled { .. } => self
                .finding(
                    Code::NotAProxy,
                    format!("{url} does not answer as a proxy does"),
                )
                .fixed_by(self.correct("the right address and port")),
            Silence::TimedOut | Silence::Closed => self
                .finding(
                    Code::ProxySilent,
                    format!("the proxy {url} takes the connection and says nothing"),
                )
                .fixed_by(self.correct("the right port"))
                .fixed_by("ask those who run the proxy whether this machine may use it"),
        }
    }

    fn broken(&self, reason: &Silence) -> Finding {
        let TakenProxy { url, .. } = self.proxy;
        let target = self.examined.target;
        let cause = match reason {
            Silence::SpeaksNoTls => format!("{target} does not speak TLS"),
            _ => format!("the proxy {url} connects, and no certificates come from {target}"),
        };
        let fix = match reason {
            Silence::SpeaksNoTls => format!("use `http://{}`", target.authority()),
            _ => self.ask_for(),
        };
        self.finding(Code::TlsBroken, cause)
            .fixed_by(fix)
            .maybe_fixed_by(self.exempt())
    }
}
