//! `perk docker-run`: what the engine is asked, and what becomes of its answers.

use std::fmt::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::UnixListener;

use perk_test::TestContext;

use crate::docker_daemon::Asked;
use crate::{context, docker_daemon};

const PROXY: &str = "http://proxy.example:3128";

const IMAGE: &str = r#"{"Config": {"Env": ["PATH=/bin", "SSL_CERT_FILE=/own.pem",
    "JAVA_TOOL_OPTIONS=-Xmx64m", "http_proxy=http://image.example:8080", "no_proxy=svc.example"]}}"#;
const BRIDGE: &str = r#"{"Name": "bridge", "Driver": "bridge",
    "IPAM": {"Config": [{"Subnet": "172.17.0.0/16"}]}, "Containers": {"1": {"Name": "other"}},
    "Options": {"com.docker.network.bridge.default_bridge": "true"}}"#;
const MINE: &str = r#"{"Name": "mine", "Driver": "bridge",
    "IPAM": {"Config": [{"Subnet": "10.44.0.0/24"}]}, "Containers": {"1": {"Name": "db"}}}"#;

fn daemon(context: &TestContext) -> Asked {
    docker_daemon::daemon(context, |path| match path {
        "/images/own/json" => Some(IMAGE),
        "/networks/bridge" => Some(BRIDGE),
        "/networks/mine" => Some(MINE),
        "/networks/broken" => Some("<html>"),
        _ => None,
    })
}

fn added(line: &str, name: &str) -> Vec<String> {
    let start = format!("{name}=");
    let words = line.split(" -e ").skip(1);
    let words = words.filter_map(|word| word.trim_matches('\'').strip_prefix(&start));
    words.map(|word| word.trim_end().to_owned()).collect()
}

#[test]
fn what_the_image_sets_is_kept_but_for_its_proxy() {
    let context = context();
    let asked = daemon(&context);
    context.write(
        "ca.pem",
        include_str!("../crates/perk-network/tests/certificates/ca.pem"),
    );
    let ca = context.root().join("ca.pem");
    let run = context.invocation(["docker-run", "--proxy", PROXY, "--ca", ca.as_str(), "own"]);
    let outcome = run.run();
    insta::assert_snapshot!(outcome.stderr, @"
    warning: what the system trusts is not known: Mozilla's certificates were taken instead
    warning: the image sets `SSL_CERT_FILE` itself, and its value is kept: what reads it may not trust the certificates of your company
    warning: the image sets `http_proxy` itself: the values are replaced by those that hold here, since a proxy belongs to a place and not to an image
    ");
    let line = &outcome.stdout;
    assert_eq!(added(line, "SSL_CERT_FILE"), Vec::<String>::new());
    assert_eq!(added(line, "http_proxy"), [PROXY]);
    insta::assert_snapshot!(added(line, "no_proxy")[0], @"172.17.0.0/16,svc.example,.svc.example,localhost,127.0.0.1,::1");
    let java = &added(line, "JAVA_TOOL_OPTIONS")[0];
    assert!(java.starts_with("-Xmx64m -Dhttp.proxyHost="), "{java}");
    assert_eq!(
        *asked.lock().unwrap(),
        ["/images/own/json", "/networks/bridge"]
    );
}

#[test]
fn nothing_is_asked_where_nothing_is_added() {
    let context = context();
    let asked = daemon(&context);
    assert_eq!(context.run(["docker-run", "own"]).code, Some(0));
    assert_eq!(*asked.lock().unwrap(), Vec::<String>::new());
}

#[test]
fn the_containers_of_a_network_need_no_proxy() {
    let context = context();
    daemon(&context);
    let run = context.invocation(["docker-run", "--proxy", PROXY, "--network", "mine", "new"]);
    let outcome = run.run();
    assert_eq!(outcome.stderr, "");
    insta::assert_snapshot!(added(&outcome.stdout, "NO_PROXY")[0], @"db,.db,10.44.0.0/24,localhost,127.0.0.1,::1");
}

#[test]
fn no_proxy_at_all_is_none_of_the_image_either() {
    let context = context();
    daemon(&context);
    let outcome = context.run(["docker-run", "--proxy", "none", "own"]);
    insta::assert_snapshot!(outcome, @"
    exit code: 0
    ----- stdout -----
    docker run -e http_proxy= own
    ----- stderr -----
    warning: the image sets `http_proxy` itself: the values are replaced by those that hold here, since a proxy belongs to a place and not to an image
    ");
}

#[test]
fn what_is_not_known_is_in_the_explanation_only() {
    let context = context();
    let explained = |line: &str| {
        let words = line.split(' ');
        let mut run = context.invocation(["docker-run", "--explain", "--proxy", PROXY]);
        for word in words {
            run = run.argument(word);
        }
        let outcome = run.run();
        let text = outcome.to_string();
        let (_, asked) = text.split_once("What docker was asked\n").unwrap();
        asked.split_once("\n\n").unwrap().0.to_owned()
    };
    let mut said = String::new();
    writeln!(said, "{}", explained("own")).unwrap();
    daemon(&context);
    for line in ["own", "new", "--network broken own", "--network none own"] {
        writeln!(said, "{line}\n{}", explained(line)).unwrap();
    }
    insta::assert_snapshot!(said, @"
      nothing answers at unix:///var/run/docker.sock: No such file or directory (os error 2)
    own
      image `own`: it sets `JAVA_TOOL_OPTIONS`, `PATH`, `SSL_CERT_FILE`, `http_proxy`, `no_proxy`
      network `bridge`: 172.17.0.0/16, in which this machine is 172.17.0.1
    new
      image `new`: not there yet
      network `bridge`: 172.17.0.0/16, in which this machine is 172.17.0.1
    --network broken own
      image `own`: it sets `JAVA_TOOL_OPTIONS`, `PATH`, `SSL_CERT_FILE`, `http_proxy`, `no_proxy`
      network `broken`: the engine's answer is not understood
    --network none own
      image `own`: it sets `JAVA_TOOL_OPTIONS`, `PATH`, `SSL_CERT_FILE`, `http_proxy`, `no_proxy`
    ");
    let quiet = context.run(["docker-run", "--proxy", PROXY, "new"]);
    assert_eq!(quiet.stderr, "");
}

#[test]
fn a_daemon_that_hangs_is_not_waited_for() {
    let context = context();
    let socket = context.root().join("hanging.sock");
    let listener = UnixListener::bind(&socket).unwrap();
    let run = context.invocation(["docker-run", "--explain", "--proxy", PROXY, "own"]);
    let outcome = run
        .variable("DOCKER_HOST", format!("unix://{socket}"))
        .run();
    assert!(
        outcome.stdout.contains("the engine did not answer in time"),
        "{outcome}"
    );
    drop(listener);
}

#[test]
fn a_daemon_elsewhere_is_not_asked() {
    let context = context();
    for (variables, reason) in [
        (&[("DOCKER_HOST", "ssh://me@build")][..], "over SSH"),
        (
            &[
                ("DOCKER_HOST", "tcp://build:2376"),
                ("DOCKER_TLS_VERIFY", "1"),
            ],
            "over TLS",
        ),
    ] {
        let mut run = context.invocation(["docker-run", "--explain", "--proxy", PROXY, "own"]);
        for (name, value) in variables {
            run = run.variable(name, *value);
        }
        let outcome = run.run();
        assert!(outcome.stdout.contains(reason), "{outcome}");
    }
}

#[test]
fn podman_is_asked_by_its_program() {
    let context = context();
    let script = format!(
        "#!/bin/sh\ncase \"$*\" in\n'image inspect own') echo '[{IMAGE}]' ;;\n\
         'network inspect mine') echo '[{{\"name\": \"mine\", \"driver\": \"bridge\", \
         \"dns_enabled\": true, \"subnets\": [{{\"subnet\": \"10.89.0.0/24\", \"gateway\": \
         \"10.89.0.1\"}}]}}]' ;;\n*) exit 125 ;;\nesac\n"
    );
    context.write("bin/podman", script);
    let mode = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(context.root().join("bin/podman"), mode).unwrap();
    let run = context.invocation(["docker-run", "--proxy", PROXY, "--network", "mine", "own"]);
    let line = run.run().stdout;
    insta::assert_snapshot!(added(&line, "no_proxy")[0], @"10.89.0.0/24,svc.example,.svc.example,localhost,127.0.0.1,::1");
    assert!(
        added(&line, "JAVA_TOOL_OPTIONS")[0].starts_with("-Xmx64m "),
        "{line}"
    );
}
