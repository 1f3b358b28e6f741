//! Templates and answers to a plan of files, and a plan to a folder, all or nothing.
//!
//! The way through the crate: a [`Template`] is loaded, its [`Manifest`] is answered by
//! [`resolve`] or by an [`Interview`], [`plan`] renders every file in memory, and the plan is
//! written in one step. What is wrong with a template is found by [`lint`]. A template may come from
//! a git repository, and may have hooks: these are the two things that programs are run for.
//! Nothing here prints, prompts, or reads the environment.

mod answers;
mod error;
pub mod lint;
mod manifest;
mod patch;
mod path;
mod place;
mod plan;
mod project;
mod render;
mod source;
mod template;
mod text;
mod trust;
mod write;

pub use answers::{
    Answer, AnswerProblem, Answers, Circumstances, Defaults, Given, GivenAnswers, Interview,
    Prompt, Secret, Source, resolve,
};
pub use error::ScaffoldError;
pub use manifest::{
    Check, Choice, Computed, Hook, HookMoment, Kind, MANIFEST_FILE, Manifest, ManifestProblem,
    Question,
};
pub use patch::{FilePatch, Side, file_patch};
pub use path::{PathFault, SafePath};
pub use place::Place;
pub use plan::{Content, Entry, Plan, due_hooks, plan};
pub use project::{
    Change, Drift, Drifted, FileDiff, FileRecord, Known, Origin, Pristine, PristineFault,
    ProjectDiff, ProjectError, ProjectStatus, RECORD_FILE, Record, RecordProblem, Standing,
    TemplateRecord, TemplateStatus, project_diff, project_status, with_record,
};
pub use render::{Delimiters, RenderFault, RenderProblem};
pub use source::{
    FoundTemplate, GitReference, GitSource, GitUrl, Location, NamedSource, NamedSources, Network,
    Outdated, Resolved, SourceError, SourceName, SourceSpec, Sources, SpecFault, TimeLimits,
};
pub use template::{ContentHash, Template};
pub use trust::{Decision, HookIdentity, TrustError, TrustStore, TrustedHook, decide};
pub use write::{Comparison, Existing, Observer, Recovery, Step, compare, recover, write};
