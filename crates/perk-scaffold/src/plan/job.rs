//! The content of all files, rendered by as many threads as there are processors.

use std::borrow::Cow;
use std::collections::hash_map::{self, HashMap};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::surroundings::{Scope, Surroundings};
use super::{Content, Entry};
use crate::manifest::Manifest;
use crate::path::SafePath;
use crate::render::{Delimiters, Engine, Reach, RenderFault, RenderProblem, TextRenderer, has_tag};
use crate::template::{SourceContent, SourceFile};
use crate::{ScaffoldError, template};

/// The number of texts from which a second thread is worth its start.
const WORTH_A_THREAD: usize = 32;
/// More threads than this have nothing left to gain.
const MAX_THREADS: usize = 8;

/// One file or link to make.
pub(super) struct Job<'a, 't> {
    pub(super) path: SafePath,
    pub(super) file: &'t SourceFile,
    pub(super) scope: Scope<'a>,
    pub(super) content: JobContent<'t>,
}

/// What is made of the content of a file.
pub(super) enum JobContent<'t> {
    Copy(&'t [u8]),
    Link(String),
    Render {
        bytes: &'t [u8],
        delimiters: &'t Delimiters,
    },
}

/// The content of a file to be.
pub(super) struct Rendered<'t> {
    content: Content<'t>,
    from: &'t str,
    has_secret: bool,
}

impl<'t> Rendered<'t> {
    pub(super) fn into_entry(self, path: SafePath) -> Entry<'t> {
        Entry {
            path,
            content: self.content,
            from: self.from,
            has_secret: self.has_secret,
        }
    }
}

/// The renderers of one thread, one for each set of values.
type Renderers<'v, 't> = HashMap<Scope<'v>, TextRenderer<'v, 't>>;

/// What all jobs need.
struct Workshop<'a> {
    engine: &'a Engine,
    manifest: &'a Manifest,
    surroundings: &'a Surroundings<'a>,
}

type Outcome<'t> = Result<Rendered<'t>, ScaffoldError>;

/// Renders the jobs; the result is in their order, and the first mistake in that order counts.
pub(super) fn render_all<'t>(
    jobs: &[Job<'_, 't>],
    engine: &Engine,
    manifest: &Manifest,
    surroundings: &Surroundings<'_>,
) -> Result<Vec<Rendered<'t>>, ScaffoldError> {
    let workshop = Workshop {
        engine,
        manifest,
        surroundings,
    };
    let texts = jobs
        .iter()
        .filter(|job| matches!(job.content, JobContent::Render { .. }));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    if threads == 1 || texts.count() < WORTH_A_THREAD {
        let mut renderers = Renderers::new();
        let outcomes = jobs.iter().map(|job| workshop.render(job, &mut renderers));
        return outcomes.collect();
    }
    let next = AtomicUsize::new(0);
    let work = || workshop.render_some(jobs, &next);
    let mut outcomes: Vec<(usize, Outcome<'t>)> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads.min(MAX_THREADS))
            .map(|_| scope.spawn(work))
            .collect();
        let mut outcomes = work();
        for other in others {
            match other.join() {
                Ok(more) => outcomes.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        outcomes
    });
    outcomes.sort_unstable_by_key(|(index, _)| *index);
    outcomes.into_iter().map(|(_, outcome)| outcome).collect()
}

impl<'a> Workshop<'a> {
    /// Renders jobs until there are none left or one fails.
    fn render_some<'t>(
        &self,
        jobs: &[Job<'a, 't>],
        next: &AtomicUsize,
    ) -> Vec<(usize, Outcome<'t>)> {
        let mut outcomes = Vec::with_capacity(jobs.len());
        let mut renderers = Renderers::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(job) = jobs.get(index) else {
                return outcomes;
            };
            let outcome = self.render(job, &mut renderers);
            let has_failed = outcome.is_err();
            outcomes.push((index, outcome));
            if has_failed {
                // Jobs before this one are all taken, so the first mistake is among the outcomes.
                next.store(jobs.len(), Ordering::Relaxed);
            }
        }
    }

    fn render<'t>(&self, job: &Job<'a, 't>, renderers: &mut Renderers<'a, 't>) -> Outcome<'t> {
        let (content, has_secret) = match &job.content {
            JobContent::Link(target) => {
                let target = target.clone();
                (Content::Link { target }, false)
            }
            JobContent::Copy(bytes) => (file(job.file, Cow::Borrowed(bytes)), false),
            JobContent::Render { bytes, delimiters } => {
                let (bytes, has_secret) = self
                    .text(job.scope, bytes, delimiters, renderers)
                    .map_err(|fault| failed(job, fault))?;
                (file(job.file, bytes), has_secret)
            }
        };
        Ok(Rendered {
            content,
            from: &job.file.path,
            has_secret,
        })
    }

    fn text<'t>(
        &self,
        scope: Scope<'a>,
        bytes: &'t [u8],
        delimiters: &Delimiters,
        renderers: &mut Renderers<'a, 't>,
    ) -> Result<(Cow<'t, [u8]>, bool), RenderFault> {
        let text = std::str::from_utf8(bytes).map_err(|_| RenderFault {
            position: None,
            problem: RenderProblem::NotUtf8,
        })?;
        if !has_tag(text, delimiters) {
            return Ok((Cow::Borrowed(bytes), false));
        }
        let renderer = match renderers.entry(scope) {
            hash_map::Entry::Occupied(known) => known.into_mut(),
            hash_map::Entry::Vacant(place) => place.insert(self.renderer(scope)?),
        };
        let made = renderer.render(text, delimiters)?;
        let has_secret = made.used.iter().any(|key| self.manifest.is_secret(key));
        Ok((Cow::Owned(made.text.into_bytes()), has_secret))
    }

    fn renderer<'t>(&self, scope: Scope<'a>) -> Result<TextRenderer<'a, 't>, RenderFault> {
        let reach = Reach {
            names: self.surroundings.names(scope),
            has_moment: false,
        };
        let values = self.surroundings.values(scope, self.engine)?;
        Ok(TextRenderer::new(self.engine, reach, values))
    }
}

fn failed(job: &Job<'_, '_>, fault: RenderFault) -> ScaffoldError {
    let file = format!("{}/{}", template::FILES_FOLDER, job.file.path);
    ScaffoldError::render(&file, fault)
}

fn file<'t>(file: &SourceFile, bytes: Cow<'t, [u8]>) -> Content<'t> {
    let is_executable = matches!(
        file.content,
        SourceContent::File {
            is_executable: true,
            ..
        }
    );
    Content::File {
        bytes,
        is_executable,
    }
}
