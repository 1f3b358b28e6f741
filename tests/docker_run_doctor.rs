//! `perk docker-run --doctor`: what is tried on this machine and in a container, and what is found.
//!
//! The engine is a script here: it keeps the image, and runs perk in the place of a container with
//! the variables that the container would get. Only what an engine does to a network is not shown.

use std::os::unix::fs::PermissionsExt as _;
use std::time::Duration;

use perk_test::{Outcome, TestContext};
use perk_test_net::{
    Credentials, Failure, Interception, Names, ProxyOptions, ServerOptions, TestProxy, TestServer,
};
use rustix::process::{Signal, kill_process_group};

use crate::context;
use crate::scaffold_signals::{perk_in_group_with, wait_for_number};

const TARGET: &str = "https://internet.invalid";

/// A proxy that leads to a server by the name of the destination.
fn proxy(options: ProxyOptions) -> (TestProxy, TestServer) {
    let server = TestServer::start(ServerOptions::default()).unwrap();
    let names = Names::default()
        .with("internet.invalid:443", server.https())
        .with("internet.invalid:80", server.http());
    let proxy = TestProxy::start(ProxyOptions { names, ..options }).unwrap();
    (proxy, server)
}

fn intercepting() -> (TestProxy, TestServer) {
    proxy(ProxyOptions {
        interception: Interception::All,
        ..ProxyOptions::default()
    })
}

/// Runs the doctor with a proxy, whose port is not shown.
fn doctor(context: &TestContext, proxy: &TestProxy, more: &[&str]) -> Outcome {
    let mut run = context.invocation(["docker-run", "--doctor", "--time-limit", "3"]);
    for word in ["--target", TARGET].iter().chain(more) {
        run = run.argument(*word);
    }
    let outcome = run.variable("https_proxy", proxy.url()).run();
    let port = proxy.address().port().to_string();
    Outcome {
        stdout: without_fingerprints(&outcome.stdout.replace(&port, "[PORT]")),
        stderr: outcome.stderr.replace(&port, "[PORT]"),
        ..outcome
    }
}

/// The certificates are made anew for each test.
fn without_fingerprints(text: &str) -> String {
    let is_fingerprint =
        |word: &str| word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let words = text.split_inclusive([' ', '\n', '"']);
    let shown = words.map(|word| {
        let bare = word.trim_end_matches([' ', '\n', '"']);
        if is_fingerprint(bare) {
            word.replace(bare, "[SHA-256]")
        } else {
            word.to_owned()
        }
    });
    shown.collect()
}

/// An engine that has no network of its own.
fn add_engine(context: &TestContext, run: &str) {
    let perk = env!("CARGO_BIN_EXE_perk");
    let root = context.root();
    context.write(
        "bin/docker",
        format!(
            "#!/bin/sh\n\
             PATH=/usr/bin:/bin\n\
             echo \"$@\" >> '{root}/engine.log'\n\
             case \"$1\" in\n\
             load) cat > '{root}/image.tar' ;;\n\
             run)\n\
               shift\n\
               unset https_proxy\n\
               while :; do case \"$1\" in\n\
                 -e) case \"$2\" in *=*) export \"$2\" ;; *) echo by name ;; esac; shift 2 ;;\n\
                 --mount) shift 2 ;;\n\
                 --*) shift ;;\n\
                 *) shift; break ;;\n\
               esac; done\n\
               {run} ;;\n\
             esac\n"
        )
        .replace("[PERK]", perk),
    );
    let mode = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(root.join("bin/docker"), mode).unwrap();
}

/// Returns what the engine was told, without the words of a run.
fn told(context: &TestContext) -> String {
    let log = perk_fs::read_text(&context.root().join("engine.log"), u64::MAX).unwrap();
    let lines = log.lines().map(|line| match line.split_once(" -e ") {
        Some((start, rest)) => format!("{start} … {}", rest.rsplit(' ').next().unwrap()),
        None => line.to_owned(),
    });
    let text = lines.collect::<Vec<_>>().join("\n");
    let name = text.split("perk-doctor-").nth(1).unwrap();
    let name = name.split([':', ' ']).next().unwrap().to_owned();
    text.replace(&name, "[NAME]")
}

const AS_CONTAINER: &str = "exec '[PERK]' \"$@\"";

#[test]
fn a_certificate_that_nobody_knows_is_named_with_its_issuer() {
    let (proxy, _server) = intercepting();
    insta::assert_snapshot!(doctor(&context(), &proxy, &[]), @r#"
    exit code: 1
    ----- stdout -----
    The proxy is that of `https_proxy`.

    On this machine
      https://internet.invalid through http://127.0.0.1:[PORT]
        ok   name of the proxy: 127.0.0.1 ([DURATION])
        ok   connection to the proxy: connected to 127.0.0.1 ([DURATION])
        ok   tunnel of the proxy: status 200 ([DURATION])
        FAIL certificates: signed by `Test Proxy`: not trusted ([DURATION])

    In a container
      not tried: docker is not installed

    error[authority-unknown]: the certificates of https://internet.invalid are signed by `Test Proxy`, which is no public authority: the proxy looks into TLS, or the destination is the company's own; nothing that the container is given trusts it
      seen: host: issuer `Test Proxy`, SHA-256 of the last certificate [SHA-256]
      either: get the certificate of `Test Proxy` from your company, and pass `--ca FILE`
      or: write it into `perk.toml` for good: `ca = "FILE"` below `[docker-run]`

    note[names-by-proxy-only]: only the proxy knows the names of destinations: programs that do not use the proxy fail, and so do `ping` and `nslookup`

    note[programs-without-proxy]: these do not use the proxy: busybox wget 1.35, aiohttp for Python without `trust_env`, fetch of Node 20, Net::HTTP of Ruby, file_get_contents of PHP and URLConnection of Java 17 with `useSystemProxies`
      do: see why: `perk docker-run --explain --program NAME`
    ----- stderr -----
    warning: the proxy http://127.0.0.1:[PORT] is on this machine: containers reach it only if it listens on the engine's bridge too; if not, pass `--network host`
    warning: `https_proxy` is set and `http_proxy` is not: plain HTTP goes without a proxy
    "#);
}

#[test]
fn with_the_certificate_all_is_well() {
    let (proxy, _server) = intercepting();
    let context = context();
    context.write("project/ca.pem", proxy.authority().pem());
    let outcome = doctor(&context, &proxy, &["--ca", "ca.pem"]);
    assert_eq!(outcome.code, Some(0), "{outcome}");
    assert!(
        outcome.stdout.contains("note[authority-known]"),
        "{outcome}"
    );
    assert!(
        outcome.stdout.contains("all is well: this machine"),
        "{outcome}"
    );
}

#[test]
fn the_container_has_its_own_answers_and_leaves_nothing_behind() {
    let (proxy, _server) = intercepting();
    let context = context();
    add_engine(&context, AS_CONTAINER);
    let outcome = doctor(
        &context,
        &proxy,
        &["-p", "80:80", "--net=host", "alpine", "sh"],
    );
    assert_eq!(outcome.code, Some(1), "{outcome}");
    let inside = outcome.stdout.split("In a container").nth(1).unwrap();
    assert!(
        inside.contains("signed by `Test Proxy`: not trusted"),
        "{outcome}"
    );
    insta::assert_snapshot!(told(&context), @"
    load
    run --network=host --rm --name=perk-doctor-[NAME] … https://internet.invalid
    rm --force perk-doctor-[NAME]
    rmi --force localhost/perk-doctor-[NAME]:latest
    ");
    let image = perk_fs::read_bytes(context.root().join("image.tar"), u64::MAX).unwrap();
    let manifest = image.windows(13).any(|bytes| bytes == b"manifest.json");
    assert!(manifest && image.len() > 1_000_000);
}

#[test]
fn a_container_without_the_variables_is_noticed() {
    let (proxy, _server) = intercepting();
    let context = context();
    add_engine(
        &context,
        "unset https_proxy HTTPS_PROXY; exec '[PERK]' \"$@\"",
    );
    let outcome = doctor(&context, &proxy, &["--net=host", "alpine"]);
    assert_eq!(outcome.code, Some(1), "{outcome}");
    assert!(
        outcome.stdout.contains("error[variables-missing]"),
        "{outcome}"
    );
}

#[test]
fn what_the_engine_says_is_the_reason() {
    let (proxy, _server) = intercepting();
    let context = context();
    add_engine(&context, "echo 'no space left' >&2; exit 125");
    let outcome = doctor(&context, &proxy, &[]);
    assert_eq!(outcome.code, Some(1), "{outcome}");
    insta::assert_snapshot!(outcome.stdout.lines().find(|line| line.contains("not tried")).unwrap(), @"  not tried: `docker` failed to try the destinations in a container (exit code 125): no space left");
    let outcome = doctor(&context, &proxy, &["--engine", "docker"]);
    assert_eq!(outcome.code, Some(3), "{outcome}");
}

#[test]
fn an_engine_that_is_asked_for_has_to_be_there() {
    let (proxy, _server) = intercepting();
    let outcome = doctor(&context(), &proxy, &["--engine", "podman"]);
    insta::assert_snapshot!(outcome, @"
    exit code: 3
    ----- stdout -----
    ----- stderr -----
    error: cannot find the program `podman`, which is needed to try the destinations in a container
    hint: install `podman`, or add its folder to `PATH`
    ");
}

#[test]
fn no_secret_is_shown() {
    let (proxy, _server) = proxy(ProxyOptions {
        credentials: Some(Credentials::new("jane", "right")),
        schemes: vec!["Negotiate".to_owned(), "NTLM".to_owned()],
        ..ProxyOptions::default()
    });
    let address = proxy.address();
    let given = format!("http://jane:hunter2@{address}");
    for format in ["text", "json"] {
        let outcome = doctor(&context(), &proxy, &["--proxy", &given, "--format", format]);
        assert_eq!(outcome.code, Some(1), "{outcome}");
        let all = outcome.to_string();
        assert!(all.contains("proxy-wants-other-credentials"), "{all}");
        assert!(
            all.contains("cntlm") && all.contains("http://***@"),
            "{all}"
        );
        assert!(!all.contains("hunter2"), "{all}");
    }
}

#[test]
fn the_document_is_for_scripts() {
    let (proxy, _server) = proxy(ProxyOptions {
        failure: Some(Failure::Forbids),
        ..ProxyOptions::default()
    });
    let outcome = doctor(&context(), &proxy, &["--format", "json"]);
    assert_eq!(outcome.code, Some(1), "{outcome}");
    let mut document: serde_json::Value = serde_json::from_str(&outcome.stdout).unwrap();
    assert_eq!(document["schema_version"], 1);
    assert_eq!(document["host"][0]["steps"][2]["outcome"], "status 403");
    let finding = document["findings"][0].take();
    insta::assert_snapshot!(serde_json::to_string_pretty(&finding).unwrap(), @r#"
    {
      "cause": "the proxy http://127.0.0.1:[PORT] does not allow `internet.invalid:443`",
      "code": "proxy-forbids",
      "evidence": "tunnel of the proxy: status 403",
      "fixes": [
        "ask those who run the proxy to allow `internet.invalid:443`"
      ],
      "severity": "error",
      "targets": [
        "https://internet.invalid"
      ],
      "where": "host"
    }
    "#);
}

#[test]
fn without_a_proxy_a_destination_is_tried_directly() {
    let server = TestServer::start(ServerOptions::default()).unwrap();
    let context = context();
    let url = format!("http://{}/page", server.http());
    context.write("project/perk.toml", format!("docker-run.targets = '{url}'"));
    let outcome = context.run(["docker-run", "--doctor"]);
    let port = server.http().port().to_string();
    insta::assert_snapshot!(outcome.to_string().replace(&port, "[PORT]"), @"
    exit code: 0
    ----- stdout -----
    No place names a proxy.

    On this machine
      http://127.0.0.1:[PORT] without a proxy
        ok   name: 127.0.0.1 ([DURATION])
        ok   connection: connected to 127.0.0.1 ([DURATION])
        ok   page: status 200 ([DURATION])

    In a container
      not tried: docker is not installed

    all is well: this machine reaches what it should
    ----- stderr -----
    ");
}

#[test]
fn mistakes_are_named() {
    let context = context();
    for (arguments, expected) in [
        (
            "--doctor --target ftp://x",
            "the destination `ftp://x` of `--target` cannot be tried",
        ),
        (
            "--doctor --target https://a:hunter2@x",
            "there is a user in it",
        ),
        (
            "--doctor --format compose x",
            "`--doctor` is written as text or JSON",
        ),
        (
            "--program wget x",
            "`--program` goes with `--explain` or `--doctor`",
        ),
        ("--doctor --time-limit 0", "0 is not in 1..=600"),
        ("--target https://x alpine", "--doctor"),
    ] {
        let mut run = context.invocation(["docker-run"]);
        for word in arguments.split(' ') {
            run = run.argument(word);
        }
        let outcome = run.run();
        assert_eq!(outcome.code, Some(2), "{arguments}: {outcome}");
        assert!(outcome.stderr.contains(expected), "{arguments}: {outcome}");
        assert!(!outcome.stderr.contains("hunter2"), "{outcome}");
    }
}

#[test]
fn ctrl_c_removes_what_there_is() {
    let context = context();
    let number = context.root().join("number");
    add_engine(&context, &format!("echo $$ > '{number}'; exec sleep 60"));
    let bin = context.root().join("bin");
    let arguments = ["docker-run", "--doctor", "--target", "http://127.0.0.1:1"];
    let (group, mut child) = perk_in_group_with(&context, bin.as_str(), &arguments);
    wait_for_number(&number);
    std::thread::sleep(Duration::from_millis(50));
    kill_process_group(group, Signal::INT).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let told = told(&context);
    let removed = told.lines().skip(2).collect::<Vec<_>>().join("\n");
    insta::assert_snapshot!(removed, @"
    rm --force perk-doctor-[NAME]
    rmi --force localhost/perk-doctor-[NAME]:latest
    ");
}

#[test]
fn ctrl_c_does_not_wait_for_what_does_not_answer() {
    let (proxy, _server) = proxy(ProxyOptions {
        failure: Some(Failure::Hangs),
        ..ProxyOptions::default()
    });
    let context = context();
    let url = proxy.url();
    let arguments = [
        "docker-run",
        "--doctor",
        "--time-limit=600",
        "--proxy",
        &url,
        "--target",
        TARGET,
    ];
    let bin = context.root().join("bin");
    let (group, mut child) = perk_in_group_with(&context, bin.as_str(), &arguments);
    while proxy.is_idle() {
        std::thread::sleep(Duration::from_millis(5));
    }
    kill_process_group(group, Signal::INT).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
}
