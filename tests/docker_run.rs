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
fn a_variable_that_is_empty_is_noticed() {
    let context = context();
    let run = context.invocation(["docker-run", "alpine"]);
    let outcome = run
        .variable("http_proxy", "")
        .variable("HTTP_PROXY", PROXY)
        .run();
    insta::assert_snapshot!(outcome, @"
    exit code: 0
    ----- stdout -----
    docker run alpine
    ----- stderr -----
    note: no proxy was found; `perk docker-run --explain` says where it was looked for
    warning: `http_proxy`: `http_proxy` is empty, which tells most programs to ignore `HTTP_PROXY`
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
    ] {
        let line = words(&context, given, &proxied);
        assert!(line.starts_with(expected), "{line}");
        assert!(line.ends_with("alpine"), "{line}");
    }
    insta::assert_snapshot!(context.run(["docker-run", "--rm", "--explain", "alpine"]), @"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: `--explain` is an option of perk and stands among those of docker
    hint: write it first: `perk docker-run --explain …`
    ");
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
    The proxy is that of the environment.
      http_proxy: http://proxy.example:3128, from `http_proxy`
        and not http://***@config.example:1, from `[TEMP]/home/.docker/config.json:1`: it comes after the environment
      no_proxy: corp.example,.corp.example,10.0.0.1,localhost,127.0.0.1,::1, from `NO_PROXY`
        and not corp.example,.corp.example,localhost,127.0.0.1,::1, from `[TEMP]/root/etc/environment:1`: it names no proxy

    Places that do not count
      the command line: it says nothing about proxies
      perk.toml: it says nothing about proxies
      docker's config.json: it comes after the environment
      dockerd's daemon.json: it says nothing about proxies
      systemd's settings of docker: it says nothing about proxies
      /etc/environment: it names no proxy
      apt's configuration: it says nothing about proxies
      npm's configuration: it says nothing about proxies
      git's configuration: it was not asked, as a program would have to be started and the environment settles it
      GNOME's settings: it was not asked, as a program would have to be started and the environment settles it

    What docker was asked
      nothing answers at unix:///var/run/docker.sock: No such file or directory (os error 2)

    What is added to the environment
      http_proxy=http://proxy.example:3128
        the environment: `http_proxy`
      HTTP_PROXY=http://proxy.example:3128
        the environment: `http_proxy`
      https_proxy=http://proxy.example:3128
        the environment: `http_proxy`, in place of one of its own
      HTTPS_PROXY=http://proxy.example:3128
        the environment: `http_proxy`, in place of one of its own
      no_proxy=corp.example,.corp.example,10.0.0.1,localhost,127.0.0.1,::1
        the environment: `NO_PROXY`
      NO_PROXY=corp.example,.corp.example,10.0.0.1,localhost,127.0.0.1,::1
        the environment: `NO_PROXY`
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
      trusts: what the image trusts
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
    hint: correct the file, or name the proxy by `--proxy`
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

/// Puts a script in the place of an engine.
fn engine(context: &TestContext, script: &str) {
    let path = context.root().join("bin/docker");
    context.write("bin/docker", format!("#!/bin/sh\n{script}\n"));
    let mode = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(path, mode).unwrap();
}

#[test]
fn the_engine_takes_the_place_of_perk() {
    let context = context();
    engine(
        &context,
        r#"echo "$@"; echo "$HTTP_PROXY"; read line; echo "$line"; exit 37"#,
    );
    let secret = "http://jane:hunter2@proxy.example:3128";
    let run = context.invocation(["docker-run", "--proxy", secret, "--exec", "-i", "alpine"]);
    let outcome = run.input("typed\n").run();
    assert_eq!(outcome.code, Some(37), "{outcome}");
    let lines: Vec<_> = outcome.stdout.lines().collect();
    assert!(
        lines[0].starts_with("run -i -e http_proxy -e HTTP_PROXY "),
        "{outcome}"
    );
    assert!(lines[0].ends_with(" alpine"), "{outcome}");
    assert_eq!(lines[1..], [secret, "typed"], "{outcome}");
}

#[test]
fn a_missing_engine_matters_only_where_it_is_run() {
    let context = context();
    assert_eq!(context.run(["docker-run", "alpine"]).code, Some(0));
    insta::assert_snapshot!(context.run(["docker-run", "--exec", "alpine"]), @"
    exit code: 3
    ----- stdout -----
    ----- stderr -----
    error: cannot find the program `docker`, which is needed to run the container
    hint: install `docker`, or add its folder to `PATH`
    ");
}

#[test]
fn an_engine_under_the_name_of_another_is_recognized() {
    let context = context();
    engine(&context, r#"exec podman "$@""#);
    let line = context.run(["docker-run", "alpine"]).data();
    assert_eq!(line, "podman run alpine\n");
}

#[test]
fn a_script_is_asked_and_what_it_says_beyond_variables_is_told() {
    let context = context();
    context.write(
        "project/proxy.pac",
        "function FindProxyForURL(url, host) {
            if (isPlainHostName(host)) return 'DIRECT';
            return 'PROXY proxy.example:3128; DIRECT';
        }",
    );
    let run = context.invocation([
        "docker-run",
        "--pac",
        "proxy.pac",
        "--no-proxy",
        "x.example",
    ]);
    let outcome = run.argument("alpine").run();
    let exempt = "-e no_proxy=intranet,.intranet,x.example,.x.example,localhost,127.0.0.1,::1 ";
    assert!(
        outcome
            .stdout
            .contains("-e http_proxy=http://proxy.example:3128 "),
        "{outcome}"
    );
    assert!(outcome.stdout.contains(exempt), "{outcome}");
    assert!(
        outcome.stderr.contains("it was asked about 7 of them"),
        "{outcome}"
    );
    context.write("project/perk.toml", "docker-run.pac = '../endless.pac'");
    context.write("endless.pac", "function FindProxyForURL() { for (;;) {} }");
    let endless = context.run(["docker-run", "alpine"]);
    assert_eq!(endless.code, Some(2), "{endless}");
    insta::assert_snapshot!(endless.stderr, @"
    error: cannot use the PAC script `[TEMP]/project/../endless.pac`
      caused by: the script did not end within [DURATION]
    hint: tell whoever keeps the script, and name the proxy itself until it is mended
    ");
    // A script that does not count is not run.
    let named = context.run(["docker-run", "--proxy", PROXY, "alpine"]);
    assert_eq!(named.code, Some(0), "{named}");
}
