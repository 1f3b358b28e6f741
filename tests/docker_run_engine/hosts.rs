//! Hosts that are neither the internet nor the intranet: other containers, and this machine.

use perk_test::Outcome;

use super::world::{IMAGE, World};

const FETCH: [&str; 3] = ["sh", "-c", "busybox wget -q -O - http://internet.test/page"];

#[track_caller]
fn is_of_internet(outcome: &Outcome) {
    assert_eq!(outcome.code, Some(0), "{outcome}");
    assert!(outcome.stdout.starts_with("internet\nvia: "), "{outcome}");
}

pub(super) fn linked(world: &World) {
    let serve = "echo of the database > /index.html; exec httpd -f -p 80 -h /";
    let words = [
        "run", "--detach", "--name", "linked", IMAGE, "sh", "-c", serve,
    ];
    world.engine.client(&words);
    let machine = world.machine().proxy(&world.open.url());
    let fetch =
        "echo $no_proxy; for try in 1 2 3 4 5; do curl -sS http://db/ && break; sleep 0.2; done";
    let words = world.words_with(&["--link", "linked:db"], &["sh", "-c", fetch]);
    let outcome = machine.exec(&[], &words);
    world.engine.client(&["rm", "--force", "linked"]);
    let exempt = outcome.stdout.lines().next().unwrap_or_default();
    assert!(exempt.split(',').any(|name| name == "db"), "{outcome}");
    // The wget of busybox has no exemptions.
    if world.programs.iter().any(|program| program.name == "curl") {
        assert!(outcome.stdout.contains("of the database"), "{outcome}");
    }
}

pub(super) fn network_of_the_host(world: &World) {
    let proxy = world.proxy_at("127.0.0.1");
    let machine = world.machine().proxy(&proxy.url());
    // The names of the host are those of the container too.
    let words = ["--rm", "--network", "host", IMAGE];
    let words = words.iter().chain(&FETCH).map(|&word| word.to_owned());
    is_of_internet(&machine.exec(&[], &words.collect::<Vec<_>>()));
}

pub(super) fn on_the_bridge(world: &World) {
    let proxy = world.proxy_at("0.0.0.0");
    let url = format!("http://127.0.0.1:{}", proxy.address().port());
    let machine = world.machine().proxy(&url);
    let words = world.words(&FETCH);
    is_of_internet(&machine.exec(&[], &words));
    let line = machine.command(&[], &words);
    is_of_internet(&machine.shell(&line).run());
}

pub(super) fn of_dockers_settings(world: &World) {
    let machine = world.machine();
    let settings = format!(
        r#"{{"proxies": {{"default": {{"httpProxy": "{}"}}}}}}"#,
        world.strict_url()
    );
    machine.context.write("home/.docker/config.json", settings);
    let words = world.words(&[
        "sh",
        "-c",
        "busybox wget -q -O - http://internet.test/page; env",
    ]);
    let outcome = machine.exec(&[], &words);
    is_of_internet(&outcome);
    for name in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"] {
        let line = format!("{name}={}", world.strict_url());
        assert!(
            outcome.stdout.contains(&line),
            "`{line}` is not in {outcome}"
        );
    }
}
