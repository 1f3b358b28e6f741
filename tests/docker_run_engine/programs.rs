//! What programs reach: the internet through the proxy alone, the intranet without it alone.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use perk_test::{ClosureImage, Outcome};
use perk_test_net::{Presented, TestProxy, TestServer};

use super::world::{PASSWORD, World};

/// The script that tries all programs.
pub(super) const PROBE: &str = "/probe";
const TRY_ALL: [&str; 2] = ["sh", PROBE];

/// The addresses that each program is given, with its name behind them.
const DESTINATIONS: [&str; 4] = [
    "http://internet.test",
    "https://internet.test",
    "http://intranet.corp.test",
    "https://intranet.corp.test",
];

/// A program in the image.
#[derive(Debug)]
pub(super) struct Program {
    pub(super) name: &'static str,
    add: fn(&mut ClosureImage) -> bool,
    /// What reaches `$url`, or all `$urls`.
    script: &'static str,
    /// The destinations that it reaches with what perk gives it, which are usually all.
    reaches: &'static [usize],
    /// The same with a proxy that does not look into TLS, and without certificates from perk.
    reaches_by_tunnel: &'static [usize],
}

const ALL: &[usize] = &[0, 1, 2, 3];
/// HTTP alone.
const HTTP: &[usize] = &[0, 2];

static PROGRAMS: [Program; 10] = [
    Program {
        name: "curl",
        add: |image| image.program("curl"),
        script: "curl --silent --show-error --max-time 10 $url",
        reaches: ALL,
        reaches_by_tunnel: ALL,
    },
    Program {
        name: "wget",
        add: |image| image.program("wget"),
        script: "wget --quiet --timeout 10 --tries 1 --output-document - $url",
        reaches: ALL,
        reaches_by_tunnel: ALL,
    },
    // It has no exemptions and no certificates.
    Program {
        name: "busybox",
        add: |_| true,
        script: "case $url in http:*) busybox wget -q -O - $url;; esac",
        reaches: &[0],
        reaches_by_tunnel: &[0],
    },
    Program {
        name: "urllib",
        add: add_urllib,
        script: "python3 /try-urllib.py $urls",
        reaches: ALL,
        reaches_by_tunnel: ALL,
    },
    // It trusts a list of its own.
    Program {
        name: "requests",
        add: add_requests,
        script: "python3 /try-requests.py $urls",
        reaches: ALL,
        reaches_by_tunnel: HTTP,
    },
    Program {
        name: "git",
        add: ClosureImage::git,
        script: "git ls-remote $url",
        reaches: ALL,
        reaches_by_tunnel: ALL,
    },
    // It trusts what the image does, and nothing tells it otherwise.
    Program {
        name: "apt",
        add: ClosureImage::apt,
        script: "/usr/lib/apt/apt-helper -o APT::Sandbox::User=root -o Acquire::Retries=0 \
                 download-file $url/file /tmp/apt-$number",
        reaches: &[0, 2, 3],
        reaches_by_tunnel: ALL,
    },
    // It knows of no proxy, and trusts a list of its own.
    Program {
        name: "node-before-24",
        add: |image| !reads_variables_of_proxies() && add_node(image),
        script: "node /fetch.mjs $urls",
        reaches: &[2, 3],
        reaches_by_tunnel: &[2],
    },
    // It trusts a list of its own.
    Program {
        name: "node",
        add: |image| reads_variables_of_proxies() && add_node(image),
        script: "node /fetch.mjs $urls",
        reaches: ALL,
        reaches_by_tunnel: HTTP,
    },
    // It trusts a list of its own, and nothing but a program's own code tells it a password.
    Program {
        name: "java",
        add: add_java,
        script: "java -XX:TieredStopAtLevel=1 /Fetch.java $urls",
        reaches: &[2, 3],
        reaches_by_tunnel: HTTP,
    },
];

const URLLIB: &str = r"
import sys, urllib.request
for url in sys.argv[1:]:
    try:
        urllib.request.urlopen(url, timeout=10).read()
    except Exception as fault:
        print(url, fault)
";

const REQUESTS: &str = r"
import sys
import requests
for url in sys.argv[1:]:
    try:
        requests.get(url, timeout=10)
    except Exception as fault:
        print(url, fault)
";

const FETCH_OF_NODE: &str = r"
for (const url of process.argv.slice(2)) {
  try {
    await (await fetch(url)).text();
  } catch (fault) {
    console.log(url, fault.cause);
  }
}
";

const FETCH: &str = r#"
import java.net.URL;
public class Fetch {
    public static void main(String[] urls) {
        for (String url : urls) {
            try {
                new URL(url).openStream().readAllBytes();
            } catch (Exception fault) {
                System.out.println(url + " " + fault);
            }
        }
    }
}
"#;

fn add_urllib(image: &mut ClosureImage) -> bool {
    image.file("try-urllib.py", URLLIB);
    image.python()
}

fn add_requests(image: &mut ClosureImage) -> bool {
    image.file("try-requests.py", REQUESTS);
    image.has_requests()
}

fn add_node(image: &mut ClosureImage) -> bool {
    image.file("fetch.mjs", FETCH_OF_NODE);
    image.mounted_program("node")
}

/// Tells whether the node of this machine can be told of a proxy by `NODE_USE_ENV_PROXY`.
fn reads_variables_of_proxies() -> bool {
    #[expect(
        clippy::disallowed_methods,
        reason = "tests do not test with what they test"
    )]
    let said = std::process::Command::new("node").arg("--version").output();
    let said = said.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    let version = said.unwrap_or_default();
    let major = version.trim_start_matches('v').split('.').next();
    major.and_then(|major| major.parse::<u32>().ok()) >= Some(24)
}

fn add_java(image: &mut ClosureImage) -> bool {
    image.file("Fetch.java", FETCH);
    image.java()
}

/// Adds the programs that this machine has.
pub(super) fn installed(image: &mut ClosureImage) -> Vec<&'static Program> {
    let (there, missing): (Vec<_>, Vec<_>) =
        PROGRAMS.iter().partition(|program| (program.add)(image));
    for program in missing {
        println!(
            "skipped: {} in containers: it is not installed",
            program.name
        );
    }
    there
}

/// Writes the script that tries programs, all at once.
pub(super) fn probe(programs: &[&Program]) -> String {
    let mut text = String::from("export HOME=/root GIT_TERMINAL_PROMPT=0\n");
    for Program { name, script, .. } in programs {
        let urls = DESTINATIONS
            .map(|destination| format!("{destination}/{name}"))
            .join(" ");
        let tries = if script.contains("$urls") {
            (*script).to_owned()
        } else {
            format!("number=0; for url in $urls; do number=$((number + 1)); {script}; done")
        };
        writeln!(text, "(urls='{urls}'; {tries}) > /tmp/{name}.log 2>&1 &").unwrap();
    }
    text.push_str("wait\ncd /tmp\nfor log in *.log; do echo \"--- $log\"; cat $log; done\n");
    text
}

/// A program and a destination that it reached.
type Reached = BTreeSet<(String, usize)>;

/// Runs all programs and returns what they reached.
fn reached(world: &World, run: impl FnOnce() -> Outcome) -> (Reached, Outcome) {
    forget(world);
    let outcome = run();
    let reached = arrivals(&world.internet, 0).chain(arrivals(&world.intranet, 2));
    (reached.collect(), outcome)
}

fn forget(world: &World) {
    for server in [&world.internet, &world.intranet] {
        server.take_arrivals();
    }
    for proxy in [&world.strict, &world.open] {
        proxy.take_seen();
    }
}

fn arrivals(server: &TestServer, first: usize) -> impl Iterator<Item = (String, usize)> {
    server
        .take_arrivals()
        .into_iter()
        .filter_map(move |arrival| {
            let path = arrival.request?.path;
            let name = path.trim_start_matches('/').split('/').next()?.to_owned();
            Some((name, first + usize::from(arrival.is_https)))
        })
}

#[track_caller]
fn compare(world: &World, wanted: fn(&Program) -> &'static [usize], is: &(Reached, Outcome)) {
    let mut differences = String::new();
    for program in &world.programs {
        for (index, destination) in DESTINATIONS.iter().enumerate() {
            let has = is.0.contains(&(program.name.to_owned(), index));
            if has != wanted(program).contains(&index) {
                let said = if has { "reaches" } else { "does not reach" };
                writeln!(differences, "{} {said} {destination}", program.name).unwrap();
            }
        }
    }
    assert!(differences.is_empty(), "{differences}{}", is.1);
}

/// Only those that were told how to reached the proxy.
#[track_caller]
fn all_presented_the_password(proxy: &TestProxy) {
    let seen = proxy.take_seen();
    assert!(seen.iter().any(|seen| seen.presented == Presented::Right));
    let wrong = seen
        .iter()
        .find(|seen| matches!(seen.presented, Presented::Other(_)));
    assert_eq!(wrong, None);
}

pub(super) fn without_perk(world: &World) {
    let machine = world.machine().proxy(&world.strict_url());
    let mut words = world.words(&TRY_ALL);
    if world.engine.kind() == perk_test::EngineKind::Podman {
        // It passes variables of proxies on by itself, and with them what perk does not say.
        words.insert(0, "--http-proxy=false".to_owned());
    }
    let (reached, outcome) = reached(world, || machine.without_perk(&words));
    assert_eq!(outcome.code, Some(0), "{outcome}");
    for program in &world.programs {
        let has = |index| reached.contains(&(program.name.to_owned(), index));
        assert!(
            !has(0) && !has(1),
            "{} needs no perk: {outcome}",
            program.name
        );
        assert!(has(2), "{} does not work: {outcome}", program.name);
    }
}

pub(super) fn by_the_command(world: &World) {
    let machine = world.machine().proxy(&world.strict_url());
    let line = machine.command(&["--ca", "company.pem"], &world.words(&TRY_ALL));
    assert!(
        !line.contains(PASSWORD) && !line.contains("p%40ss"),
        "{line}"
    );
    let reached = reached(world, || machine.shell(&line).run());
    compare(world, |program| program.reaches, &reached);
    all_presented_the_password(&world.strict);
}

pub(super) fn by_exec(world: &World) {
    let machine = world.machine().proxy(&world.strict_url());
    let words = world.words(&TRY_ALL);
    let reached = reached(world, || machine.exec(&["--ca", "company.pem"], &words));
    compare(world, |program| program.reaches, &reached);
    all_presented_the_password(&world.strict);
}

pub(super) fn without_a_password(world: &World) {
    let machine = world.machine().proxy(&world.open.url());
    let words = world.words(&TRY_ALL);
    let reached = reached(world, || machine.exec(&["--no-ca"], &words));
    compare(world, |program| program.reaches_by_tunnel, &reached);
}
