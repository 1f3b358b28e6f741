//! `perk docker-run`: the files that come with a command, or stand in its place.

use std::os::unix::fs::PermissionsExt as _;

use crate::context;

const PROXY: &str = "http://proxy.example:3128";

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
fn files_that_no_command_names_are_removed() {
    let context = context();
    let folder = "cache/perk/docker-run";
    let aged = |name: &str, days: u64| {
        let path = context.root().join(folder).join(name);
        if !path.exists() {
            context.write(&format!("{folder}/{name}"), "");
        }
        let file = std::fs::File::options().append(true).open(&path).unwrap();
        let age = std::time::Duration::from_hours(days * 24);
        file.set_modified(std::time::SystemTime::now() - age)
            .unwrap();
        path
    };
    let (old, young) = (aged("00.pem", 100), aged("11.pem", 80));
    let (cache, other) = (aged("caches/node/x.pem", 100), aged("notes.txt", 100));
    let run = |user: &str| {
        let proxy = format!("http://{user}:hunter2@proxy.example:3128");
        let run = context.invocation(["docker-run", "--proxy", &proxy, "alpine"]);
        let outcome = run
            .variable("XDG_CACHE_HOME", context.root().join("cache"))
            .run();
        outcome.data().split(' ').find_map(|word| {
            let path = word.trim_matches('\'').rsplit('/').next()?;
            path.strip_suffix(".env").map(str::to_owned)
        })
    };
    let name = format!("{}.env", run("jane").unwrap());
    assert!(!old.exists() && young.exists() && cache.exists() && other.exists());
    // A file that is used again is as good as new.
    let path = aged(&name, 100);
    run("jane");
    let age = path
        .metadata()
        .unwrap()
        .modified()
        .unwrap()
        .elapsed()
        .unwrap();
    assert!(age.as_secs() < 60 * 60);
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

#[test]
fn a_file_for_another_tool_says_what_has_to_be_in_the_environment() {
    let context = context();
    let secret = "http://jane:hunter2@proxy.example:3128";
    let run = context.invocation(["docker-run", "--proxy", secret, "--format", "compose", "x"]);
    let outcome = run.run();
    assert!(!outcome.to_string().contains("hunter2"), "{outcome}");
    insta::assert_snapshot!(outcome.stderr, @"warning: these have passwords in them and are only named, so that they have to be in the environment, or be written out by `--show-secrets`: `http_proxy`, `HTTP_PROXY`, `https_proxy`, `HTTPS_PROXY`");
}
