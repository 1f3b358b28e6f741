//! What is kept becomes a part of the plan, so that it is written with the files or not at all.

use std::collections::BTreeMap;

use super::pristine::pack;
use super::record::{FileRecord, Record, TemplateRecord};
use super::{FOLDER, ProjectError, RECORD_FILE, pristine_file};
use crate::path::check_collisions;
use crate::plan::{Entry, Plan};
use crate::{Answers, SafePath, ScaffoldError, Template};

/// How git is to treat what is kept.
const ATTRIBUTES: &str = "pristine/*.tar.gz binary -diff linguist-generated\n";
/// Takes what is kept out of the patterns of a project that ignores archives.
const IGNORE: &str = "!*\n";

/// Where a template comes from, and who renders it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// What it was asked for by, without credentials: `built-in`, a folder, or an address.
    pub source: String,
    /// The commit, where the source has commits.
    pub commit: Option<String>,
    /// The version of perk.
    pub perk: String,
}

/// Adds the record to a plan, and the files as the template made them.
///
/// What the project knows of other templates stays. If it has the same template already, from the
/// same source, this render takes the place of that one.
pub fn with_record<'t>(
    plan: Plan<'t>,
    template: &Template,
    answers: &Answers,
    origin: &Origin,
    existing: Option<&Record>,
) -> Result<Plan<'t>, ProjectError> {
    check_own_folder(plan.entries())?;
    let made = template_record(plan.entries(), template, answers, origin);
    let archive = pack(plan.entries()).map_err(|source| ProjectError::Pack { source })?;
    let pristine = pristine_file(&made.name);
    let record = joined(existing, made)?;
    let plan = with_file(plan, RECORD_FILE, record.to_text().into_bytes())?;
    let plan = with_file(plan, &pristine, archive)?;
    let plan = with_file(plan, &format!("{FOLDER}/.gitattributes"), ATTRIBUTES.into())?;
    with_file(plan, &format!("{FOLDER}/.gitignore"), IGNORE.into())
}

fn with_file<'t>(plan: Plan<'t>, path: &str, bytes: Vec<u8>) -> Result<Plan<'t>, ProjectError> {
    let safe = SafePath::parse(path).map_err(|fault| ScaffoldError::Path {
        from: path.to_owned(),
        to: path.to_owned(),
        fault,
    })?;
    Ok(plan.with_file(safe, bytes)?)
}

/// Fails if a template writes where only perk does.
fn check_own_folder(entries: &[Entry<'_>]) -> Result<(), ScaffoldError> {
    let is_own = |path: &SafePath| {
        let first = path.components().next();
        first.is_some_and(|name| name.eq_ignore_ascii_case(FOLDER))
    };
    match entries.iter().find(|entry| is_own(&entry.path)) {
        Some(entry) => Err(ScaffoldError::Reserved {
            path: entry.path.to_string(),
        }),
        None => Ok(()),
    }
}

fn template_record(
    entries: &[Entry<'_>],
    template: &Template,
    answers: &Answers,
    origin: &Origin,
) -> TemplateRecord {
    let manifest = template.manifest();
    let files = entries.iter().map(|entry| {
        let file = FileRecord {
            mode: entry.mode(),
            hash: (!entry.has_secret).then(|| entry.hash()),
        };
        (entry.path.clone(), file)
    });
    TemplateRecord {
        name: manifest.name.clone(),
        version: manifest.version.clone(),
        source: origin.source.clone(),
        commit: origin.commit.clone(),
        content: template.content_hash(),
        perk: origin.perk.clone(),
        answers: answers
            .to_keep()
            .map(|(key, value)| (key.to_owned(), value))
            .collect(),
        files: files.collect(),
    }
}

fn joined(existing: Option<&Record>, made: TemplateRecord) -> Result<Record, ProjectError> {
    let mut templates = existing.map_or_else(Vec::new, |record| record.templates.clone());
    let earlier = templates.iter().position(|other| other.name == made.name);
    if let Some(earlier) = earlier.and_then(|index| templates.get(index))
        && earlier.source != made.source
    {
        return Err(ProjectError::TakenName {
            name: made.name,
            source_spec: earlier.source.clone(),
        });
    }
    let others = templates.iter().filter(|other| other.name != made.name);
    check_paths(&made, others)?;
    match earlier.and_then(|index| templates.get_mut(index)) {
        Some(earlier) => *earlier = made,
        None => templates.push(made),
    }
    Ok(Record { templates })
}

/// Fails if another template made one of the files, or one that meets it.
fn check_paths<'r>(
    made: &'r TemplateRecord,
    others: impl Iterator<Item = &'r TemplateRecord>,
) -> Result<(), ProjectError> {
    let mut owners: BTreeMap<&SafePath, &str> = BTreeMap::new();
    for other in others {
        owners.extend(other.files.keys().map(|path| (path, other.name.as_str())));
    }
    let taken = made
        .files
        .keys()
        .find_map(|path| Some((path, owners.get(path)?)));
    if let Some((path, owner)) = taken {
        return Err(ProjectError::TakenPath {
            path: path.to_string(),
            template: (*owner).to_owned(),
        });
    }
    let mut paths: Vec<&SafePath> = owners.keys().copied().chain(made.files.keys()).collect();
    paths.sort_unstable();
    Ok(check_collisions(paths)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::testing::{answers, bytes_at, kept, origin, record_of, template};

    #[test]
    fn what_is_kept_is_a_part_of_the_plan() {
        let template = template("t", &[("a", 0o644, b"a"), ("b.hbs", 0o644, b"{{token}}")]);
        let plan = kept(&template, None).unwrap();
        let paths: Vec<&str> = plan.entries().iter().map(|e| e.path.as_str()).collect();
        let own = [
            ".perk/.gitattributes",
            ".perk/.gitignore",
            ".perk/pristine/t.tar.gz",
            ".perk/scaffold.toml",
        ];
        assert_eq!(paths, [&own[..], &["a", "b"]].concat());
        let record = String::from_utf8(bytes_at(&plan, RECORD_FILE).to_vec()).unwrap();
        assert!(
            !record.contains("hush") && !record.contains("token"),
            "{record}"
        );
        let secret = SafePath::parse("b").unwrap();
        assert_eq!(record_of(&plan).templates[0].files[&secret].hash, None);
    }

    #[test]
    fn a_second_template_joins_the_first() {
        let (first, second) = (
            template("first", &[("a", 0o644, b"a")]),
            template("second", &[("b", 0o644, b"b")]),
        );
        let record = record_of(&kept(&first, None).unwrap());
        let record = record_of(&kept(&second, Some(&record)).unwrap());
        let names: Vec<&str> = record.templates.iter().map(|t| t.name.as_str()).collect();
        assert_eq!(names, ["first", "second"]);
        // Once more the first: it keeps its place.
        let record = record_of(&kept(&first, Some(&record)).unwrap());
        assert_eq!(record.templates[0].name, "first");
        assert_eq!(record.templates.len(), 2);
    }

    #[test]
    fn two_templates_do_not_make_one_file() {
        let first = template("first", &[("src/a", 0o644, b"a")]);
        let record = record_of(&kept(&first, None).unwrap());
        let refused = |path: &str| {
            let second = template("second", &[(path, 0o644, b"b")]);
            kept(&second, Some(&record)).unwrap_err().to_string()
        };
        assert_eq!(
            refused("src/a"),
            "`src/a` belongs to the template `first` already"
        );
        assert!(
            refused("SRC/a").contains("where case"),
            "{}",
            refused("SRC/a")
        );
        assert!(refused("src").contains("folder"), "{}", refused("src"));
    }

    #[test]
    fn another_template_of_the_same_name_is_refused() {
        let template = template("t", &[("a", 0o644, b"a")]);
        let record = record_of(&kept(&template, None).unwrap());
        let answers = answers(&template);
        let plan = crate::plan(&template, &answers).unwrap();
        let origin = origin("git+https://git.example.com/t.git");
        let error = with_record(plan, &template, &answers, &origin, Some(&record)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the project has a template `t` already, from `built-in`"
        );
    }

    #[test]
    fn the_folder_of_what_is_kept_is_not_for_templates() {
        for path in [".perk/scaffold.toml", ".PERK/x"] {
            let template = template("t", &[(path, 0o644, b"")]);
            assert!(kept(&template, None).is_err(), "{path}");
        }
    }
}
