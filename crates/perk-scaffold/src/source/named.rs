//! Names of sources, and what they stand for.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;

use super::spec::is_name;
use super::{Location, SourceError, SourceName, SourceSpec, SpecFault};
use perk_diag::nearest;

/// A source that the configuration gives a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedSource {
    /// The spec of a folder or a repository.
    pub spec: String,
    /// The folder in which a relative path begins: that of the configuration file.
    pub folder: Utf8PathBuf,
}

/// All names that there are. A name of the configuration comes before that of a built-in template.
#[derive(Debug, Clone, Default)]
pub struct NamedSources {
    /// The sources of the configuration.
    pub configured: BTreeMap<String, NamedSource>,
    /// The names of built-in templates.
    pub built_in: Vec<String>,
}

/// What a spec stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolved {
    /// A built-in template.
    BuiltIn(String),
    /// A folder or a repository.
    At(Location),
}

impl NamedSources {
    /// Returns what a spec stands for.
    pub fn resolve(&self, spec: SourceSpec) -> Result<Resolved, SourceError> {
        match spec {
            SourceSpec::Name(name) => self.resolve_name(&name),
            SourceSpec::At(location) => Ok(Resolved::At(location)),
        }
    }

    /// Returns the source of a name in the configuration.
    pub fn source(&self, name: &str) -> Option<Result<Location, SourceError>> {
        let source = self.configured.get(name)?;
        let parsed = source.parse(name).map_err(|source| SourceError::Named {
            name: name.to_owned(),
            source: Box::new(source),
        });
        Some(parsed)
    }

    fn resolve_name(&self, name: &SourceName) -> Result<Resolved, SourceError> {
        if let Some(source) = self.source(&name.name) {
            let source = source?;
            return Ok(Resolved::At(match &name.template {
                None => source,
                Some(template) => source.template(template)?,
            }));
        }
        if name.template.is_none() && self.built_in.contains(&name.name) {
            return Ok(Resolved::BuiltIn(name.name.clone()));
        }
        let known = self.configured.keys().chain(&self.built_in);
        Err(SourceError::UnknownName {
            name: name.to_string(),
            nearest: nearest(&name.name, known.map(String::as_str)).map(str::to_owned),
        })
    }
}

impl NamedSource {
    fn parse(&self, name: &str) -> Result<Location, SourceError> {
        if !is_name(name) {
            return Err(SourceError::Spec {
                spec: name.to_owned(),
                fault: SpecFault::Name,
            });
        }
        match SourceSpec::parse(&self.spec)? {
            SourceSpec::Name(name) => Err(SourceError::NameOfName {
                spec: name.to_string(),
            }),
            SourceSpec::At(location) => Ok(location.relative_to(&self.folder)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources() -> NamedSources {
        let named = |name: &str, spec: &str| {
            let source = NamedSource {
                spec: spec.to_owned(),
                folder: "/etc/perk".into(),
            };
            (name.to_owned(), source)
        };
        NamedSources {
            configured: BTreeMap::from([
                named(
                    "company",
                    "git+https://git.example.com/templates//services#v1",
                ),
                named("local", "./templates"),
                named("loop", "company"),
                named("bad", "git+https://me:secret@git.example.com/x"),
                named("python-service", "/srv/python"),
            ]),
            built_in: vec!["rust-service".to_owned(), "python-service".to_owned()],
        }
    }

    fn resolve(text: &str) -> Result<String, String> {
        let resolved = SourceSpec::parse(text).and_then(|spec| sources().resolve(spec));
        match resolved {
            Ok(Resolved::BuiltIn(name)) => Ok(format!("built in: {name}")),
            Ok(Resolved::At(spec)) => Ok(spec.to_string()),
            Err(error) => Err(error.to_string()),
        }
    }

    #[test]
    fn names_stand_for_their_sources() {
        for (text, source) in [
            ("rust-service", "built in: rust-service"),
            (
                "company",
                "git+https://git.example.com/templates//services#v1",
            ),
            (
                "company/worker",
                "git+https://git.example.com/templates//services/worker#v1",
            ),
            ("local/worker", "/etc/perk/templates/worker"),
            ("python-service", "/srv/python"),
            ("/srv/x", "/srv/x"),
        ] {
            assert_eq!(resolve(text).as_deref(), Ok(source), "{text}");
        }
    }

    #[test]
    fn what_stands_for_nothing_is_an_error() {
        for (text, message) in [
            ("rust-servic", "there is no template `rust-servic`"),
            ("rust-service/x", "there is no template `rust-service/x`"),
            (
                "loop",
                "the source `loop` in `[scaffold.sources]` cannot be used",
            ),
            (
                "bad",
                "the source `bad` in `[scaffold.sources]` cannot be used",
            ),
        ] {
            assert_eq!(resolve(text).unwrap_err(), message);
        }
        let error = sources().source("bad").unwrap().unwrap_err();
        assert!(!format!("{error:?}").contains("secret"));
    }
}
