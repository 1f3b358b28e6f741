//! What the certificates of a destination say about who is in between, and whether programs in the
//! container will trust them.

use std::fmt;

use super::code::Code;
use super::finding::{Finding, Place};
use super::setup::{GivenBundle, TrustSetup};
use super::{Examined, Tried};
use crate::{Outcome, StepKind, Taken, Target, TlsAnswer, Verdict};

/// Whose certificates they are.
#[derive(Clone, Copy)]
enum Owner<'a> {
    Destination(&'a Target),
    /// A proxy that speaks TLS itself.
    Proxy(&'a str),
}

impl fmt::Display for Owner<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Destination(target) => target.fmt(f),
            Self::Proxy(url) => write!(f, "the proxy {url} itself"),
        }
    }
}

/// Judges the certificates where the programs will run.
pub(super) fn findings(examined: &Examined<'_>) -> Vec<Finding> {
    if let Some(missing) = missing(examined) {
        return vec![missing];
    }
    let main = examined.decisive().main;
    let of_proxy = match (&main.route, main.outcome(StepKind::ProxyTls)) {
        (Taken::Proxy(proxy), Some(Outcome::Tls(tls))) => {
            judged(examined, tls, Owner::Proxy(&proxy.url))
        }
        _ => None,
    };
    let tls = main.tls();
    let of_destination =
        tls.and_then(|tls| judged(examined, tls, Owner::Destination(examined.target)));
    of_proxy.into_iter().chain(of_destination).collect()
}

fn judged(examined: &Examined<'_>, tls: &TlsAnswer, owner: Owner<'_>) -> Option<Finding> {
    let tried = examined.decisive();
    // Without a container, what this machine trusts has to stand for what the container is given.
    let is_given =
        examined.container.is_some() || !matches!(examined.setup.trust, TrustSetup::Off { .. });
    let finding = match tls.verdict() {
        Verdict::Trusted if tls.is_private() && is_given => known(tried, tls, owner),
        Verdict::Trusted if tls.is_private() => unknown(examined, tls, owner),
        Verdict::Trusted => return public(tried, tls),
        Verdict::UnknownIssuer => unknown(examined, tls, owner),
        verdict => invalid(tried, verdict, owner),
    };
    let first = tls.chain.last().map(|link| &link.fingerprint);
    let evidence = first.map(|fingerprint| {
        format!(
            "issuer `{}`, SHA-256 of the last certificate {fingerprint}",
            tls.authority()
        )
    });
    Some(
        finding
            .about(examined.target)
            .evident(evidence.unwrap_or_default()),
    )
}

fn missing(examined: &Examined<'_>) -> Option<Finding> {
    let GivenBundle::Missing { path } = examined.bundle? else {
        return None;
    };
    let cause =
        format!("the certificates at `{path}` of the container are not there or unreadable");
    let finding = Finding::new(Code::CertificatesMissing, Place::Container, cause);
    Some(finding.fixed_by(
        "share the folder of the file with the engine, which runs elsewhere or in a virtual machine",
    ))
}

/// Says who is in between, as far as that can be told.
fn who(tried: Tried<'_>, tls: &TlsAnswer, owner: Owner<'_>) -> String {
    let authority = tls.authority();
    let signed = format!(
        "the certificates of {owner} are signed by `{authority}`, which is no public authority"
    );
    let direct = tried.other.and_then(|other| other.tls());
    let is_intercepted = direct.is_some_and(|direct| direct.by_public == Verdict::Trusted);
    match owner {
        Owner::Proxy(_) => signed,
        Owner::Destination(target) if tried.is_proxied() && is_intercepted => {
            format!("the proxy looks into TLS with {target}, as `{authority}`")
        }
        Owner::Destination(_) if tried.is_proxied() => {
            format!("{signed}: the proxy looks into TLS, or the destination is the company's own")
        }
        Owner::Destination(_) => format!(
            "{signed}: something on the way looks into TLS, or the destination is the company's own"
        ),
    }
}

fn known(tried: Tried<'_>, tls: &TlsAnswer, owner: Owner<'_>) -> Finding {
    let who = who(tried, tls, owner);
    let cause = format!("{who}; perk gives the container what is needed to trust it");
    Finding::new(Code::AuthorityKnown, tried.place, cause)
}

fn unknown(examined: &Examined<'_>, tls: &TlsAnswer, owner: Owner<'_>) -> Finding {
    let tried = examined.decisive();
    let authority = tls.authority();
    let kind = match owner {
        Owner::Destination(_) => StepKind::Tls,
        Owner::Proxy(_) => StepKind::ProxyTls,
    };
    let is_known_to_host = match examined.host.main.outcome(kind) {
        Some(Outcome::Tls(on_host)) => *on_host.verdict() == Verdict::Trusted,
        _ => false,
    };
    let ask =
        format!("get the certificate of `{authority}` from your company, and pass `--ca FILE`");
    let fix = match &examined.setup.trust {
        TrustSetup::Off { by } if is_known_to_host => {
            format!("leave {by} out: this machine has the certificate of `{authority}`")
        }
        TrustSetup::File { path, by } if is_known_to_host => format!(
            "add the certificate of `{authority}` to `{path}`, or leave {by} out: this machine has it"
        ),
        TrustSetup::File { path, .. } => {
            format!(
                "get the certificate of `{authority}` from your company, and add it to `{path}`"
            )
        }
        TrustSetup::OfMachine | TrustSetup::Off { .. } => ask,
    };
    let cause = format!(
        "{}; nothing that the container is given trusts it",
        who(tried, tls, owner)
    );
    let finding = Finding::new(Code::AuthorityUnknown, tried.place, cause).fixed_by(fix);
    let keep = matches!(examined.setup.trust, TrustSetup::OfMachine);
    finding.maybe_fixed_by(
        keep.then_some("write it into `perk.toml` for good: `ca = \"FILE\"` below `[docker-run]`"),
    )
}

fn invalid(tried: Tried<'_>, verdict: &Verdict, owner: Owner<'_>) -> Finding {
    let (code, cause, fix) = match verdict {
        Verdict::Expired => (
            Code::CertificateExpired,
            format!("a certificate of {owner} has expired"),
            "check the clock of this machine, and ask those who run the destination, or the proxy",
        ),
        Verdict::NotYetValid => (
            Code::CertificateNotYetValid,
            format!("a certificate of {owner} is not valid yet"),
            "set the clock of this machine",
        ),
        Verdict::WrongName => (
            Code::CertificateOfAnotherName,
            format!("the certificate that comes for {owner} is that of another name"),
            "open the destination in a browser: a page may ask to sign in, or say that it is blocked",
        ),
        other => (
            Code::CertificateInvalid,
            format!("a certificate of {owner} is not valid: {other}"),
            "ask those who run the destination, or the proxy",
        ),
    };
    Finding::new(code, tried.place, cause).fixed_by(fix)
}

/// What all systems trust, the certificates that were given should have too.
fn public(tried: Tried<'_>, tls: &TlsAnswer) -> Option<Finding> {
    let lacks = tried.place == Place::Container && tls.by_given == Some(Verdict::UnknownIssuer);
    lacks.then(|| {
        let cause = format!(
            "the certificates that the container is given lack those of public authorities, such as \
             `{}`: programs that trust nothing else fail",
            tls.authority()
        );
        Finding::new(Code::PublicNotTrusted, tried.place, cause).fixed_by(
            "let perk make the file: leave `SSL_CERT_FILE` and your own mount out, and pass `--ca FILE`",
        )
    })
}
