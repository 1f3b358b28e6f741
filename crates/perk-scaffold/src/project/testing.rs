//! Projects to test with: a template of some files, and what is made of it.

use camino::{Utf8Path, Utf8PathBuf};

use super::{Origin, Record, with_record};
use crate::plan::Plan;
use crate::{
    Answers, Circumstances, Defaults, Existing, GivenAnswers, Template, plan, resolve, write,
};

pub(super) type Source<'s> = (&'s str, u32, &'s [u8]);

/// A template with a question, a secret and these files below `files`.
pub(super) fn template(name: &str, files: &[Source<'_>]) -> Template {
    let manifest = format!(
        "schema = 1\n[template]\nname = \"{name}\"\nversion = \"1.0.0\"\ndescription = \"d\"\n\
         [[question]]\nkey = \"who\"\nask = \"Who?\"\ntype = \"string\"\ndefault = \"you\"\n\
         [[question]]\nkey = \"token\"\nask = \"Token?\"\ntype = \"secret\"\ndefault = \"hush\"\n"
    );
    let manifest = ("template.toml".to_owned(), 0o644, manifest.into_bytes());
    let files = files
        .iter()
        .map(|(path, mode, bytes)| (format!("files/{path}"), *mode, bytes.to_vec()));
    let all = std::iter::once(manifest).chain(files);
    Template::from_files(all.map(|(path, mode, bytes)| (path, mode, bytes.into()))).unwrap()
}

pub(super) fn answers(template: &Template) -> Answers {
    let circumstances = Circumstances {
        project_name: "p".to_owned(),
        time: time::OffsetDateTime::UNIX_EPOCH,
        entropy: [0; 32],
    };
    let given = GivenAnswers::new();
    resolve(template.manifest(), &circumstances, &given, Defaults::Take).unwrap()
}

pub(super) fn origin(source: &str) -> Origin {
    Origin {
        source: source.to_owned(),
        commit: None,
        perk: "0.1.0".to_owned(),
    }
}

/// Returns the plan of a template with what is kept of it.
pub(super) fn kept<'t>(
    template: &'t Template,
    existing: Option<&Record>,
) -> Result<Plan<'t>, super::ProjectError> {
    let answers = answers(template);
    let plan = plan(template, &answers).unwrap();
    with_record(plan, template, &answers, &origin("built-in"), existing)
}

/// Returns the bytes that a plan has at a path.
pub(super) fn bytes_at<'p>(plan: &'p Plan<'_>, path: &str) -> &'p [u8] {
    let entry = plan.entries().iter().find(|e| e.path.as_str() == path);
    entry.unwrap().bytes()
}

pub(super) fn record_of(plan: &Plan<'_>) -> Record {
    Record::parse(bytes_at(plan, super::RECORD_FILE)).unwrap()
}

/// Makes a project of these files; it is gone with the guard.
pub(super) fn project(files: &[Source<'_>]) -> (tempfile::TempDir, Utf8PathBuf) {
    let guard = tempfile::tempdir().unwrap();
    let path = Utf8PathBuf::from_path_buf(guard.path().join("p")).unwrap();
    let template = template("t", files);
    let plan = kept(&template, None).unwrap();
    write(&plan, &path, Existing::Refuse, &|_| ()).unwrap();
    (guard, path)
}

#[expect(clippy::disallowed_methods, reason = "a test may write its own files")]
pub(super) fn put(project: &Utf8Path, path: &str, bytes: impl AsRef<[u8]>) {
    let path = project.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}
