//! The doctor, where a container really has a network of its own.

use perk_test::Outcome;
use perk_test_net::{Credentials, Place, ProxyOptions, TestProxy};
use serde_json::Value;

use super::world::{Machine, World};

const OWN: [&str; 6] = [
    "--doctor",
    "--format=json",
    "--time-limit=5",
    "--target=https://internet.test",
    "--target=https://intranet.corp.test",
    "--target=http://internet.test",
];

/// Runs the doctor, and returns its document with its exit code. It must leave nothing behind.
#[track_caller]
fn examine(world: &World, machine: &Machine<'_>, more: &[&str]) -> (Option<i32>, Value) {
    let left = || {
        let images = world.engine.client(&["images", "--all", "--quiet"]);
        let containers = world.engine.client(&["ps", "--all", "--quiet"]);
        (images, containers)
    };
    let before = left();
    let own: Vec<_> = OWN.iter().chain(more).copied().collect();
    let outcome: Outcome = machine.perk(&own, &world.words(&["true"])).run();
    let document = serde_json::from_str(&outcome.stdout);
    let document = document.unwrap_or_else(|error| panic!("{error}: {outcome}"));
    assert_eq!(left(), before);
    (outcome.code, document)
}

/// Returns the findings that keep something from being reached, and where they were made.
fn errors(document: &Value) -> Vec<String> {
    let findings = document["findings"].as_array().unwrap().iter();
    let errors = findings.filter(|finding| finding["severity"] == "error");
    let shown = errors.map(|finding| format!("{} {}", finding["where"], finding["code"]));
    shown.map(|text| text.replace('"', "")).collect()
}

/// Tells for each destination whether the container has reached it.
fn reached(document: &Value) -> Vec<bool> {
    let attempts = document["container"].as_array();
    let attempts = attempts.unwrap_or_else(|| panic!("{document:#}")).iter();
    let main = attempts.filter(|attempt| attempt["is_comparison"] == false);
    main.map(|attempt| attempt["is_reached"] == true).collect()
}

pub(super) fn certificates(world: &World) {
    let machine = world.machine().proxy(&world.strict_url());
    let (code, document) = examine(world, &machine, &[]);
    assert_eq!(
        errors(&document),
        ["container authority-unknown"],
        "{document:#}"
    );
    assert_eq!(reached(&document), [true, true, true], "{document:#}");
    assert_eq!(code, Some(1));
    let (code, document) = examine(world, &machine, &["--ca", "company.pem"]);
    assert_eq!(errors(&document), [""; 0], "{document:#}");
    assert_eq!(code, Some(0));
}

pub(super) fn passwords(world: &World) {
    let url = format!("http://jane:hunter2@{}", world.strict.address());
    let machine = world.machine().proxy(&url);
    let (code, document) = examine(world, &machine, &[]);
    assert_eq!(
        errors(&document),
        ["host proxy-rejects-credentials"],
        "{document:#}"
    );
    assert_eq!(reached(&document), [false, true, false], "{document:#}");
    assert!(!document.to_string().contains("hunter2"));
    assert_eq!(code, Some(1));
}

pub(super) fn sign_in_of_windows(world: &World) {
    let proxy = TestProxy::start(ProxyOptions {
        place: Place::at("10.20.0.3:0".parse().unwrap()).within(world.engine.network()),
        credentials: Some(Credentials::new("jane", "x")),
        schemes: vec!["Negotiate".to_owned(), "NTLM".to_owned()],
        ..ProxyOptions::default()
    });
    let proxy = proxy.unwrap();
    let machine = world.machine().proxy(&proxy.url());
    let (_, document) = examine(world, &machine, &[]);
    assert_eq!(
        errors(&document),
        ["host proxy-wants-other-credentials"],
        "{document:#}"
    );
}

pub(super) fn loopback(world: &World) {
    let proxy = world.proxy_at("127.0.0.1");
    let machine = world.machine().proxy(&proxy.url());
    let (code, document) = examine(world, &machine, &[]);
    assert_eq!(
        errors(&document),
        ["container proxy-on-loopback"],
        "{document:#}"
    );
    assert_eq!(reached(&document), [false, true, false], "{document:#}");
    assert_eq!(code, Some(1));
}

pub(super) fn names(world: &World) {
    let machine = world.machine().proxy("http://unknown-proxy.test:3128");
    let (_, document) = examine(world, &machine, &[]);
    let found = errors(&document);
    let is_about_names = |error: &String| {
        error.ends_with("proxy-name-unknown") || error.ends_with("name-servers-silent")
    };
    assert!(found.iter().any(is_about_names), "{document:#}");
}
