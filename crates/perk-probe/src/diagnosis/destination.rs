//! Why a destination is not reached without a proxy, and what is odd about the two ways.

use super::code::Code;
use super::finding::{Finding, Place};
use super::{Examined, Tried};
use crate::words::listed;
use crate::{Answer, NotConnected, Outcome, Silence, Step, StepKind, Unresolved};

/// Says why the destination is not reached without a proxy.
pub(super) fn trouble(examined: &Examined<'_>, tried: Tried<'_>, step: &Step) -> Finding {
    if tried.place == Place::Container && examined.host.is_proxied() {
        return variables_missing(examined);
    }
    if tried.is_reached_otherwise() {
        return exempt_not_reached(examined, tried);
    }
    let finding = match &step.outcome {
        Outcome::Unresolved { reason } => unresolved(examined, tried, reason),
        Outcome::NotConnected { reason } => not_connected(examined, tried, reason),
        Outcome::Silent { reason } => broken(examined, tried, reason),
        _ => broken(examined, tried, &Silence::Closed),
    };
    // Whoever has no proxy at all behind a firewall needs one.
    let is_alone = tried.other.is_none() && examined.setup.proxy_places.is_empty();
    let is_shut_in = matches!(
        &step.outcome,
        Outcome::Unresolved { .. }
            | Outcome::NotConnected {
                reason: NotConnected::TimedOut | NotConnected::Unreachable,
            }
    );
    let works_on_host = tried.place == Place::Container && examined.host.is_reached();
    if is_alone && is_shut_in && !works_on_host {
        return no_proxy_set(examined, tried, step);
    }
    finding
}

fn no_proxy_set(examined: &Examined<'_>, tried: Tried<'_>, step: &Step) -> Finding {
    let cause = format!(
        "no proxy is set, and {} is not reached without one: {}",
        examined.target, step.outcome
    );
    Finding::new(Code::NoProxySet, tried.place, cause)
        .fixed_by("pass the proxy of your company by `--proxy URL`, or set `https_proxy`")
        .fixed_by("see where perk looked for one: `perk docker-run --explain`")
}

fn variables_missing(examined: &Examined<'_>) -> Finding {
    let engine = &examined.setup.engine;
    let cause = "the container did not get the variables of the proxy that perk gave it";
    Finding::new(Code::VariablesMissing, Place::Container, cause).fixed_by(format!(
        "look whether a variable of yours empties them, or whether `{engine}` is a script that \
         drops them"
    ))
}

fn exempt_not_reached(examined: &Examined<'_>, tried: Tried<'_>) -> Finding {
    let host = examined.target.bare_host();
    let cause = format!("`{host}` is exempt from the proxy, and is reached only through it");
    let fix = match &examined.setup.exemption_places[..] {
        [] => format!("take `{host}` out of the exemptions"),
        places => format!("take what exempts `{host}` out of {}", listed(places)),
    };
    Finding::new(Code::ExemptNotReached, tried.place, cause).fixed_by(fix)
}

fn unresolved(examined: &Examined<'_>, tried: Tried<'_>, reason: &Unresolved) -> Finding {
    let host = examined.target.bare_host();
    let known = examined.host.main.outcome(StepKind::Name);
    if let (Place::Container, Some(Outcome::Resolved { addresses })) = (tried.place, known) {
        let cause = format!("the host knows the name `{host}`, and the container does not");
        let address = addresses
            .first()
            .map(|address| format!("pass `--add-host {host}:{address}`"));
        return Finding::new(Code::NameUnknownInContainer, tried.place, cause)
            .maybe_fixed_by(examined.setup.pass_name_server())
            .maybe_fixed_by(address);
    }
    if *reason != Unresolved::NoSuchName {
        let cause = format!("no server for names says where `{host}` is");
        return Finding::new(Code::NameServersSilent, tried.place, cause)
            .fixed_by("connect to a network, or correct `/etc/resolv.conf`");
    }
    let cause = format!("no server knows the name `{host}`");
    Finding::new(Code::NameUnknown, tried.place, cause)
        .fixed_by("check how the name is written")
        .fixed_by("connect to the network of the company, which may be the only one to know it")
}

fn not_connected(examined: &Examined<'_>, tried: Tried<'_>, reason: &NotConnected) -> Finding {
    let authority = examined.target.authority();
    let (code, cause) = match reason {
        NotConnected::Refused => (
            Code::DestinationRefuses,
            format!("nothing listens at `{authority}`"),
        ),
        NotConnected::TimedOut => (
            Code::DestinationTimesOut,
            format!("nothing comes back from `{authority}`: a firewall drops it, or it is off"),
        ),
        NotConnected::Unreachable | NotConnected::Other { .. } => (
            Code::DestinationUnreachable,
            format!("there is no way to `{authority}`"),
        ),
    };
    let finding = Finding::new(code, tried.place, cause);
    let host = examined.target.bare_host();
    let is_own = examined.target.host.is_loopback();
    if is_own && tried.place == Place::Container {
        let network = &examined.setup.loopback_network;
        return finding.fixed_by(format!(
            "`{host}` is the container itself there: pass `--network {network}`"
        ));
    }
    if tried.place == Place::Container && examined.host.is_reached() {
        return finding.fixed_by(
            "have the firewall of this machine let the network of the container through",
        );
    }
    finding.fixed_by(format!(
        "check that `{authority}` is up and may be reached from here"
    ))
}

fn broken(examined: &Examined<'_>, tried: Tried<'_>, reason: &Silence) -> Finding {
    let target = examined.target;
    let (cause, fix) = match reason {
        Silence::SpeaksNoTls => (
            format!("{target} does not speak TLS"),
            format!("use `http://{}`", target.authority()),
        ),
        _ => (
            format!("{target} takes the connection, and no certificates come"),
            "look for a firewall that cuts connections by name: `--proxy` may be the way"
                .to_owned(),
        ),
    };
    Finding::new(Code::TlsBroken, tried.place, cause).fixed_by(fix)
}

/// Returns what is worth knowing where the way of programs leads to the destination.
pub(super) fn notes(examined: &Examined<'_>) -> Option<Finding> {
    let decisive = examined.decisive();
    if !decisive.is_reached() || !decisive.is_proxied() {
        return None;
    }
    let other: &Answer = decisive.other?;
    let target = examined.target;
    let host = target.bare_host();
    if other.is_reached() {
        let cause = format!("`{host}` is reached without the proxy too");
        let note = Finding::new(Code::ProxyNotNeeded, decisive.place, cause);
        return Some(note.about(target).fixed_by(format!(
            "pass `--no-proxy {host}` if it is to be reached so"
        )));
    }
    let is_unknown = matches!(
        other.outcome(StepKind::Name),
        Some(Outcome::Unresolved { .. })
    );
    is_unknown.then(|| {
        let cause = "only the proxy knows the names of destinations: programs that do not use the \
                     proxy fail, and so do `ping` and `nslookup`";
        Finding::new(Code::NamesByProxyOnly, decisive.place, cause).about(target)
    })
}
