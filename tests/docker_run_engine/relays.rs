//! Relays to a proxy that listens on the loopback of this machine alone.

use std::os::unix::fs::symlink;
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use super::processes::{Started, arguments_with};
use super::world::{IMAGE, Machine, World};

const FETCH: &str = "busybox wget -q -O - http://internet.test/page";
/// Longer than anything takes, also on a machine with much else to do.
const PATIENCE: Duration = Duration::from_secs(20);

/// Returns a machine whose proxy listens on the loopback alone, with the address of the proxy.
fn machine(world: &World, address: std::net::SocketAddr) -> Machine<'_> {
    let machine = world
        .machine()
        .proxy(&format!("http://jane:hunter2@{address}"));
    // The system's own table says who listens.
    symlink("/proc", machine.context.root().join("root/proc")).unwrap();
    machine
}

fn assert_no_relay_is_left() {
    let start = Instant::now();
    while arguments_with("docker-run-relay").is_some() {
        assert!(start.elapsed() < PATIENCE, "a relay goes on");
        thread::sleep(Duration::from_millis(50));
    }
}

pub(super) fn without_a_password(world: &World) {
    let proxy = world.proxy_at("127.0.0.1");
    let machine = machine(world, proxy.address());
    let script = format!("{FETCH}; env");
    let outcome = machine.exec(&[], &world.words(&["sh", "-c", &script]));
    assert_eq!(outcome.code, Some(0), "{outcome}");
    assert!(outcome.stdout.starts_with("internet\nvia: "), "{outcome}");
    assert!(!outcome.to_string().contains("hunter2"), "{outcome}");
    assert_no_relay_is_left();
}

pub(super) fn in_a_network_of_its_own(world: &World) {
    let proxy = world.proxy_at("127.0.0.1");
    let machine = machine(world, proxy.address());
    world
        .engine
        .client(&["network", "create", "--internal", "closed"]);
    let words = world.words_with(&["--network", "closed"], &["sh", "-c", FETCH]);
    let outcome = machine.exec(&[], &words);
    world.engine.client(&["network", "rm", "closed"]);
    assert!(outcome.stdout.starts_with("internet\nvia: "), "{outcome}");
}

pub(super) fn in_the_background(world: &World) {
    let proxy = world.proxy_at("127.0.0.1");
    let machine = machine(world, proxy.address());
    let script = format!("sleep 1; {FETCH}");
    let words = [
        "--detach",
        "--name",
        "relayed",
        IMAGE,
        "sh",
        "-c",
        script.as_str(),
    ];
    let outcome = machine.exec(&[], &words.map(str::to_owned));
    assert_eq!(outcome.code, Some(0), "{outcome}");
    assert!(
        outcome.stderr.contains("runs in the background"),
        "{outcome}"
    );
    world.engine.client(&["wait", "relayed"]);
    let said = world.engine.client(&["logs", "relayed"]);
    world.engine.client(&["rm", "--force", "relayed"]);
    assert!(said.starts_with("internet\nvia: "), "{said}");
    assert_no_relay_is_left();
}

pub(super) fn killed(world: &World) {
    let proxy = world.proxy_at("127.0.0.1");
    let machine = machine(world, proxy.address());
    let wait = ["sh", "-c", "echo up; while :; do sleep 0.1; done"];
    let words = world.words_with(&["--name", "forsaken"], &wait);
    let started = Started::new(&machine, &words);
    assert!(arguments_with("docker-run-relay").is_some());
    assert_eq!(arguments_with("hunter2"), None);
    started.signal(Signal::KILL);
    let _ = started.end();
    assert_no_relay_is_left();
    world.engine.client(&["kill", "forsaken"]);
}
