//! Which files there will be, and where; what is in them is rendered after that.

use std::collections::{BTreeSet, HashMap};

use super::Plan;
use super::job::{Job, JobContent, render_all};
use super::paths::{NameRenderer, SUFFIX};
use super::surroundings::{Scope, Surroundings};
use crate::answers::Answers;
use crate::path::{SafePath, check_collisions};
use crate::render::{Delimiters, Engine};
use crate::template::{FILES_FOLDER, SourceContent, SourceFile, Template};
use crate::write::PENDING_FOLDER;
use crate::{MANIFEST_FILE, ScaffoldError};

/// The most files and links of a plan.
const MAX_ENTRIES: usize = 50_000;

/// Renders a template with answers, in memory.
pub fn plan<'t>(template: &'t Template, answers: &Answers) -> Result<Plan<'t>, ScaffoldError> {
    let manifest = template.manifest();
    let engine = Engine::for_files();
    let surroundings = Surroundings::new(manifest, answers);
    let mut jobs = jobs(template, &engine, &surroundings)?;
    jobs.sort_unstable_by(|left, right| left.path.cmp(&right.path));
    if let Some(job) = jobs.iter().find(|job| is_reserved(&job.path)) {
        return Err(ScaffoldError::Reserved {
            path: job.path.to_string(),
        });
    }
    check_collisions(jobs.iter().map(|job| &job.path)).map_err(|error| with_files(error, &jobs))?;
    let contents = render_all(&jobs, &engine, manifest, &surroundings)?;
    let paths: Vec<SafePath> = jobs.into_iter().map(|job| job.path).collect();
    let entries = paths.into_iter().zip(contents);
    let entries = entries.map(|(path, rendered)| rendered.into_entry(path));
    Ok(Plan {
        entries: entries.collect(),
    })
}

/// Says which files of the template the paths come from that meet.
fn with_files(mut error: ScaffoldError, jobs: &[Job<'_, '_>]) -> ScaffoldError {
    if let ScaffoldError::Collision {
        first,
        second,
        from,
        ..
    } = &mut error
    {
        let is_of = |job: &Job<'_, '_>, path: &str| {
            let rest = job.path.as_str().strip_prefix(path);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let name = |job: &Job<'_, '_>| format!("{FILES_FOLDER}/{}", job.file.path);
        let one = jobs.iter().find(|job| is_of(job, first));
        // Paths that are written alike come from the two ends of what has them.
        let other = jobs.iter().rfind(|job| is_of(job, second));
        from.extend(one.into_iter().chain(other).map(name));
        from.dedup();
    }
    error
}

/// Returns the paths below `files` of what a plan would consist of; nothing is rendered but names.
pub(crate) fn sources<'t>(
    template: &'t Template,
    answers: &Answers,
) -> Result<BTreeSet<&'t str>, ScaffoldError> {
    let engine = Engine::for_files();
    let surroundings = Surroundings::new(template.manifest(), answers);
    let jobs = jobs(template, &engine, &surroundings)?;
    Ok(jobs.iter().map(|job| job.file.path.as_str()).collect())
}

/// Returns whether a path is in the folder that a write uses for itself.
fn is_reserved(path: &SafePath) -> bool {
    let first = path.components().next();
    first.is_some_and(|name| name.eq_ignore_ascii_case(PENDING_FOLDER))
}

fn jobs<'a, 't: 'a>(
    template: &'t Template,
    engine: &'a Engine,
    surroundings: &'a Surroundings<'a>,
) -> Result<Vec<Job<'a, 't>>, ScaffoldError> {
    let manifest = template.manifest();
    let holding = manifest.rules.holding(|condition| {
        engine
            .holds(condition, surroundings.common())
            .map_err(|fault| ScaffoldError::render(MANIFEST_FILE, fault))
    })?;
    let mut renderers: HashMap<Scope<'a>, NameRenderer<'a>> = HashMap::new();
    let mut jobs = Vec::new();
    for file in template.files() {
        let rules = manifest.rules.of(&file.path, &holding);
        if rules.is_left_out {
            continue;
        }
        for scope in surroundings.scopes(rules.each) {
            let renderer = renderers
                .entry(scope)
                .or_insert_with(|| NameRenderer::new(engine, manifest, surroundings, scope));
            if let Some(job) = job(file, renderer, scope, rules.delimiters)? {
                jobs.push(job);
            }
            if jobs.len() > MAX_ENTRIES {
                return Err(ScaffoldError::Limit {
                    what: "the files of a project",
                    limit: MAX_ENTRIES as u64,
                });
            }
        }
    }
    Ok(jobs)
}

/// Returns what is to be made of a file, unless an empty name leaves it out.
fn job<'a, 't: 'a>(
    file: &'t SourceFile,
    renderer: &mut NameRenderer<'a>,
    scope: Scope<'a>,
    delimiters: &'t Delimiters,
) -> Result<Option<Job<'a, 't>>, ScaffoldError> {
    let Some(path) = renderer.path(file)? else {
        return Ok(None);
    };
    let content = match &file.content {
        SourceContent::Link(target) => match renderer.target(file, target)? {
            Some(target) => JobContent::Link(target),
            None => return Ok(None),
        },
        SourceContent::File { bytes, .. } if !file.path.ends_with(SUFFIX) => {
            JobContent::Copy(bytes)
        }
        SourceContent::File { bytes, .. } => JobContent::Render { bytes, delimiters },
    };
    Ok(Some(Job {
        path,
        file,
        scope,
        content,
    }))
}
