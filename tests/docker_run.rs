//! `perk docker-run`: the command that comes out, and what is said beside it.

use std::os::unix::fs::PermissionsExt as _;

use perk_test::TestContext;

use crate::context;

const PROXY: &str = "http://proxy.example:3128";

/// Returns the words that were added for a proxy, without those for programs of one kind.
fn words(context: &TestContext, arguments: &str, variables: &[(&str, &str)]) -> String {
    let mut run = context.invocation(["docker-run"]);
    for argument in arguments.split(' ') {
        run = run.argument(argument);
    }
    for (name, value) in variables {
        run = run.variable(name, *value);
    }
    let line = run.run().data();
    let without_java = line.split(" -e 'JAVA_TOOL_OPTIONS").next().unwrap();
    let rest = line.rsplit("' ").next().unwrap();
    if without_java.len() == line.len() {
        return line.trim_end().to_owned();
    }
    format!("{without_java} … {}", rest.trim_end())
}

#[test]
fn a_command_has_both_spellings_before_the_image() {
    let context = context();
    let line = words(
        &context,
        "--rm -v /a:/b alpine sh -v",
        &[("https_proxy", PROXY)],
    );
    insta::assert_snapshot!(line, @"docker run --rm -v /a:/b -e https_proxy=http://proxy.example:3128 -e HTTPS_PROXY=http://proxy.example:3128 -e no_proxy=localhost,127.0.0.1,::1 -e NO_PROXY=localhost,127.0.0.1,::1 -e NODE_USE_ENV_PROXY=1 … alpine sh -v");
}

#[test]
fn without_a_proxy_the_command_stays_as_it_is() {
    insta::assert_snapshot!(context().run(["docker-run", "-it", "alpine"]), @"
    exit code: 0
    ----- stdout -----
    docker run -it alpine
    ----- stderr -----
    note: no proxy was found; `perk docker-run --explain` says where it was looked for
    ");
}

#[test]
fn everything_that_is_not_perks_is_dockers() {
    let context = context();
    let proxied = [("http_proxy", PROXY)];
    for (given, expected) in [
        ("-q alpine", "docker run -q "),
        ("-v /a:/b alpine", "docker run -v /a:/b "),
        ("-h name alpine", "docker run -h name "),
        ("--quiet alpine", "docker run --quiet "),
        ("--rm --proxy alpine", ""),
    ] {
        if expected.is_empty() {
            let outcome = context.run(["docker-run", "--rm", "--proxy", "alpine"]);
            assert_eq!(outcome.code, Some(2), "{outcome}");
            assert!(
                outcome.stderr.contains("`--proxy` is not an option"),
                "{outcome}"
            );
        } else {
            let line = words(&context, given, &proxied);
            assert!(line.starts_with(expected), "{line}");
            assert!(line.ends_with("alpine"), "{line}");
        }
    }
}

#[test]
fn what_is_set_by_hand_stays() {
    let context = context();
    let line = words(
        &context,
        "-e http_proxy=http://own:1 -e NO_PROXY=x alpine",
        &[("http_proxy", PROXY)],
    );
    insta::assert_snapshot!(line, @"docker run -e http_proxy=http://own:1 -e NO_PROXY=x -e HTTP_PROXY=http://own:1 -e https_proxy=http://proxy.example:3128 -e HTTPS_PROXY=http://proxy.example:3128 -e no_proxy=x -e NODE_USE_ENV_PROXY=1 … alpine");
}

#[test]
fn one_source_wins_and_the_reason_is_told() {
    let context = context();
    context.write(
        "home/.docker/config.json",
        r#"{"proxies": {"default": {"httpProxy": "http://jane:hunter2@config.example:1"}}}"#,
    );
    context.write("root/etc/environment", "no_proxy=corp.example\n");
    let explain = context
        .invocation(["docker-run", "--explain", "--program", "wget"])
        .variable("http_proxy", PROXY)
        .variable("NO_PROXY", "*.corp.example, 10.0.0.1");
    let outcome = explain.run();
    assert!(!outcome.to_string().contains("hunter2"), "{outcome}");
    insta::assert_snapshot!(outcome, @"
    exit code: 0
    ----- stdout -----
    The proxy is that of environment.
      http_proxy: http://proxy.example:3128, from `http_proxy`
        and not http://***@config.example:1, from `[TEMP]/home/.docker/config.json:1`: it comes after environment
      no_proxy: corp.example,.corp.example,10.0.0.1,localhost,127.0.0.1,::1, from `NO_PROXY`
        and not corp.example,.corp.example,localhost,127.0.0.1,::1, from `[TEMP]/root/etc/environment:1`: it names no proxy

    Places that do not count
      flags: it says nothing about proxies
      perk.toml: it says nothing about proxies
      docker's config.json: it comes after environment
      dockerd's daemon.json: it says nothing about proxies
      systemd's settings of docker: it says nothing about proxies
      /etc/environment: it names no proxy
      apt's configuration: it says nothing about proxies
      npm's configuration: it says nothing about proxies
      git's configuration: it was not asked, as a program would have to be started and environment settles it
      GNOME's settings: it was not asked, as a program would have to be started and environment settles it

    What is added to the environment
      http_proxy=http://proxy.example:3128
        environment: `http_proxy`
      HTTP_PROXY=http://proxy.example:3128
        environment: `http_proxy`
      https_proxy=http://proxy.example:3128
        environment: `http_proxy`, in place of one of its own
      HTTPS_PROXY=http://proxy.example:3128
        environment: `http_proxy`, in place of one of its own
      no_proxy=corp.example,.corp.example,10.0.0.1,localhost,127.0.0.1,::1
        environment: `NO_PROXY`
      NO_PROXY=corp.example,.corp.example,10.0.0.1,localhost,127.0.0.1,::1
        environment: `NO_PROXY`
      NODE_USE_ENV_PROXY=1
        needed by programs that read no proxy variables by themselves
      JAVA_TOOL_OPTIONS=-Dhttp.proxyHost=proxy.example -Dhttp.proxyPort=3128 -Dhttps.proxyHost=proxy.example -Dhttps.proxyPort=3128 -Dhttp.nonProxyHosts=localhost|127.*|[::1]|corp.example|*.corp.example|10.0.0.1
        needed by programs that read no proxy variables by themselves

    GNU wget 1.21
      http: through http://proxy.example:3128, from `http_proxy`
      https: through http://proxy.example:3128, from `https_proxy`
      trusts: what the image trusts
      corp.example: direct
      10.0.0.1: direct
      localhost: direct
      127.0.0.1: direct
      ::1: direct

    busybox wget 1.35
      http: through http://proxy.example:3128, from `http_proxy`
      https: through http://proxy.example:3128, from `http_proxy`
      trusts: not measured
      beware: it has no exemptions: every host is behind the proxy
    ----- stderr -----
    warning: `NO_PROXY`: blanks between the entries were taken out
    warning: `NO_PROXY`: `*.corp.example` was written as `corp.example,.corp.example`, which exempts `corp.example` and all below it
    ");
}

#[test]
fn a_broken_file_of_docker_is_named_with_its_line() {
    let context = context();
    context.write("home/.docker/config.json", "{\n  \"proxies\": {]\n}");
    insta::assert_snapshot!(context.run(["docker-run", "alpine"]), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: cannot use docker's config.json
      caused by: `[TEMP]/home/.docker/config.json:2` is not valid JSON
    ");
    // Another place comes first, so that the command is right all the same.
    let outcome = context
        .invocation(["docker-run", "--proxy", PROXY, "alpine"])
        .run();
    assert_eq!(outcome.code, Some(0));
    insta::assert_snapshot!(outcome.stderr, @"warning: `[TEMP]/home/.docker/config.json:2` is not valid JSON");
}

#[test]
fn wrong_input_is_refused() {
    let context = context();
    for (arguments, message) in [
        (["docker-run", "--proxy", "ftp://x", "alpine"], "ftp"),
        (["docker-run", "--rm", "--nmae", "alpine"], "--name"),
        (
            ["docker-run", "--rm", "-i", "-t"],
            "image to run is missing",
        ),
        (["docker-run", "--ca", "none.pem", "alpine"], "none.pem"),
        (["docker-run", "--env-file", "none", "alpine"], "none"),
        (["docker-run", "--explain", "--program", "wgte"], "wget"),
    ] {
        let outcome = context.run(arguments);
        assert_eq!(outcome.code, Some(2), "{arguments:?}: {outcome}");
        assert!(outcome.stderr.contains(message), "{arguments:?}: {outcome}");
    }
}

#[test]
fn secrets_are_named_and_kept_in_a_file_of_their_owner() {
    let context = context();
    let secret = "http://jane:hunter2@proxy.example:3128";
    let run = context.invocation(["docker-run", "--proxy", secret, "alpine"]);
    let outcome = run
        .clone()
        .variable("XDG_CACHE_HOME", context.root().join("cache"))
        .run();
    assert!(!outcome.to_string().contains("hunter2"), "{outcome}");
    assert!(outcome.stdout.contains(" --env-file "), "{outcome}");
    let folder = context.root().join("cache/perk/docker-run");
    let file = folder.read_dir_utf8().unwrap().next().unwrap().unwrap();
    let mode = |path: &camino::Utf8Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(file.path()), mode(&folder)), (0o600, 0o700));
    let shown = context.run(["docker-run", "--proxy", secret, "--show-secrets", "alpine"]);
    assert!(
        shown.stdout.contains("-e HTTP_PROXY=http://jane:hunter2@"),
        "{shown}"
    );
}

#[test]
fn values_that_are_in_the_environment_are_named_only() {
    let secret = "http://jane:hunter2@proxy.example:3128";
    let names = ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY"];
    let line = words(&context(), "alpine", &names.map(|name| (name, secret)));
    insta::assert_snapshot!(line, @"docker run -e http_proxy -e HTTP_PROXY -e https_proxy -e HTTPS_PROXY -e no_proxy=localhost,127.0.0.1,::1 -e NO_PROXY=localhost,127.0.0.1,::1 -e NODE_USE_ENV_PROXY=1 … alpine");
}

#[test]
fn a_proxy_on_the_loopback_goes_by_the_name_of_the_host() {
    let context = context();
    context.write(
        "root/proc/net/tcp",
        "  sl  local_address rem_address   st\n   0: 0100007F:0C38 00000000:0000 0A 0\n",
    );
    let run = context
        .invocation(["docker-run", "--rm", "alpine"])
        .variable("http_proxy", "http://127.0.0.1:3128");
    let outcome = run.run();
    assert!(
        outcome
            .stdout
            .contains("-e http_proxy=http://host.docker.internal:3128 ")
    );
    assert!(
        outcome
            .stdout
            .contains("--add-host host.docker.internal:host-gateway")
    );
    insta::assert_snapshot!(outcome.stderr, @"warning: the proxy http://127.0.0.1:3128 listens on the loopback of this machine alone, which containers do not reach: pass `--network host`, or have it listen on the engine's bridge too");
    let line = words(
        &context,
        "--network host alpine",
        &[("http_proxy", "http://127.0.0.1:3128")],
    );
    assert!(line.contains("http_proxy=http://127.0.0.1:3128"), "{line}");
}

#[test]
fn the_document_has_sources_and_no_secrets() {
    let context = context();
    let secret = "http://jane:hunter2@proxy.example:3128";
    context.write(
        "project/perk.toml",
        format!("docker-run.proxy = '{secret}'\n"),
    );
    let run = context.invocation([
        "docker-run",
        "--format",
        "json",
        "--secrets",
        "env",
        "alpine",
    ]);
    let outcome = run.run();
    assert!(!outcome.to_string().contains("hunter2"), "{outcome}");
    let document: serde_json::Value = serde_json::from_str(&outcome.data()).unwrap();
    assert_eq!(document["schema_version"], 1);
    insta::assert_snapshot!(document["environment"][0], @r#"{"is_secret":true,"name":"http_proxy","source":"perk.toml: `[TEMP]/project/perk.toml:1`","value":"***"}"#);
}

#[test]
fn files_for_other_tools_are_written() {
    let context = context();
    let run = |format: &str| {
        let run =
            context.invocation(["docker-run", "--proxy", PROXY, "--format", format, "alpine"]);
        run.run()
    };
    for (format, text) in [
        ("compose", "services:"),
        ("kubernetes", "kind: Pod"),
        ("build-args", "--build-arg"),
    ] {
        let data = run(format).data();
        assert!(data.contains(text) && data.contains(PROXY), "{data}");
    }
    context.write("project/Dockerfile", "FROM alpine\nARG HTTP_PROXY\n");
    assert!(
        run("build-args")
            .stderr
            .contains("Dockerfile:2: `ARG HTTP_PROXY`")
    );
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "tests do not test with what they test"
)]
fn a_certificate_comes_with_those_of_the_system() {
    const COMPANY: &str = include_str!("../crates/perk-network/tests/certificates/ca.pem");
    let context = context();
    context.write("project/company.pem", COMPANY);
    let cache = context.root().join("cache");
    let run = context.invocation(["docker-run", "--ca", "company.pem", "--format", "json", "x"]);
    let data = run.variable("XDG_CACHE_HOME", cache.as_str()).run().data();
    let document: serde_json::Value = serde_json::from_str(&data).unwrap();
    let mounts = document["mounts"].as_array().unwrap();
    let targets: Vec<_> = mounts
        .iter()
        .map(|mount| mount["target"].as_str())
        .collect();
    assert_eq!(
        targets,
        [
            Some("/etc/perk/certificates.pem"),
            Some("/etc/perk/certificates.p12"),
            Some("/etc/perk/wgetrc")
        ]
    );
    let bundle = mounts[0]["source"].as_str().unwrap();
    let bundle = bundle.replace("[TEMP]", context.root().as_str());
    let bundle = camino::Utf8Path::new(&bundle);
    let text = std::fs::read_to_string(bundle).unwrap();
    // Nothing is known of this system, so that Mozilla's certificates are there instead.
    assert!(text.matches("BEGIN CERTIFICATE").count() > 100);
    assert!(text.contains(COMPANY.lines().nth(1).unwrap()));
    let mode = bundle.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o644);
    let names: Vec<_> = document["environment"].as_array().unwrap().iter().collect();
    assert!(
        names
            .iter()
            .any(|variable| variable["name"] == "SSL_CERT_FILE")
    );
}

#[test]
fn certificates_that_were_added_to_the_machine_are_found() {
    const COMPANY: &str = include_str!("../crates/perk-network/tests/certificates/ca.pem");
    let context = context();
    context.write("root/usr/local/share/ca-certificates/company.crt", COMPANY);
    let found = context.run(["docker-run", "alpine"]);
    assert!(
        found.stdout.contains("REQUESTS_CA_BUNDLE=/etc/perk/"),
        "{found}"
    );
    let without = context.run(["docker-run", "--no-ca", "alpine"]);
    assert_eq!(without.stdout, "docker run alpine\n");
    context.write("project/perk.toml", "docker-run.ca = 'none'");
    let without = context.run(["docker-run", "alpine"]);
    assert_eq!(without.stdout, "docker run alpine\n");
}
