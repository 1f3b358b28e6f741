//! From what was typed to the template that is meant.

use camino::Utf8Path;
use perk_diag::nearest;
use perk_scaffold::{Location, Network, Resolved, SourceError, SourceName, SourceSpec};
use perk_term::Terminal;

use super::error::{NotInSource, Several, UnknownTemplate, Unreadable};
use super::{Places, Reach};
use crate::command_error::CommandError;
use crate::commands::scaffold::built_in;
use crate::commands::scaffold::found::{Found, Origin};
use crate::render::scaffold as render;

impl Places {
    /// Finds the template that was asked for, and reads it.
    pub(in crate::commands::scaffold) fn find(
        &self,
        asked: &str,
        reach: Reach,
        terminal: &mut Terminal,
    ) -> Result<Found, CommandError> {
        let spec = SourceSpec::parse(asked)?;
        let location = match self.named.resolve(spec.clone()) {
            Ok(Resolved::BuiltIn(name)) => return self.built_in(&name),
            Ok(Resolved::At(location)) => location,
            Err(SourceError::UnknownName { name, .. }) => return Err(self.unknown(&name).into()),
            Err(error) => return Err(error.into()),
        };
        if self.is_in_place_of_built_in(&spec) {
            render::in_place_of_built_in(asked, &location, terminal);
        }
        if matches!(location, Location::Git(_)) && reach.network == Network::Online {
            // Git may ask for a password below, which a moving line would write over.
            render::fetching(&location, reach.may_ask, terminal);
        }
        let found = self
            .template(&location, reach)
            .map_err(|error| self.explained(&spec, &location, error))?;
        if let Some(outdated) = &found.outdated {
            render::outdated(outdated, terminal);
        }
        Ok(Found {
            template: found.template,
            origin: Origin::Elsewhere {
                spec: to_keep(&spec),
                location,
                commit: found.commit,
            },
        })
    }

    fn is_in_place_of_built_in(&self, spec: &SourceSpec) -> bool {
        match spec {
            SourceSpec::Name(name) => self.named.built_in.contains(&name.name),
            SourceSpec::At(_) => false,
        }
    }

    fn built_in(&self, name: &str) -> Result<Found, CommandError> {
        match built_in::find(name) {
            Some(template) => Ok(Found {
                template: template.load()?,
                origin: Origin::BuiltIn,
            }),
            None => Err(self.unknown(name).into()),
        }
    }

    fn unknown(&self, name: &str) -> UnknownTemplate {
        let known = self.known_names();
        // Of `company/worker`, also `worker` alone may have been meant.
        let short = |name: &str| name.rsplit('/').next().unwrap_or_default().to_owned();
        let shorts: Vec<String> = known.iter().map(|name| short(name)).collect();
        let meant = nearest(name, known.iter().map(String::as_str)).map(str::to_owned);
        let meant = meant.or_else(|| {
            let meant = nearest(name, shorts.iter().map(String::as_str))?;
            let index = shorts.iter().position(|short| short == meant)?;
            known.get(index).cloned()
        });
        UnknownTemplate {
            nearest: meant,
            is_folder: Utf8Path::new(name).is_dir(),
            name: name.to_owned(),
        }
    }

    /// Returns every name that is known without the network.
    fn known_names(&self) -> Vec<String> {
        let mut known = self.named.built_in.clone();
        for name in self.named.configured.keys() {
            let location = self.named.source(name).and_then(Result::ok);
            let names = location.and_then(|location| self.names_at(&location, Reach::HERE).ok());
            let names = names.unwrap_or_default();
            known.extend(names.iter().map(|template| format!("{name}/{template}")));
            known.push(name.clone());
        }
        known
    }

    /// Returns an error in terms of what was asked for.
    fn explained(&self, spec: &SourceSpec, location: &Location, error: Unreadable) -> CommandError {
        match (error, spec) {
            (Unreadable::Source(SourceError::Several { names, .. }), _) => {
                several(spec, location, names).into()
            }
            (
                Unreadable::Source(
                    SourceError::NoFolder { .. } | SourceError::NoFolderInCommit { .. },
                ),
                SourceSpec::Name(SourceName {
                    name,
                    template: Some(template),
                }),
            ) => {
                let source = self.named.source(name).and_then(Result::ok);
                let names = source.and_then(|source| self.names_at(&source, Reach::HERE).ok());
                let not_there = NotInSource {
                    name: name.clone(),
                    template: template.clone(),
                    names: names.unwrap_or_default(),
                };
                not_there.into()
            }
            // The error in the folder names the file; that it is in the folder is clear.
            (
                Unreadable::Source(SourceError::Template { source, .. }),
                SourceSpec::At(Location::Folder(_)),
            ) => (*source).into(),
            (error, _) => error.into(),
        }
    }
}

fn several(spec: &SourceSpec, location: &Location, names: Vec<String>) -> Several {
    let first = names.first().map(|name| match spec {
        SourceSpec::Name(source) => format!("{source}/{name}"),
        SourceSpec::At(_) => location
            .template(name)
            .map(|location| location.to_string())
            .unwrap_or_default(),
    });
    Several {
        asked: spec.to_string(),
        first: first.unwrap_or_default(),
        names,
    }
}

/// Returns what a project keeps of what was asked for.
fn to_keep(spec: &SourceSpec) -> String {
    match spec {
        SourceSpec::At(Location::Folder(path)) => path
            .canonicalize_utf8()
            .unwrap_or_else(|_| path.clone())
            .into_string(),
        spec => spec.to_string(),
    }
}
