//! What a container would reach, as a JSON document.

use perk_probe::diagnosis::Finding;
use perk_probe::{Answer, ChainLink, Outcome, Step, StepKind, Taken, Verdict};
use schemars::JsonSchema;
use serde::Serialize;

use crate::commands::Examination;
use crate::render::SCHEMA_VERSION;

/// What was tried, and what is wrong.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct DoctorDocument {
    /// Version of this document's form.
    schema_version: u32,
    /// The destinations that were tried.
    targets: Vec<String>,
    /// The places that name the proxy: variables, files with their lines.
    pub(super) proxy_places: Vec<String>,
    /// What came of it on this machine.
    pub(super) host: Vec<AttemptEntry>,
    /// What came of it in a container; none if nothing was tried there.
    pub(super) container: Option<Vec<AttemptEntry>>,
    /// Why nothing was tried in a container, if so.
    pub(super) container_skipped: Option<String>,
    /// What is wrong or worth knowing, the worst first.
    pub(super) findings: Vec<FindingEntry>,
}

/// A way to a destination, tried.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct AttemptEntry {
    /// The destination.
    pub(super) target: String,
    /// The proxy, with a mask in place of its credentials; none without a proxy.
    pub(super) proxy: Option<String>,
    /// Whether it was tried only to compare it with the way that programs take.
    pub(super) is_comparison: bool,
    /// Whether the destination was reached, whatever its certificates are.
    pub(super) is_reached: bool,
    /// What was tried, in order, up to the first thing that failed.
    pub(super) steps: Vec<StepEntry>,
}

/// Something that was tried.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct StepEntry {
    /// `proxy-name`, `proxy-connection`, `proxy-tls`, `tunnel`, `forward`, `name`, `connection`,
    /// `tls` or `request`.
    step: String,
    /// What was tried, in words.
    pub(super) text: String,
    /// Whether it went as it should.
    pub(super) is_fine: bool,
    /// What came of it, in words.
    pub(super) outcome: String,
    /// How long it took.
    pub(super) milliseconds: u64,
    /// The certificates that were sent, that of the server first.
    certificates: Vec<CertificateEntry>,
}

/// A certificate that was sent.
#[derive(Debug, Serialize, JsonSchema)]
struct CertificateEntry {
    /// Whose it is.
    subject: String,
    /// Who signed it.
    issuer: String,
    /// Its SHA-256 in hexadecimal digits.
    fingerprint: String,
}

/// Something that is wrong, or worth knowing.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct FindingEntry {
    /// The code.
    pub(super) code: String,
    /// `error`, `warning` or `note`.
    pub(super) severity: String,
    /// `host` or `container`.
    pub(super) r#where: String,
    /// The destinations that it is about.
    pub(super) targets: Vec<String>,
    /// What is wrong.
    pub(super) cause: String,
    /// What to do about it: one of these.
    pub(super) fixes: Vec<String>,
    /// What was seen.
    pub(super) evidence: Option<String>,
}

impl DoctorDocument {
    pub(crate) fn new(examination: &Examination) -> Self {
        let container = examination.container.as_ref();
        Self {
            schema_version: SCHEMA_VERSION,
            targets: texts(&examination.targets),
            proxy_places: examination.proxy_places.clone(),
            host: examination.host.iter().map(attempt).collect(),
            container: container
                .ok()
                .map(|inside| inside.answers.iter().map(attempt).collect()),
            container_skipped: container.err().cloned(),
            findings: examination.findings.iter().map(finding).collect(),
        }
    }
}

fn texts(things: &[impl ToString]) -> Vec<String> {
    things.iter().map(ToString::to_string).collect()
}

fn attempt(answer: &Answer) -> AttemptEntry {
    AttemptEntry {
        target: answer.target.to_string(),
        proxy: match &answer.route {
            Taken::Direct => None,
            Taken::Proxy(proxy) => Some(proxy.url.clone()),
        },
        is_comparison: answer.is_comparison,
        is_reached: answer.is_reached(),
        steps: answer.steps.iter().map(step).collect(),
    }
}

fn step(step: &Step) -> StepEntry {
    let chain: &[ChainLink] = match &step.outcome {
        Outcome::Tls(tls) => &tls.chain,
        _ => &[],
    };
    let certificates = chain.iter().map(|link| CertificateEntry {
        subject: link.subject.clone(),
        issuer: link.issuer.clone(),
        fingerprint: link.fingerprint.clone(),
    });
    StepEntry {
        step: step.kind.name().to_owned(),
        text: step.kind.to_string(),
        is_fine: is_fine(step),
        outcome: step.outcome.to_string(),
        milliseconds: step.milliseconds,
        certificates: certificates.collect(),
    }
}

/// Who speaks TLS is not yet trusted by programs.
fn is_fine(step: &Step) -> bool {
    match &step.outcome {
        Outcome::Tls(tls) if step.kind == StepKind::Tls => *tls.verdict() == Verdict::Trusted,
        _ => step.is_fine(),
    }
}

fn finding(finding: &Finding) -> FindingEntry {
    FindingEntry {
        code: finding.code.to_string(),
        severity: finding.severity.name().to_owned(),
        r#where: finding.place.name().to_owned(),
        targets: texts(&finding.targets),
        cause: finding.cause.clone(),
        fixes: finding.fixes.clone(),
        evidence: finding.evidence.clone(),
    }
}
