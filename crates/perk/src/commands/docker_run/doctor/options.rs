//! The command of the throw-away container: what concerns the network of the user's own, and nothing
//! else of it.

use std::ffi::OsString;

use perk_docker::CommandFault;
use perk_docker::command_line::{RunCommand, parse};

/// The options that decide what a container reaches. Ports and names are left out: they may be
/// taken by a container that runs.
const OF_THE_NETWORK: [&str; 13] = [
    "add-host",
    "dns",
    "dns-option",
    "dns-search",
    "env",
    "env-file",
    "env-host",
    "http-proxy",
    "link",
    "network",
    "no-hosts",
    "pod",
    "pod-id-file",
];

/// Returns a command that runs an image in the same network as the user's own command.
pub(super) fn alike(
    command: &RunCommand,
    name: &str,
    image: &str,
    arguments: &[String],
) -> Result<RunCommand, CommandFault> {
    let mut words: Vec<OsString> = Vec::new();
    for given in command.given() {
        if !OF_THE_NETWORK.contains(&given.name.as_str()) {
            continue;
        }
        let mut word = OsString::from(format!("--{}", given.name));
        if let Some(value) = &given.value {
            word.push("=");
            word.push(value);
        }
        words.push(word);
    }
    let own = [
        "--rm".to_owned(),
        format!("--name={name}"),
        image.to_owned(),
    ];
    words.extend(
        own.into_iter()
            .chain(arguments.iter().cloned())
            .map(OsString::from),
    );
    parse(&words, command.engine(), &[])
}

#[cfg(test)]
mod tests {
    use perk_docker::engine::Engine;

    use super::*;

    #[test]
    fn only_what_concerns_the_network_is_kept() {
        let words =
            "-itp 8080:80 -eA=b --name x --net=corp --dns 10.0.0.53 -v /a:/b --rm i sh -c x";
        let words: Vec<OsString> = words.split(' ').map(OsString::from).collect();
        let command = parse(&words, Engine::Docker, &[]).unwrap();
        let alike = alike(&command, "n", "image", &["probe".to_owned()]).unwrap();
        let words: Vec<_> = alike
            .words()
            .iter()
            .map(|word| word.to_string_lossy())
            .collect();
        assert_eq!(
            words.join(" "),
            "--env=A=b --network=corp --dns=10.0.0.53 --rm --name=n image probe"
        );
    }
}
