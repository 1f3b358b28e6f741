//! Which proxy variables a container gets from its engine, although nobody asked for them.

use std::collections::BTreeMap;

use crate::engine::Engine;

/// What podman takes from its own environment.
const PASSED_BY_PODMAN: [&str; 8] = [
    "http_proxy",
    "HTTP_PROXY",
    "https_proxy",
    "HTTPS_PROXY",
    "ftp_proxy",
    "FTP_PROXY",
    "no_proxy",
    "NO_PROXY",
];

/// Returns the variables that the engine adds to each container by itself.
///
/// Docker's client adds what the `proxies` of its configuration say, which are given here under
/// both spellings of each name. Podman passes the usual variables of its own environment, spelled
/// as they are. Nerdctl adds nothing.
pub fn passed_by_itself(
    engine: Engine,
    docker_proxies: &BTreeMap<String, String>,
    environment: &BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    match engine {
        Engine::Docker => docker_proxies.clone(),
        Engine::Podman => PASSED_BY_PODMAN
            .into_iter()
            .filter_map(|name| Some((name.to_owned(), environment.get(name)?.clone())))
            .collect(),
        Engine::Nerdctl => BTreeMap::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(entries: &[(&str, &str)]) -> BTreeMap<String, String> {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        entries.iter().map(owned).collect()
    }

    #[test]
    fn each_engine_has_its_own_source() {
        let configured = map(&[("HTTP_PROXY", "http://a:1"), ("http_proxy", "http://a:1")]);
        let environment = map(&[("https_proxy", "http://b:2"), ("ALL_PROXY", "socks5://c:3")]);
        let passed = |engine| passed_by_itself(engine, &configured, &environment);
        assert_eq!(passed(Engine::Docker), configured);
        assert_eq!(
            passed(Engine::Podman),
            map(&[("https_proxy", "http://b:2")])
        );
        assert_eq!(passed(Engine::Nerdctl), BTreeMap::new());
    }
}
