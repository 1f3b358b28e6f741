//! A command as a Compose file, as a pod, and as arguments of a build.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::ffi::OsString;

use insta::assert_snapshot;
use perk_docker::command_line::{AddedHost, RunCommand, parse};
use perk_docker::compile::{Compiled, Secrets, compile};
use perk_docker::engine::{Engine, Installation};
use perk_docker::render::{build_arguments, compose, kubernetes};
use perk_docker::{Host, Mount, NetworkPlan, Variable};

fn compiled(words: &[&str]) -> (RunCommand, Compiled) {
    let words: Vec<OsString> = words.iter().map(OsString::from).collect();
    let command = parse(&words, Engine::Docker, &[]).unwrap();
    let variable = |name: &str, value: &str, is_secret| Variable {
        name: name.to_owned(),
        value: value.to_owned(),
        is_secret,
    };
    let plan = NetworkPlan {
        labels: Vec::new(),
        settles_proxies: true,
        variables: vec![
            variable("http_proxy", "http://a:b@proxy:3128", true),
            variable("NO_PROXY", "localhost,.corp", false),
            variable("SSL_CERT_FILE", "/etc/perk/ca.pem", false),
        ],
        mounts: vec![Mount {
            source: "/home/me/ca.pem".to_owned(),
            target: "/etc/perk/ca.pem".to_owned(),
            is_read_only: true,
            is_relabeled: false,
        }],
        add_hosts: vec![AddedHost {
            name: "host.docker.internal".to_owned(),
            address: "host-gateway".to_owned(),
        }],
        warnings: Vec::new(),
    };
    let host = Host::of(Installation::of(Engine::Docker));
    let compiled = compile(&command, &plan, &host, &Secrets::ByName);
    (command, compiled)
}

const WORDS: &[&str] = &[
    "-it",
    "--rm",
    "-e",
    "A=$HOME \"x\"",
    "-e",
    "B",
    "-e",
    "A=last",
    "-v",
    "data:/data",
    "-v",
    "./src:/src:ro",
    "--mount",
    "type=bind,src=/a,dst=/b,readonly",
    "--mount",
    "type=volume,dst=/c,volume-nocopy",
    "--network",
    "front",
    "-p",
    "80:80",
    "--cpu-shares",
    "512",
    "-u",
    "1000",
    "--cpus=1.5",
    "--add-host",
    "db:10.0.0.1",
    "--gpus",
    "all",
    "--entrypoint",
    "sh",
    "registry:5000/team/My_App:1.0@sha256:0",
    "-c",
    "echo $(A) $A\n",
];

#[test]
fn a_service_of_compose() {
    let (command, compiled) = compiled(WORDS);
    let rendered = compose(&command, &compiled).unwrap();
    assert_snapshot!(rendered.text, @r#"
    services:
      "my-app":
        image: "registry:5000/team/My_App:1.0@sha256:0"
        entrypoint: ["sh"]
        command: ["-c", "echo $$(A) $$A\n"]
        stdin_open: true
        tty: true
        ports:
          - "80:80"
        cpu_shares: 512
        user: "1000"
        cpus: "1.5"
        environment:
          - "A=last"
          - "B"
          - "http_proxy"
          - "NO_PROXY=localhost,.corp"
          - "SSL_CERT_FILE=/etc/perk/ca.pem"
        extra_hosts:
          - "db:10.0.0.1"
          - "host.docker.internal:host-gateway"
        volumes:
          - "data:/data"
          - "./src:/src:ro"
          - type: "bind"
            source: "/a"
            target: "/b"
            read_only: true
          - type: "volume"
            target: "/c"
          - type: "bind"
            source: "/home/me/ca.pem"
            target: "/etc/perk/ca.pem"
            read_only: true
        networks:
          - "front"
    networks:
      "front":
        external: true
    volumes:
      "data":
        name: "data"
    "#);
    assert_eq!(
        rendered.left_out,
        ["--gpus", "--mount type=volume,dst=/c,volume-nocopy"]
    );
}

#[test]
fn a_pod_of_kubernetes() {
    let (command, compiled) = compiled(WORDS);
    let rendered = kubernetes(&command, &compiled).unwrap();
    assert_snapshot!(rendered.text, @r#"
    # First: kubectl create secret generic perk-proxy --from-env-file=FILE
    # FILE has a line NAME=VALUE for each of B, http_proxy
    # First: kubectl create configmap perk-files --from-file=etc-perk-ca.pem=/home/me/ca.pem
    apiVersion: v1
    kind: Pod
    metadata:
      name: "my-app"
    spec:
      hostAliases:
        - ip: "10.0.0.1"
          hostnames: ["db"]
      containers:
        - name: "my-app"
          image: "registry:5000/team/My_App:1.0@sha256:0"
          command: ["sh"]
          args: ["-c", "echo $$(A) $$A\n"]
          stdin: true
          tty: true
          env:
            - name: "A"
              value: "last"
            - name: "B"
              valueFrom:
                secretKeyRef:
                  name: perk-proxy
                  key: "B"
            - name: "http_proxy"
              valueFrom:
                secretKeyRef:
                  name: perk-proxy
                  key: "http_proxy"
            - name: "NO_PROXY"
              value: "localhost,.corp"
            - name: "SSL_CERT_FILE"
              value: "/etc/perk/ca.pem"
          volumeMounts:
            - name: perk-files
              mountPath: "/etc/perk/ca.pem"
              subPath: "etc-perk-ca.pem"
              readOnly: true
      volumes:
        - name: perk-files
          configMap:
            name: perk-files
    "#);
    assert_snapshot!(rendered.left_out.join("\n"), @"
    --cpu-shares
    --cpus
    --gpus
    --mount
    --network
    --publish
    --user
    --volume
    --add-host host.docker.internal:host-gateway
    ");
}

#[test]
fn arguments_of_a_build() {
    let (command, compiled) = compiled(&["-e", "https_proxy=http://mine:1", "alpine"]);
    let arguments = build_arguments(&command, &compiled).unwrap();
    let words = arguments
        .words
        .iter()
        .map(|word| word.text.to_string_lossy());
    assert_snapshot!(words.collect::<Vec<_>>().join(" "), @"--build-arg https_proxy=http://mine:1 --build-arg http_proxy --build-arg HTTPS_PROXY=http://mine:1 --build-arg NO_PROXY=localhost,.corp --add-host host.docker.internal:host-gateway");
    assert_eq!(arguments.left_out, ["SSL_CERT_FILE"]);
}

#[test]
fn networks_of_compose() {
    for (network, wanted) in [
        ("host", "    network_mode: \"host\"\n"),
        ("none", "    network_mode: \"none\"\n"),
        ("container:db", "    network_mode: \"container:db\"\n"),
    ] {
        let (command, compiled) = compiled(&["--network", network, "alpine"]);
        let rendered = compose(&command, &compiled).unwrap();
        assert!(rendered.text.contains(wanted), "{}", rendered.text);
    }
}
