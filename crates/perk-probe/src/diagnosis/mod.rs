//! From what was tried on the host and in a container to what is wrong, and what to do about it.
//!
//! [`diagnose`] is a pure function: a table of cases in the tests says what follows from what.

mod certificates;
mod code;
mod destination;
mod finding;
mod programs;
mod proxy;
mod setup;

pub use code::{Code, Severity};
pub use finding::{Finding, Place};
pub use setup::{ContainerAnswers, GivenBundle, Setup, TrustSetup};

use crate::{Answer, Taken, Target, words};
use perk_network::program::Forecast;

/// Says what is wrong, the worst first.
///
/// Without answers of a container, those of the host have to do.
pub fn diagnose(
    setup: &Setup,
    host: &[Answer],
    container: Option<&ContainerAnswers>,
    forecasts: &[Forecast],
) -> Vec<Finding> {
    let mut findings = Vec::new();
    if setup.has_no_network {
        findings.push(
            Finding::new(
                Code::NoNetwork,
                Place::Container,
                "the container has no network, so that nothing is reached",
            )
            .fixed_by("leave `--network none` out"),
        );
    }
    for answer in host.iter().filter(|answer| !answer.is_comparison) {
        let examined = Examined::new(setup, answer, host, container);
        findings.extend(examined.ways());
        findings.extend(certificates::findings(&examined));
        findings.extend(programs::findings(&examined, forecasts));
    }
    finding::merged(findings)
}

/// All that is known about one destination.
struct Examined<'a> {
    setup: &'a Setup,
    target: &'a Target,
    host: Tried<'a>,
    container: Option<Tried<'a>>,
    bundle: Option<&'a GivenBundle>,
    networks: &'a [ipnet::IpNet],
}

/// What was tried from one place.
#[derive(Clone, Copy)]
struct Tried<'a> {
    place: Place,
    /// The way that programs take.
    main: &'a Answer,
    /// The other way, if there is one.
    other: Option<&'a Answer>,
}

impl<'a> Tried<'a> {
    fn find(place: Place, target: &Target, answers: &'a [Answer]) -> Option<Self> {
        let of = |is_comparison| {
            answers
                .iter()
                .find(|answer| answer.target == *target && answer.is_comparison == is_comparison)
        };
        Some(Self {
            place,
            main: of(false)?,
            other: of(true),
        })
    }

    fn is_reached(self) -> bool {
        self.main.is_reached()
    }

    /// Tells whether the other way leads there.
    fn is_reached_otherwise(self) -> bool {
        self.other.is_some_and(Answer::is_reached)
    }

    fn is_proxied(self) -> bool {
        matches!(self.main.route, Taken::Proxy(_))
    }
}

impl<'a> Examined<'a> {
    fn new(
        setup: &'a Setup,
        main: &'a Answer,
        host: &'a [Answer],
        container: Option<&'a ContainerAnswers>,
    ) -> Self {
        let target = &main.target;
        let other = host
            .iter()
            .find(|answer| answer.target == *target && answer.is_comparison);
        let inside = container.filter(|_| !setup.has_no_network);
        Self {
            setup,
            target,
            host: Tried {
                place: Place::Host,
                main,
                other,
            },
            container: inside
                .and_then(|inside| Tried::find(Place::Container, target, &inside.answers)),
            bundle: inside.map(|inside| &inside.bundle),
            networks: inside.map_or(&[], |inside| &inside.networks),
        }
    }

    /// Returns the place that matters: where the programs will run, if that was examined.
    fn decisive(&self) -> Tried<'a> {
        self.container.unwrap_or(self.host)
    }

    /// Says why the ways do not lead to the destination, or what is odd about them.
    fn ways(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        let in_container = self.container.filter(|inside| !inside.is_reached());
        if !self.host.is_reached() {
            let finding = self.trouble(self.host);
            // Programs run in the container: what works there is no trouble.
            let is_harmless = self.container.is_some_and(Tried::is_reached);
            findings.extend(finding.map(|finding| {
                if is_harmless {
                    finding.softened()
                } else {
                    finding
                }
            }));
        }
        if let Some(inside) = in_container
            && !self.is_same_trouble(inside)
        {
            findings.extend(self.trouble(inside));
        }
        findings.extend(destination::notes(self));
        findings
    }

    /// What fails on the host in the same step needs to be put right there.
    fn is_same_trouble(&self, inside: Tried<'_>) -> bool {
        match (self.host.main.failure(), inside.main.failure()) {
            (Some(outside), Some(inside)) => {
                outside.kind == inside.kind && outside.outcome == inside.outcome
            }
            _ => false,
        }
    }

    fn trouble(&self, tried: Tried<'_>) -> Option<Finding> {
        let step = tried.main.failure()?;
        let finding = match &tried.main.route {
            Taken::Direct => destination::trouble(self, tried, step),
            Taken::Proxy(proxy) => proxy::trouble(self, tried, proxy, step),
        };
        Some(finding.about(self.target).evident(words::evidence(step)))
    }
}
