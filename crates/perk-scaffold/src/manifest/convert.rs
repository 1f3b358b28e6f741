//! The text of `template.toml` to a manifest, or the first mistake in it with its place.

use std::ops::Range;

use perk_diag::LineIndex;
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::DeTable;

use super::question::QuestionReader;
use super::rules::{Rule, Rules, glob};
use super::schema::{
    CheckTable, ComputedTable, HookTable, ManifestTable, RuleTable, TemplateTable,
};
use super::{
    Check, Computed, Hook, HookMoment, MANIFEST_FILE, Manifest, ManifestProblem, Question, keys,
};
use crate::render::{Compiled, Condition, Delimiters, Names, Reach, Shape, compile};
use crate::{Place, ScaffoldError};

/// The most questions, computed values, rules, hooks or checks.
const MAX_ENTRIES: usize = 500;
/// The most bytes of the manifest.
const MAX_BYTES: usize = 1024 * 1024;

/// A problem with the bytes that it is about.
pub(crate) type Problem = (Range<usize>, ManifestProblem);

impl Manifest {
    /// Parses the text of `template.toml`.
    pub fn parse(text: &str) -> Result<Self, ScaffoldError> {
        let index = LineIndex::new(text);
        Self::parse_or_problem(text).map_err(|(span, problem)| ScaffoldError::Manifest {
            place: Place {
                file: MANIFEST_FILE.to_owned(),
                position: Some(index.line_column(u32::try_from(span.start).unwrap_or(u32::MAX))),
            },
            problem,
        })
    }

    /// Parses the text of `template.toml`, or says what is wrong with which bytes.
    pub(crate) fn parse_or_problem(text: &str) -> Result<Self, Problem> {
        convert(text)
    }
}

fn convert(text: &str) -> Result<Manifest, Problem> {
    if text.len() > MAX_BYTES {
        return Err((0..0, too_many("bytes", MAX_BYTES)));
    }
    let root = DeTable::parse(text).map_err(|error| toml_problem(&error))?;
    if let Some(problem) = keys::unknown_key(root.get_ref()) {
        return Err(problem);
    }
    let table: ManifestTable = deserialize(text)?;
    if *table.schema.get_ref() != 1 {
        let problem = ManifestProblem::Schema(*table.schema.get_ref());
        return Err((table.schema.span(), problem));
    }
    check_header(&table.template)?;
    let mut names = names_of_surroundings();
    let questions = questions(&table, &mut names)?;
    let computed = computed(&table.computed, &questions, &mut names)?;
    Ok(Manifest {
        name: table.template.name.get_ref().clone(),
        version: table.template.version.get_ref().clone(),
        description: table.template.description.get_ref().clone(),
        rules: rules(&table.rule, &questions, &names)?,
        hooks: limited(&table.hook, "hooks")?
            .iter()
            .map(|table| hook(table, &names))
            .collect::<Result<_, _>>()?,
        checks: limited(&table.check, "checks")?
            .iter()
            .map(check)
            .collect::<Result<_, _>>()?,
        questions,
        computed,
        names,
    })
}

fn deserialize<T: DeserializeOwned>(text: &str) -> Result<T, Problem> {
    toml::from_str(text).map_err(|error| toml_problem(&error))
}

fn toml_problem(error: &toml::de::Error) -> Problem {
    let message = error.message().trim().replace('\n', ", ");
    (
        error.span().unwrap_or_default(),
        ManifestProblem::Toml(message),
    )
}

fn check_header(table: &TemplateTable) -> Result<(), Problem> {
    if !is_template_name(table.name.get_ref()) {
        return Err(bad_name(
            &table.name,
            "template's name",
            "lower-case letters, digits and hyphens",
        ));
    }
    if !is_version(table.version.get_ref()) {
        return Err(bad_name(
            &table.version,
            "version",
            "three numbers such as 1.0.0",
        ));
    }
    printable("description", &table.description)
}

/// Returns whether a text is a name that a template may have.
pub(crate) fn is_template_name(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let starts = name.starts_with(|letter: char| letter.is_ascii_lowercase());
    starts && name.bytes().all(is_plain) && name.len() <= 64
}

/// Returns whether a text is a version in the manner of semver.
fn is_version(text: &str) -> bool {
    let core = text.split(['-', '+']).next().unwrap_or_default();
    let is_number = |part: &str| {
        let has_leading_zero = part.len() > 1 && part.starts_with('0');
        !part.is_empty() && !has_leading_zero && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-+".contains(&byte);
    core.split('.').count() == 3
        && core.split('.').all(is_number)
        && text.bytes().all(is_plain)
        && !text.ends_with(['-', '+', '.'])
        && text.len() <= 64
}

fn questions(table: &ManifestTable, names: &mut Names) -> Result<Vec<Question>, Problem> {
    let mut questions = Vec::new();
    for entry in limited(&table.question, "questions")? {
        let reader = QuestionReader {
            table: entry.get_ref(),
            earlier: &questions,
        };
        let question = reader.read(names)?;
        let shape = if question.kind.is_list() {
            Shape::List
        } else {
            Shape::Scalar
        };
        names.insert(question.key.clone(), shape);
        questions.push(question);
    }
    Ok(questions)
}

fn computed(
    tables: &[ComputedTable],
    questions: &[Question],
    names: &mut Names,
) -> Result<Vec<Computed>, Problem> {
    let mut all: Vec<Computed> = Vec::new();
    for table in limited(tables, "computed values")? {
        let key = super::question::new_key(&table.key, names)?;
        let value = expression(&table.value, names, true)?;
        let is_secret_name = |name: &String| {
            let is_asked =
                |question: &Question| question.key == *name && question.kind == super::Kind::Secret;
            questions.iter().any(is_asked)
                || all
                    .iter()
                    .any(|computed| computed.key == *name && computed.is_secret)
        };
        let is_secret = value.used().iter().any(is_secret_name);
        names.insert(key.clone(), Shape::Scalar);
        all.push(Computed {
            key,
            is_secret,
            value,
        });
    }
    Ok(all)
}

fn rules(
    tables: &[Spanned<RuleTable>],
    questions: &[Question],
    names: &Names,
) -> Result<Rules, Problem> {
    let mut rules = Vec::new();
    for table in limited(tables, "rules")? {
        rules.push(rule(table, questions, names)?);
    }
    Rules::new(rules).map_err(|error| (0..0, glob_problem(&error)))
}

fn rule(
    table: &Spanned<RuleTable>,
    questions: &[Question],
    names: &Names,
) -> Result<(Rule, Vec<String>), Problem> {
    let span = table.span();
    let table = table.get_ref();
    if table.paths.is_empty() {
        return Err((span, ManifestProblem::Empty("paths")));
    }
    if table.when.is_none() && table.delimiters.is_none() && table.each.is_none() {
        return Err((span, ManifestProblem::IdleRule));
    }
    let mut patterns = Vec::new();
    for path in &table.paths {
        glob(path.get_ref()).map_err(|error| (path.span(), glob_problem(&error)))?;
        patterns.push(path.get_ref().clone());
    }
    let rule = Rule {
        when: table
            .when
            .as_ref()
            .map(|when| condition(when, names))
            .transpose()?,
        delimiters: table.delimiters.as_ref().map(delimiters).transpose()?,
        each: table
            .each
            .as_ref()
            .map(|each| list_key(each, questions))
            .transpose()?,
    };
    Ok((rule, patterns))
}

fn delimiters(table: &Spanned<Vec<String>>) -> Result<Delimiters, Problem> {
    let read = match table.get_ref().as_slice() {
        [open, close] => Delimiters::new(open, close),
        _ => None,
    };
    read.ok_or_else(|| (table.span(), ManifestProblem::Delimiters))
}

fn list_key(each: &Spanned<String>, questions: &[Question]) -> Result<String, Problem> {
    let key = each.get_ref();
    let is_list = |question: &Question| question.key == *key && question.kind.is_list();
    if questions.iter().any(is_list) {
        Ok(key.clone())
    } else {
        Err((each.span(), ManifestProblem::NotAList(key.clone())))
    }
}

fn hook(table: &HookTable, names: &Names) -> Result<Hook, Problem> {
    let at = match table.at.get_ref().as_str() {
        "before" => HookMoment::Before,
        "after" => HookMoment::After,
        word => {
            let problem = ManifestProblem::UnknownWord {
                word: word.to_owned(),
                known: "`before`, `after`".to_owned(),
            };
            return Err((table.at.span(), problem));
        }
    };
    Ok(Hook {
        at,
        run: program(&table.run)?,
        when: table
            .when
            .as_ref()
            .map(|when| condition(when, names))
            .transpose()?,
    })
}

fn check(table: &CheckTable) -> Result<Check, Problem> {
    printable("name", &table.name)?;
    Ok(Check {
        name: table.name.get_ref().clone(),
        run: program(&table.run)?,
    })
}

fn program(run: &Spanned<Vec<String>>) -> Result<Vec<String>, Problem> {
    let words = run.get_ref();
    if words.first().is_none_or(String::is_empty) {
        return Err((run.span(), ManifestProblem::Empty("run")));
    }
    if words.iter().any(|word| is_unprintable(word)) {
        return Err((run.span(), ManifestProblem::Unprintable("run")));
    }
    Ok(words.clone())
}

fn names_of_surroundings() -> Names {
    let table = |names: &[&str]| {
        let names = names.iter().map(|&name| (name.to_owned(), Shape::Scalar));
        Shape::Object(names.collect())
    };
    Names::from([
        ("project".to_owned(), table(&["name"])),
        ("template".to_owned(), table(&["name", "version"])),
    ])
}

/// Compiles a condition.
pub(super) fn condition(source: &Spanned<String>, names: &Names) -> Result<Condition, Problem> {
    Condition::compile(source.get_ref(), names)
        .map_err(|fault| (source.span(), ManifestProblem::Expression(fault.problem)))
}

/// Compiles a text with tags.
pub(super) fn expression(
    source: &Spanned<String>,
    names: &Names,
    has_moment: bool,
) -> Result<Compiled, Problem> {
    let reach = Reach { names, has_moment };
    compile(source.get_ref(), &Delimiters::braces(), reach)
        .map_err(|fault| (source.span(), ManifestProblem::Expression(fault.problem)))
}

/// Fails if a text for people is empty or could trick a terminal.
pub(super) fn printable(what: &'static str, text: &Spanned<String>) -> Result<(), Problem> {
    if text.get_ref().trim().is_empty() {
        return Err((text.span(), ManifestProblem::Empty(what)));
    }
    if is_unprintable(text.get_ref()) {
        return Err((text.span(), ManifestProblem::Unprintable(what)));
    }
    Ok(())
}

fn is_unprintable(text: &str) -> bool {
    crate::answers::check_text(text).is_err()
}

fn bad_name(name: &Spanned<String>, what: &'static str, form: &'static str) -> Problem {
    let problem = ManifestProblem::Name {
        name: name.get_ref().clone(),
        what,
        form,
    };
    (name.span(), problem)
}

fn glob_problem(error: &globset::Error) -> ManifestProblem {
    ManifestProblem::Glob {
        pattern: error.glob().unwrap_or_default().replace('\\', ""),
        problem: error.kind().to_string(),
    }
}

fn limited<'t, T>(tables: &'t [T], what: &'static str) -> Result<&'t [T], Problem> {
    if tables.len() > MAX_ENTRIES {
        return Err((0..0, too_many(what, MAX_ENTRIES)));
    }
    Ok(tables)
}

fn too_many(what: &'static str, limit: usize) -> ManifestProblem {
    ManifestProblem::TooMany { what, limit }
}
