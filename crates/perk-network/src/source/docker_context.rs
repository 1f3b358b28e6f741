//! Which daemon docker talks to, whose address is the key of its proxies.
//!
//! `DOCKER_HOST` beats `DOCKER_CONTEXT`, which beats `currentContext` in `config.json`. The
//! context called `default` is the daemon of this machine.

use sha2::{Digest as _, Sha256};

use super::SourceFault;
use super::json::Document;
use crate::hex::hex;

/// The daemon that docker talks to where nothing else is said.
pub const DEFAULT_DAEMON: &str = "unix:///var/run/docker.sock";

/// Returns the name of the context in use, if it is one that has a file.
pub fn name(
    docker_host: Option<&str>,
    docker_context: Option<&str>,
    config: Option<(&str, &str)>,
) -> Result<Option<String>, SourceFault> {
    let given = |value: Option<&str>| value.filter(|text| !text.is_empty()).map(str::to_owned);
    if given(docker_host).is_some() {
        return Ok(None);
    }
    let name = match (given(docker_context), config) {
        (Some(name), _) => Some(name),
        (None, Some((path, text))) => current(path, text)?,
        (None, None) => None,
    };
    Ok(name.filter(|name| !name.is_empty() && name != "default"))
}

fn current(path: &str, text: &str) -> Result<Option<String>, SourceFault> {
    let document = Document::new(path, text);
    let members = document.root()?;
    let member = members
        .into_iter()
        .rfind(|member| member.key.eq_ignore_ascii_case("currentContext"));
    member
        .map(|member| document.string(&member.key, member.value))
        .transpose()
}

/// Returns the path of the file of a context, below docker's folder.
pub fn metadata_path(name: &str) -> String {
    format!("contexts/meta/{}/meta.json", digest(name))
}

/// Returns the path of the folder with the keys of a context, below docker's folder.
pub fn tls_path(name: &str) -> String {
    format!("contexts/tls/{}/docker", digest(name))
}

fn digest(name: &str) -> String {
    hex(&Sha256::digest(name.as_bytes()))
}

/// Returns the address of the daemon in the file of a context.
pub fn daemon(path: &str, text: &str) -> Result<Option<String>, SourceFault> {
    let document = Document::new(path, text);
    let mut members = document.root()?;
    for name in ["Endpoints", "docker"] {
        let Some(member) = members.into_iter().find(|member| member.key == name) else {
            return Ok(None);
        };
        members = document.members(&member.key, member.value)?;
    }
    let host = members.into_iter().find(|member| member.key == "Host");
    host.map(|member| document.string(&member.key, member.value))
        .transpose()
        .map(|host| host.filter(|host| !host.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_context_is_named_in_three_places() {
        let config = Some(("config.json", r#"{"currentContext": "remote"}"#));
        for (docker_host, docker_context, config, expected) in [
            (Some("tcp://a:2375"), Some("other"), config, None),
            (Some(""), Some("other"), config, Some("other")),
            (None, None, config, Some("remote")),
            (None, Some("default"), config, None),
            (None, Some(""), config, Some("remote")),
            (None, None, Some(("config.json", "{}")), None),
            (None, None, None, None),
        ] {
            let name = name(docker_host, docker_context, config).expect("valid");
            assert_eq!(name.as_deref(), expected);
        }
        let fault = name(None, None, Some(("config.json", "{\n]"))).expect_err("a fault");
        assert_eq!(fault.to_string(), "`config.json:2` is not valid JSON");
    }

    #[test]
    fn a_context_has_a_file() {
        assert_eq!(
            metadata_path("remote"),
            "contexts/meta/b71199ebd070b36beab7317920c2c2f1d777df8d05e5527d8458fda57cb17a7a/meta.json"
        );
        let text = r#"{"Name":"remote","Endpoints":{"docker":{"Host":"ssh://me@build"}}}"#;
        let address = daemon("meta.json", text).expect("valid");
        assert_eq!(address.as_deref(), Some("ssh://me@build"));
        assert_eq!(daemon("meta.json", "{}"), Ok(None));
    }
}
