//! Answers of real engines, as they came.

use perk_docker::engine::{Network, container_networks, image_environment, network};

macro_rules! answer {
    ($name:literal) => {
        include_bytes!(concat!("answers/", $name, ".json"))
    };
}

#[test]
fn an_image_sets_variables() {
    for (answer, expected) in [
        (
            &answer!("docker-20.10-image")[..],
            &[
                "JAVA_TOOL_OPTIONS=-Xmx64m",
                "PATH=/bin",
                "SSL_CERT_FILE=/own.pem",
                "http_proxy=http://image.example:8080",
            ][..],
        ),
        (answer!("podman-4.3-image"), &["PATH=/bin"]),
        (br#"{"Config": {"Env": null}}"#, &[]),
        (br#"{"Config": null}"#, &[]),
    ] {
        let variables = image_environment(answer).unwrap();
        let variables = variables
            .iter()
            .map(|(name, value)| format!("{name}={value}"));
        assert_eq!(variables.collect::<Vec<_>>(), expected);
    }
}

fn shown(network: &Network) -> String {
    let subnets = network.subnets.iter();
    let subnets: Vec<_> = subnets
        .map(|subnet| format!("{} by {}", subnet.range, subnet.gateway))
        .collect();
    let kind = if network.is_bridge { "bridge" } else { "other" };
    let names = if network.has_names {
        "names"
    } else {
        "no names"
    };
    format!(
        "{} ({kind}, {names}): {}; {}",
        network.name,
        subnets.join(" "),
        network.containers.join(" ")
    )
}

#[test]
fn a_network_has_addresses_and_members() {
    for (answer, expected) in [
        (
            &answer!("docker-20.10-bridge")[..],
            "bridge (bridge, no names): 172.17.0.0/16 by 172.17.0.1; ",
        ),
        (
            answer!("docker-20.10-network"),
            "mine (bridge, names): 10.44.0.0/24 by 10.44.0.1; worker",
        ),
        (
            answer!("podman-4.3-network"),
            "podman (bridge, no names): 10.88.0.0/16 by 10.88.0.1; ",
        ),
        (
            br#"{"Name": "six", "Driver": "macvlan", "IPAM": {"Config": [
                {"Subnet": "fd00::/64", "Gateway": "fd00::1"},
                {"Subnet": "10.1.0.0/16", "Gateway": "10.1.9.9"}, {}]}}"#,
            "six (other, names): 10.1.0.0/16 by 10.1.9.9; ",
        ),
    ] {
        assert_eq!(shown(&network(answer).unwrap()), expected);
    }
    let networks = container_networks(answer!("docker-20.10-container")).unwrap();
    let networks: Vec<_> = networks.iter().map(shown).collect();
    assert_eq!(
        networks,
        ["mine (bridge, no names): 10.44.0.0/24 by 10.44.0.1; "]
    );
}

#[test]
fn what_is_no_answer_is_a_fault() {
    for answer in [&b""[..], b"[]", b"null", b"{", b"{\"Name\": 1}", b"[1]"] {
        assert!(network(answer).is_err());
    }
    assert!(image_environment(b"<html>").is_err());
}
