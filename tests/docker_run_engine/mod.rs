//! `perk docker-run` on real engines, with real programs in containers.
//!
//! An engine with its image takes longer to make than most cases take, so that all cases of an
//! engine are one test. A case that fails does not keep the others from running.
#![expect(
    clippy::print_stdout,
    reason = "this is how a test says what it does and what it leaves out"
)]

mod commands;
mod doctor;
mod hosts;
mod processes;
mod programs;
mod relays;
mod world;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use perk_test::EngineKind;

use self::world::World;

/// What is tried on an engine.
struct Case {
    name: &'static str,
    try_on: fn(&World),
    /// The engines that can do it.
    engines: &'static [EngineKind],
}

const ALL: &[EngineKind] = &[EngineKind::Docker, EngineKind::Podman];
const DOCKER: &[EngineKind] = &[EngineKind::Docker];

const fn case(name: &'static str, engines: &'static [EngineKind], try_on: fn(&World)) -> Case {
    Case {
        name,
        try_on,
        engines,
    }
}

const CASES: &[Case] = &[
    case("programs without perk", ALL, programs::without_perk),
    case("programs by the command", ALL, programs::by_the_command),
    case("programs by --exec", ALL, programs::by_exec),
    case(
        "programs without a password",
        ALL,
        programs::without_a_password,
    ),
    case("the password is in no argument", ALL, processes::password),
    case("exit codes", ALL, processes::exit_codes),
    case("a terminal", ALL, processes::terminal),
    case("signals", ALL, processes::signals),
    case("kill -9", ALL, processes::killed),
    case("what is set by hand", ALL, commands::set_by_hand),
    case("a linked container", DOCKER, hosts::linked),
    case("the network of the host", ALL, hosts::network_of_the_host),
    case(
        "a proxy of docker's settings",
        DOCKER,
        hosts::of_dockers_settings,
    ),
    case("a proxy on the loopback", ALL, relays::without_a_password),
    case(
        "a relay in a network of its own",
        ALL,
        relays::in_a_network_of_its_own,
    ),
    case("a relay in the background", ALL, relays::in_the_background),
    case("kill -9 and a relay", ALL, relays::killed),
    case(
        "a proxy of this machine on the bridge",
        ALL,
        hosts::on_the_bridge,
    ),
    case("certificates, examined", ALL, doctor::certificates),
    case("passwords, examined", ALL, doctor::passwords),
    case("NTLM, examined", ALL, doctor::sign_in_of_windows),
    case("the loopback, examined", ALL, doctor::loopback),
    case("names, examined", ALL, doctor::names),
];

#[test]
fn docker() {
    try_all_on(EngineKind::Docker);
}

#[test]
fn podman() {
    try_all_on(EngineKind::Podman);
}

fn try_all_on(kind: EngineKind) {
    let start = Instant::now();
    let world = match World::start(kind) {
        Ok(world) => world,
        Err(reason) => {
            println!("skipped: perk docker-run on {}: {reason}", kind.name());
            return;
        }
    };
    println!(
        "{} with its image: {:.1} s",
        kind.name(),
        start.elapsed().as_secs_f64()
    );
    let mut failed = Vec::new();
    for case in CASES.iter().filter(|case| case.engines.contains(&kind)) {
        let start = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| (case.try_on)(&world)));
        let said = if outcome.is_ok() { "passed" } else { "FAILED" };
        println!(
            "{said}: {} ({:.1} s)",
            case.name,
            start.elapsed().as_secs_f64()
        );
        if outcome.is_err() {
            failed.push(case.name);
        }
    }
    assert!(failed.is_empty(), "failed on {}: {failed:?}", kind.name());
}
