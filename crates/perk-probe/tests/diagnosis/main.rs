//! The table of cases: answers in, findings out.
//!
//! An answer is a line: the destination, `via` and a proxy or `direct`, and the steps with what came
//! of them, such as `tunnel=407:Basic`. A `?` in front says that it is there for comparison.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod answers;

use perk_network::program::{Forecast, forecast, programs};
use perk_probe::diagnosis::{
    Code, ContainerAnswers, Finding, GivenBundle, Setup, TrustSetup, diagnose,
};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Case {
    name: String,
    host: Vec<String>,
    container: Option<Vec<String>>,
    #[serde(default)]
    networks: Vec<String>,
    bundle_missing: Option<String>,
    /// `off`, or the path of a file.
    trust: Option<String>,
    #[serde(default = "places")]
    places: Vec<String>,
    #[serde(default)]
    exemption_places: Vec<String>,
    #[serde(default)]
    name_servers: Vec<String>,
    #[serde(default)]
    no_network: bool,
    #[serde(default)]
    relay: bool,
    /// Programs whose forecast counts, with these variables.
    #[serde(default)]
    programs: Vec<String>,
    #[serde(default)]
    variables: Vec<(String, String)>,
    expected: Vec<String>,
}

fn places() -> Vec<String> {
    vec!["`https_proxy`".to_owned()]
}

#[test]
fn the_table_holds() {
    let table: Table = toml::from_str(include_str!("../cases/diagnosis.toml")).unwrap();
    assert!(table.case.len() >= 40, "{}", table.case.len());
    let mut wrong = Vec::new();
    for case in &table.case {
        let found = findings(case);
        if found != case.expected {
            wrong.push(format!(
                "{}:\nexpected = {:#?}\nfound = {found:#?}",
                case.name, case.expected
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_code_has_a_case() {
    let text = include_str!("../cases/diagnosis.toml");
    for code in Code::ALL {
        assert!(text.contains(&format!(" {code} ")), "{code}");
    }
}

fn findings(case: &Case) -> Vec<String> {
    let host = case.host.iter().map(|line| answers::parse(line));
    let host: Vec<_> = host.collect();
    let container = case.container.as_ref().map(|lines| ContainerAnswers {
        answers: lines.iter().map(|line| answers::parse(line)).collect(),
        bundle: match &case.bundle_missing {
            Some(path) => GivenBundle::Missing { path: path.clone() },
            None => GivenBundle::None,
        },
        networks: case
            .networks
            .iter()
            .map(|text| text.parse().unwrap())
            .collect(),
    });
    let found = diagnose(&setup(case), &host, container.as_ref(), &forecasts(case));
    found.iter().map(line).collect()
}

fn setup(case: &Case) -> Setup {
    Setup {
        engine: "docker".to_owned(),
        proxy_places: case.places.clone(),
        exemption_places: case.exemption_places.clone(),
        trust: match case.trust.as_deref() {
            None => TrustSetup::OfMachine,
            Some("off") => TrustSetup::Off {
                by: "`--no-ca`".to_owned(),
            },
            Some(path) => TrustSetup::File {
                path: path.to_owned(),
                by: "`--ca`".to_owned(),
            },
        },
        name_servers: case
            .name_servers
            .iter()
            .map(|text| text.parse().unwrap())
            .collect(),
        loopback_network: "host".to_owned(),
        has_relay: case.relay,
        has_no_network: case.no_network,
        has_programs: false,
    }
}

fn forecasts(case: &Case) -> Vec<Forecast> {
    let variable = |name: &str| {
        let found = case.variables.iter().find(|(known, _)| known == name)?;
        Some(found.1.clone())
    };
    let named = case
        .programs
        .iter()
        .flat_map(|name| programs(name).unwrap());
    named.map(|program| forecast(program, &variable)).collect()
}

fn line(finding: &Finding) -> String {
    let Finding {
        code,
        severity,
        place,
        cause,
        fixes,
        ..
    } = finding;
    let fixes: Vec<_> = fixes.iter().map(|fix| format!(" -> {fix}")).collect();
    let (severity, place) = (severity.name(), place.name());
    format!("{severity} {code} {place}: {cause}{}", fixes.concat())
}
