//! The names of files and folders, rendered.

use std::borrow::Cow;
use std::collections::HashMap;

use super::surroundings::{Scope, Surroundings};
use crate::manifest::Manifest;
use crate::path::SafePath;
use crate::render::{Delimiters, Engine, Reach, compile, has_tag};
use crate::template::{LinkTarget, SourceContent, SourceFile};
use crate::{Place, ScaffoldError};

/// The ending of files whose content has tags.
pub(crate) const SUFFIX: &str = ".hbs";

/// Renders names with one set of values, each name once.
pub(super) struct NameRenderer<'a> {
    engine: &'a Engine,
    manifest: &'a Manifest,
    surroundings: &'a Surroundings<'a>,
    scope: Scope<'a>,
    rendered: HashMap<&'a str, String>,
}

impl<'a> NameRenderer<'a> {
    pub(super) fn new(
        engine: &'a Engine,
        manifest: &'a Manifest,
        surroundings: &'a Surroundings<'a>,
        scope: Scope<'a>,
    ) -> Self {
        Self {
            engine,
            manifest,
            surroundings,
            scope,
            rendered: HashMap::new(),
        }
    }

    /// Returns where a file goes, or nothing if a name is empty, which leaves it out.
    pub(super) fn path(&mut self, file: &'a SourceFile) -> Result<Option<SafePath>, ScaffoldError> {
        let is_file = matches!(file.content, SourceContent::File { .. });
        let name = match file.path.strip_suffix(SUFFIX) {
            Some(name) if is_file => name,
            _ => &file.path,
        };
        let Some(path) = self.join(&file.path, name.split('/'))? else {
            return Ok(None);
        };
        match SafePath::parse(&path) {
            Ok(path) => Ok(Some(path)),
            Err(fault) => Err(ScaffoldError::Path {
                from: file.path.clone(),
                to: path,
                fault,
            }),
        }
    }

    /// Returns the target of a link with its names rendered, or nothing if one is empty.
    pub(super) fn target(
        &mut self,
        file: &'a SourceFile,
        target: &'a LinkTarget,
    ) -> Result<Option<String>, ScaffoldError> {
        let names = target.names.iter().enumerate().map(|(index, name)| {
            let is_last = index + 1 == target.names.len();
            name.strip_suffix(SUFFIX)
                .filter(|_| is_last)
                .unwrap_or(name)
        });
        let Some(below) = self.join(&file.path, names)? else {
            return Ok(None);
        };
        if !target.names.is_empty() {
            SafePath::parse(&below).map_err(|fault| ScaffoldError::Path {
                from: file.path.clone(),
                to: below.clone(),
                fault,
            })?;
        }
        let mut parts = vec![".."; target.up];
        parts.extend((!below.is_empty()).then_some(below.as_str()));
        Ok(Some(parts.join("/")))
    }

    fn join(
        &mut self,
        from: &str,
        names: impl Iterator<Item = &'a str>,
    ) -> Result<Option<String>, ScaffoldError> {
        let mut path = Vec::new();
        for name in names {
            let rendered = self.name(from, name)?;
            // A name that is empty already is a mistake in the path, and is refused as one.
            if rendered.is_empty() && !name.is_empty() {
                return Ok(None);
            }
            path.push(rendered);
        }
        Ok(Some(path.join("/")))
    }

    fn name(&mut self, from: &str, name: &'a str) -> Result<Cow<'a, str>, ScaffoldError> {
        let braces = Delimiters::braces();
        if !has_tag(name, &braces) {
            return Ok(Cow::Borrowed(name));
        }
        if let Some(rendered) = self.rendered.get(name) {
            return Ok(Cow::Owned(rendered.clone()));
        }
        let reach = Reach {
            names: self.surroundings.names(self.scope),
            has_moment: false,
        };
        let failed = |fault: crate::RenderFault| ScaffoldError::Render {
            place: Place {
                file: format!("name of {from}"),
                position: None,
            },
            problem: fault.problem,
        };
        let compiled = compile(name, &braces, reach).map_err(failed)?;
        if let Some(key) = compiled
            .used()
            .iter()
            .find(|key| self.manifest.is_secret(key))
        {
            return Err(ScaffoldError::SecretInPath {
                from: from.to_owned(),
                key: key.clone(),
            });
        }
        let values = self
            .surroundings
            .values(self.scope, self.engine)
            .map_err(failed)?;
        let rendered = self
            .engine
            .render(&compiled, &values, None)
            .map_err(failed)?;
        if rendered.contains('/') {
            return Err(ScaffoldError::Slash {
                from: from.to_owned(),
                to: rendered,
            });
        }
        self.rendered.insert(name, rendered.clone());
        Ok(Cow::Owned(rendered))
    }
}
