//! How each program is started.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde::Deserialize;

use crate::tools::Tools;

const TEXT: &str = include_str!("adapters.toml");

/// The sources of the clients, by the names of their files.
const CLIENTS: &[(&str, &str)] = &[
    (
        "HttpClientClient.java",
        include_str!("clients/HttpClientClient.java"),
    ),
    (
        "UrlConnectionClient.java",
        include_str!("clients/UrlConnectionClient.java"),
    ),
    (
        "aiohttp_client.py",
        include_str!("clients/aiohttp_client.py"),
    ),
    ("axios_client.cjs", include_str!("clients/axios_client.cjs")),
    ("boto3_client.py", include_str!("clients/boto3_client.py")),
    ("client.go", include_str!("clients/client.go")),
    ("client.rb", include_str!("clients/client.rb")),
    ("curl.php", include_str!("clients/curl.php")),
    ("fetch.mjs", include_str!("clients/fetch.mjs")),
    (
        "global_agent_client.cjs",
        include_str!("clients/global_agent_client.cjs"),
    ),
    ("http_get.mjs", include_str!("clients/http_get.mjs")),
    ("httpx_client.py", include_str!("clients/httpx_client.py")),
    ("lwp.pl", include_str!("clients/lwp.pl")),
    (
        "requests_client.py",
        include_str!("clients/requests_client.py"),
    ),
    ("urllib_client.py", include_str!("clients/urllib_client.py")),
    ("version.cjs", include_str!("clients/version.cjs")),
];

/// How a program is started.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Adapter {
    /// Its name in the table of programs.
    pub(crate) program: String,
    /// What makes it ask for something.
    pub(crate) command: Vec<String>,
    /// What makes its client, if that has to be compiled.
    #[serde(default)]
    pub(crate) prepare: Vec<String>,
    /// What makes it say its version.
    pub(crate) version: Vec<String>,
    /// The variables that it always gets.
    #[serde(default)]
    pub(crate) set: BTreeMap<String, String>,
    /// What it reads from its standard input.
    #[serde(default)]
    pub(crate) input: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    adapter: Vec<Adapter>,
}

/// Returns all adapters.
pub(crate) fn adapters() -> Result<Vec<Adapter>> {
    let file: File = toml::from_str(TEXT).context("failed to read the adapters")?;
    Ok(file.adapter)
}

/// Writes the sources of the clients.
pub(crate) fn write_clients(folder: &Path) -> Result<()> {
    for (name, source) in CLIENTS {
        std::fs::write(folder.join(name), source)?;
    }
    Ok(())
}

/// What the words in braces stand for.
#[derive(Debug)]
pub(crate) struct Words<'w> {
    pub(crate) tools: &'w Tools,
    pub(crate) clients: &'w Path,
    pub(crate) folder: &'w Path,
    pub(crate) url: &'w str,
}

impl Words<'_> {
    /// Fills a command in; the error is the tool that is missing.
    pub(crate) fn fill(&self, command: &[String]) -> Result<Vec<String>, String> {
        command.iter().map(|word| self.filled(word)).collect()
    }

    fn filled(&self, word: &str) -> Result<String, String> {
        let mut word = word.to_owned();
        for (name, value) in self.values() {
            if word.contains(name) {
                let value = value.ok_or_else(|| format!("{name} could not be brought"))?;
                word = word.replace(name, &value);
            }
        }
        Ok(word)
    }

    fn values(&self) -> [(&'static str, Option<String>); 10] {
        let path = |path: &Path| Some(path.to_string_lossy().into_owned());
        let host = host(self.url);
        let port = if self.url.starts_with("https:") {
            443
        } else {
            80
        };
        let tools = self.tools;
        [
            ("{url}", Some(self.url.to_owned())),
            ("{host}", Some(host.to_owned())),
            ("{server}", Some(format!("{host}:{port}"))),
            ("{folder}", path(self.folder)),
            ("{clients}", path(self.clients)),
            ("{python}", tools.python.as_deref().and_then(path)),
            ("{modules}", tools.modules.as_deref().and_then(path)),
            ("{node24}", tools.node24().as_deref().and_then(path)),
            ("{rust}", tools.rust.as_deref().and_then(path)),
            ("{cargo}", tools.cargo.as_deref().and_then(path)),
        ]
    }
}

fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adapters_are_of_the_table_and_know_their_words() {
        let tools = Tools {
            python: Some("p".into()),
            modules: Some("m".into()),
            rust: Some("r".into()),
            cargo: None,
        };
        let words = Words {
            tools: &tools,
            clients: Path::new("/c"),
            folder: Path::new("/f"),
            url: "https://a.test/",
        };
        for adapter in adapters().expect("a valid file") {
            let known = perk_network::program::known();
            assert!(
                known.iter().any(|known| known.name == adapter.program),
                "{adapter:?}"
            );
            match words.fill(&adapter.command) {
                Ok(words) => assert!(!words.join(" ").contains('{'), "{words:?}"),
                Err(missing) => {
                    assert!(
                        ["{cargo}", "{node24}"]
                            .iter()
                            .any(|tool| missing.starts_with(tool))
                    );
                }
            }
        }
        let filled = words.fill(&["{server}".to_owned(), "{url}x".to_owned()]);
        assert_eq!(filled.unwrap(), ["a.test:443", "https://a.test/x"]);
    }
}
