//! What the certificates of a destination say about who is in between, and whether programs in the
//! container will trust them.

use super::code::Code;
use super::finding::{Finding, Place};
use super::setup::{GivenBundle, TrustSetup};
use super::{Examined, Tried};
use crate::{TlsAnswer, Verdict};

/// Judges the certificates where the programs will run.
pub(super) fn findings(examined: &Examined<'_>) -> Option<Finding> {
    if let Some(missing) = missing(examined) {
        return Some(missing);
    }
    let decisive = examined.decisive();
    let tls = decisive.main.tls()?;
    let finding = match tls.verdict() {
        Verdict::Trusted if tls.is_private() => known(examined, decisive, tls),
        Verdict::Trusted => return public(decisive, tls),
        Verdict::UnknownIssuer => unknown(examined, decisive, tls),
        verdict => invalid(examined, decisive, verdict),
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
fn who(examined: &Examined<'_>, tried: Tried<'_>, tls: &TlsAnswer) -> String {
    let target = examined.target;
    let authority = tls.authority();
    let direct = tried.other.and_then(|other| other.tls());
    let is_intercepted = direct.is_some_and(|direct| direct.by_public == Verdict::Trusted);
    match (tried.is_proxied(), is_intercepted) {
        (true, true) => format!("the proxy looks into TLS with {target}, as `{authority}`"),
        (true, false) => format!(
            "the certificates of {target} are signed by `{authority}`, which is no public authority: \
             the proxy looks into TLS, or the destination is the company's own"
        ),
        (false, _) => format!(
            "the certificates of {target} are signed by `{authority}`, which is no public authority: \
             something on the way looks into TLS, or the destination is the company's own"
        ),
    }
}

fn known(examined: &Examined<'_>, tried: Tried<'_>, tls: &TlsAnswer) -> Finding {
    let who = who(examined, tried, tls);
    let cause = format!("{who}; perk gives the container what is needed to trust it");
    Finding::new(Code::AuthorityKnown, tried.place, cause)
}

fn unknown(examined: &Examined<'_>, tried: Tried<'_>, tls: &TlsAnswer) -> Finding {
    let authority = tls.authority();
    let on_host = examined.host.main.tls().map(TlsAnswer::verdict);
    let is_known_to_host = on_host == Some(&Verdict::Trusted);
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
        who(examined, tried, tls)
    );
    let finding = Finding::new(Code::AuthorityUnknown, tried.place, cause).fixed_by(fix);
    let keep = matches!(examined.setup.trust, TrustSetup::OfMachine);
    finding.maybe_fixed_by(
        keep.then_some("write it into `perk.toml` for good: `ca = \"FILE\"` below `[docker-run]`"),
    )
}

fn invalid(examined: &Examined<'_>, tried: Tried<'_>, verdict: &Verdict) -> Finding {
    let target = examined.target;
    let (code, cause, fix) = match verdict {
        Verdict::Expired => (
            Code::CertificateExpired,
            format!("a certificate of {target} has expired"),
            "check the clock of this machine, and ask those who run the destination, or the proxy",
        ),
        Verdict::NotYetValid => (
            Code::CertificateNotYetValid,
            format!("a certificate of {target} is not valid yet"),
            "set the clock of this machine",
        ),
        Verdict::WrongName => (
            Code::CertificateOfAnotherName,
            format!("the certificate that comes for {target} is that of another name"),
            "open the destination in a browser: a page may ask to sign in, or say that it is blocked",
        ),
        other => (
            Code::CertificateInvalid,
            format!("a certificate of {target} is not valid: {other}"),
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
