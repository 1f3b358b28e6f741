//! Which programs will take another way than the one that was tried.

use perk_network::NoProxy;
use perk_network::program::{Forecast, Reach, Warning, Way};

use super::Examined;
use super::code::{Code, Severity};
use super::finding::Finding;
use crate::words::listed;
use crate::{Target, TargetScheme};

/// Says which programs will not reach the destination as they should.
pub(super) fn findings(examined: &Examined<'_>, forecasts: &[Forecast]) -> Option<Finding> {
    let decisive = examined.decisive();
    let is_loopback = examined.target.host.is_loopback();
    // As long as nothing at all gets there, it does not matter who would not either.
    if is_loopback || examined.setup.proxy_places.is_empty() || !decisive.is_reached() {
        return None;
    }
    let finding = if decisive.is_proxied() {
        without_proxy(examined, forecasts)
    } else {
        without_exemption(examined, forecasts)
    };
    // Whoever asks for programs by name wants them to work.
    finding.map(|mut finding| {
        if examined.setup.has_programs {
            finding.severity = Severity::Warning;
        }
        finding
    })
}

fn titles<'a>(forecasts: impl Iterator<Item = &'a Forecast>) -> Vec<String> {
    forecasts
        .map(|forecast| forecast.title.to_owned())
        .collect()
}

fn way<'a>(forecast: &'a Forecast, target: &Target) -> &'a Way {
    match target.scheme {
        TargetScheme::Http => &forecast.http,
        TargetScheme::Https => &forecast.https,
    }
}

fn without_proxy(examined: &Examined<'_>, forecasts: &[Forecast]) -> Option<Finding> {
    let goes_elsewhere = |forecast: &&Forecast| {
        matches!(
            way(forecast, examined.target),
            Way::Direct { .. } | Way::Fails { .. }
        )
    };
    let programs = titles(forecasts.iter().filter(goes_elsewhere));
    if programs.is_empty() {
        return None;
    }
    let cause = format!("these do not use the proxy: {}", listed(&programs));
    let finding = Finding::new(Code::ProgramsWithoutProxy, examined.decisive().place, cause);
    Some(
        finding
            .about(examined.target)
            .fixed_by("see why: `perk docker-run --explain --program NAME`"),
    )
}

fn without_exemption(examined: &Examined<'_>, forecasts: &[Forecast]) -> Option<Finding> {
    let target = examined.target;
    let uses_proxy = |forecast: &&Forecast| {
        matches!(way(forecast, target), Way::Proxy { .. }) && !is_exempt(forecast, target)
    };
    let failing: Vec<&Forecast> = forecasts.iter().filter(uses_proxy).collect();
    if failing.is_empty() {
        return None;
    }
    let programs = titles(failing.iter().copied());
    let host = target.bare_host();
    let cause = format!(
        "`{host}` is exempt from the proxy, and these use it all the same: {}",
        listed(&programs)
    );
    let finding = Finding::new(
        Code::ExemptionNotUnderstood,
        examined.decisive().place,
        cause,
    );
    let has_list = |forecast: &&Forecast| !forecast.warnings.contains(&Warning::NoExemptions);
    let is_named = forecasts.iter().any(|forecast| {
        let mut entries = forecast.exemptions.iter();
        entries.any(|exemption| exemption.entry == host)
    });
    let name_it = (!is_named && failing.iter().any(has_list))
        .then(|| format!("pass `--no-proxy {host}`, which more of them understand"));
    Some(
        finding
            .about(target)
            .maybe_fixed_by(name_it)
            .fixed_by("see why: `perk docker-run --explain --program NAME`"),
    )
}

fn is_exempt(forecast: &Forecast, target: &Target) -> bool {
    if forecast.warnings.contains(&Warning::ExemptionsUnknown) {
        return true;
    }
    let host = target.bare_host();
    forecast.exemptions.iter().any(|exemption| {
        let (entry, _) = NoProxy::parse(&exemption.entry);
        let is_itself = exemption.entry == host;
        entry.matches(&host, target.port)
            && match exemption.reach {
                Reach::Full => true,
                Reach::NameOnly => is_itself,
                Reach::BelowOnly => !is_itself,
                Reach::Ignored | Reach::Fails => false,
            }
    })
}
