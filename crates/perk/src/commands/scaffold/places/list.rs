//! Every template that can be named.

use perk_scaffold::{Location, Network, Outdated, ScaffoldError, SourceError};

use super::error::{NotFetched, Unreadable};
use super::{Places, Reach};
use crate::command_error::CommandError;
use crate::commands::scaffold::built_in::BUILT_IN;
use crate::commands::scaffold::found::{Found, Origin};

/// What is known of all sources.
#[derive(Debug, Default)]
pub(in crate::commands::scaffold) struct Listed {
    /// The templates, with the names they are asked for by, which they are sorted by.
    pub(in crate::commands::scaffold) templates: Vec<(String, Found)>,
    /// What cannot be read, with the names.
    pub(in crate::commands::scaffold) failed: Vec<(String, CommandError)>,
    /// Warnings about sources that cannot be reached.
    pub(in crate::commands::scaffold) outdated: Vec<Outdated>,
}

impl Places {
    /// Reads every template that can be named. What cannot be read does not stop the others.
    pub(in crate::commands::scaffold) fn list(
        &self,
        reach: Reach,
    ) -> Result<Listed, ScaffoldError> {
        let mut listed = Listed::default();
        for template in BUILT_IN {
            // One of the configuration comes before it.
            if !self.named.configured.contains_key(template.name) {
                let found = Found {
                    template: template.load()?,
                    origin: Origin::BuiltIn,
                };
                listed.templates.push((template.name.to_owned(), found));
            }
        }
        for name in self.named.configured.keys() {
            if let Err(error) = self.list_source(name, reach, &mut listed) {
                listed.failed.push((name.clone(), error));
            }
        }
        listed.templates.sort_by(|left, right| left.0.cmp(&right.0));
        Ok(listed)
    }

    fn list_source(
        &self,
        name: &str,
        reach: Reach,
        listed: &mut Listed,
    ) -> Result<(), CommandError> {
        let Some(source) = self.named.source(name) else {
            return Ok(());
        };
        let source = source?;
        if let (Location::Git(repository), Network::Online) = (&source, reach.network) {
            listed.outdated.extend(self.refresh(repository, reach)?);
        }
        let names = self.names_at(&source, Reach::HERE).map_err(not_fetched)?;
        if names.is_empty() {
            let found = self.listed(name, source)?;
            listed.templates.push((name.to_owned(), found));
            return Ok(());
        }
        for template in names {
            let name = format!("{name}/{template}");
            match self.listed(&name, source.template(&template)?) {
                Ok(found) => listed.templates.push((name, found)),
                Err(error) => listed.failed.push((name, error.into())),
            }
        }
        Ok(())
    }

    fn listed(&self, name: &str, location: Location) -> Result<Found, Unreadable> {
        let found = self.template(&location, Reach::HERE)?;
        Ok(Found {
            template: found.template,
            origin: Origin::Elsewhere {
                spec: name.to_owned(),
                location,
                commit: found.commit,
            },
        })
    }
}

/// Returns an error that says how a list gets what it does not have.
fn not_fetched(error: Unreadable) -> CommandError {
    match error {
        Unreadable::Source(SourceError::NeverSeen { spec }) => NotFetched { spec }.into(),
        error => error.into(),
    }
}
