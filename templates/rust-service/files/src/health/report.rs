//! The answer of a health endpoint, as JSON for machines and as lines for people.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::Duration;

use serde::Serialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::status::{Importance, Status};

/// What a check looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Component {
    /// A part of the service.
    Component,
    /// A database, queue or cache.
    Datastore,
    /// The process itself.
    System,
}

/// When a cached result was made.
#[derive(Debug, Clone, Copy)]
pub struct Stamp {
    /// The wall-clock time.
    pub time: OffsetDateTime,
    /// How long ago that is.
    pub age: Duration,
}

/// The state of one thing that is checked.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    /// The name of what is checked.
    pub name: &'static str,
    /// What is measured of it.
    pub measure: &'static str,
    /// What kind of thing it is.
    pub component: Component,
    /// Its state.
    pub status: Status,
    /// The measured time.
    pub observed: Option<Duration>,
    /// What is to be said about it, without hosts, statements or secrets.
    pub output: Option<&'static str>,
    /// Whether the service can work without it.
    pub importance: Importance,
    /// The endpoints that do not work without it.
    pub affected_endpoints: &'static [&'static str],
    /// When it was last looked at, where the result is cached.
    pub observation: Option<Stamp>,
}

impl Check {
    /// A check of a state of the process itself; `otherwise` is said when it does not hold.
    pub fn state(name: &'static str, holds: bool, otherwise: &'static str) -> Self {
        Self {
            name,
            measure: "state",
            component: Component::System,
            status: if holds { Status::Pass } else { Status::Fail },
            observed: None,
            output: (!holds).then_some(otherwise),
            importance: Importance::Hard,
            affected_endpoints: &[],
            observation: None,
        }
    }
}

/// The answer of a health endpoint.
#[derive(Debug, Clone)]
pub struct Report {
    checks: Vec<Check>,
    excluded: Vec<String>,
}

impl Report {
    /// A report of these checks.
    pub fn new(checks: Vec<Check>) -> Self {
        Self {
            checks,
            excluded: Vec::new(),
        }
    }

    /// The same report in which the checks of these names do not count.
    #[must_use]
    pub fn without(mut self, names: Vec<String>) -> Self {
        self.excluded = names;
        self
    }

    /// Returns the worst state of all checks that count.
    pub fn status(&self) -> Status {
        let counted = self.checks.iter().filter(|check| !self.is_excluded(check));
        counted
            .map(|check| check.status)
            .max()
            .unwrap_or(Status::Pass)
    }

    /// Returns the body for `application/health+json`.
    pub fn to_json(&self) -> String {
        let mut checks: BTreeMap<String, Vec<CheckBody>> = BTreeMap::new();
        for check in self.checks.iter().filter(|check| !self.is_excluded(check)) {
            let key = format!("{}:{}", check.name, check.measure);
            checks.entry(key).or_default().push(CheckBody::from(check));
        }
        let body = Body {
            status: self.status(),
            version: env!("CARGO_PKG_VERSION_MAJOR"),
            release_id: env!("CARGO_PKG_VERSION"),
            service_id: env!("CARGO_PKG_NAME"),
            checks,
        };
        serde_json::to_string(&body).unwrap_or_default()
    }

    /// Returns one line for each check, in the manner of the Kubernetes API server.
    pub fn to_lines(&self, endpoint: &str) -> String {
        let mut lines = String::new();
        for check in &self.checks {
            let line = self.line(check);
            let _ = writeln!(lines, "{line}");
        }
        for name in self.excluded.iter().filter(|name| !self.has(name)) {
            let name = printable(name);
            let _ = writeln!(
                lines,
                "warn: no check is called \"{name}\", so it was not excluded"
            );
        }
        let verdict = if self.status() == Status::Fail {
            "failed"
        } else {
            "passed"
        };
        let _ = writeln!(lines, "{endpoint} check {verdict}");
        lines
    }

    fn line(&self, check: &Check) -> String {
        let name = match check.measure {
            "circuitBreaker" => format!("{}-circuit-breaker", check.name),
            _ => check.name.to_owned(),
        };
        let output = check.output.unwrap_or("ok");
        match check.status {
            _ if self.is_excluded(check) => format!("[+]{name} excluded: ok"),
            Status::Pass => format!("[+]{name} ok"),
            Status::Warn => format!("[-]{name} degraded: {output}"),
            Status::Fail => format!("[-]{name} failed: {output}"),
        }
    }

    fn has(&self, name: &str) -> bool {
        self.checks.iter().any(|check| check.name == name)
    }

    fn is_excluded(&self, check: &Check) -> bool {
        self.excluded.iter().any(|name| name == check.name)
    }
}

fn printable(text: &str) -> String {
    text.chars()
        .filter(|character| !character.is_control())
        .take(64)
        .collect()
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    status: Status,
    version: &'static str,
    release_id: &'static str,
    service_id: &'static str,
    checks: BTreeMap<String, Vec<CheckBody>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CheckBody {
    component_id: &'static str,
    component_type: Component,
    status: Status,
    importance: Importance,
    #[serde(skip_serializing_if = "Option::is_none")]
    observed_value: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    observed_unit: Option<&'static str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    affected_endpoints: &'static [&'static str],
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    age_milliseconds: Option<u128>,
    #[serde(skip_serializing_if = "Option::is_none")]
    output: Option<&'static str>,
}

impl From<&Check> for CheckBody {
    fn from(check: &Check) -> Self {
        let failed = check.status != Status::Pass;
        Self {
            component_id: check.name,
            component_type: check.component,
            status: check.status,
            importance: check.importance,
            observed_value: check.observed.map(milliseconds),
            observed_unit: check.observed.map(|_| "ms"),
            affected_endpoints: if failed {
                check.affected_endpoints
            } else {
                &[]
            },
            time: check
                .observation
                .and_then(|stamp| stamp.time.format(&Rfc3339).ok()),
            age_milliseconds: check.observation.map(|stamp| stamp.age.as_millis()),
            output: check.output.filter(|_| failed),
        }
    }
}

/// Whole microseconds are precise enough to read.
fn milliseconds(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1e6).round() / 1e3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store(status: Status) -> Check {
        Check {
            name: "store",
            measure: "responseTime",
            component: Component::Datastore,
            status,
            observed: Some(Duration::from_micros(1_500)),
            output: (status != Status::Pass).then_some("timeout"),
            importance: Importance::Hard,
            affected_endpoints: &["/v1/things"],
            observation: Some(Stamp {
                time: OffsetDateTime::UNIX_EPOCH,
                age: Duration::from_millis(20),
            }),
        }
    }

    #[test]
    fn json_follows_the_health_draft() {
        let report = Report::new(vec![store(Status::Fail)]);
        let body: serde_json::Value = serde_json::from_str(&report.to_json()).unwrap();

        assert_eq!(body["status"], "fail");
        assert_eq!(
            body["checks"]["store:responseTime"],
            serde_json::json!([{
                "componentId": "store",
                "componentType": "datastore",
                "status": "fail",
                "importance": "hard",
                "observedValue": 1.5,
                "observedUnit": "ms",
                "affectedEndpoints": ["/v1/things"],
                "time": "1970-01-01T00:00:00Z",
                "ageMilliseconds": 20,
                "output": "timeout",
            }])
        );
    }

    #[test]
    fn lines_are_those_of_kubernetes() {
        let checks = vec![
            Check::state("shutdown", true, "shutting down"),
            store(Status::Fail),
        ];
        let report = Report::new(checks);

        assert_eq!(
            report.to_lines("readyz"),
            "[+]shutdown ok\n[-]store failed: timeout\nreadyz check failed\n"
        );
        let report = report.without(vec!["store".to_owned(), "what\n".to_owned()]);
        assert_eq!(
            report.to_lines("readyz"),
            "[+]shutdown ok\n\
             [+]store excluded: ok\n\
             warn: no check is called \"what\", so it was not excluded\n\
             readyz check passed\n"
        );
    }

    #[test]
    fn a_warning_passes() {
        let report = Report::new(vec![store(Status::Warn)]);

        assert_eq!(report.status(), Status::Warn);
        assert_eq!(
            report.to_lines("readyz"),
            "[-]store degraded: timeout\nreadyz check passed\n"
        );
    }
}
