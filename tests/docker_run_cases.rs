//! The cases of `tests/cases/docker_run`: what is there and what is typed in, what comes out.
//!
//! Each file is compared as a whole with what it would be if it were written from the results. On a
//! difference the new text is written beside the build, to be reviewed and copied.

use std::collections::BTreeMap;
use std::thread;

use camino::{Utf8Path, Utf8PathBuf};
use perk_test::{Invocation, Outcome, TestContext};
use serde_json::Value;

use crate::context;

#[path = "docker_run_cases/case.rs"]
mod case;

use case::{Case, Cases};

/// What is added whatever the proxy is. It is compared where a case asks for all words.
const ALWAYS: [&str; 2] = ["NODE_USE_ENV_PROXY=1", "JAVA_TOOL_OPTIONS="];

#[test]
fn every_case_gives_what_its_file_says() {
    let mut different = Vec::new();
    for (path, text) in files() {
        let name = path.file_stem().unwrap();
        let cases = Cases::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let actual = in_parallel(cases).to_toml();
        if actual != text {
            let path = Utf8Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.toml"));
            perk_fs::write_atomic(&path, actual.as_bytes()).unwrap();
            different.push(path);
        }
    }
    assert!(different.is_empty(), "new texts: {different:#?}");
}

/// Each case is run once more, to be explained.
#[test]
fn every_document_fits_its_schema_and_has_no_password() {
    let cases = files()
        .into_iter()
        .flat_map(|(_, text)| Cases::parse(&text).unwrap().case);
    let cases = cases.filter(|case| case.code.is_none());
    let run = |case: &Case| {
        let context = context();
        let shown = invocation(case, &context, &[]).run();
        assert_fits("docker-run", &shown, &case.name);
        let explained = invocation(case, &context, &["--explain", "--program", "curl"]).run();
        assert_fits("docker-run-explain", &explained, &case.name);
        let is_asked_for = case
            .arguments
            .list()
            .iter()
            .any(|word| word == "--show-secrets" || word.contains("hunter2"));
        let text = if is_asked_for { "" } else { &shown.stdout };
        for text in [text, &explained.stdout, &explained.stderr] {
            assert!(!text.contains("hunter2"), "{}: {text}", case.name);
        }
    };
    let cases: Vec<_> = cases.collect();
    thread::scope(|scope| {
        for part in cases.chunks(cases.len().div_ceil(4)) {
            scope.spawn(move || part.iter().for_each(run));
        }
    });
}

fn assert_fits(name: &str, outcome: &Outcome, case: &str) {
    let document: Value = serde_json::from_str(&outcome.stdout)
        .unwrap_or_else(|error| panic!("{case}: {error}: {outcome}"));
    let schemas = perk::schemas();
    let (_, schema) = schemas.iter().find(|(known, _)| *known == name).unwrap();
    let mut compiler = boon::Compiler::new();
    let schema = schema.as_value().clone();
    compiler.add_resource("schema.json", schema).unwrap();
    let mut ready = boon::Schemas::new();
    let index = compiler.compile("schema.json", &mut ready).unwrap();
    if let Err(error) = ready.validate(&document, index) {
        panic!("{case}: {error:#}");
    }
}

#[test]
fn there_are_many_cases_with_names_of_their_own() {
    let mut names = Vec::new();
    for (_, text) in files() {
        let cases = Cases::parse(&text).unwrap().case;
        names.extend(cases.into_iter().map(|case| case.name));
    }
    assert!(names.len() >= 150, "{}", names.len());
    names.sort();
    let doubled: Vec<_> = names.windows(2).filter(|pair| pair[0] == pair[1]).collect();
    assert!(doubled.is_empty(), "{doubled:?}");
}

fn files() -> Vec<(Utf8PathBuf, String)> {
    let folder = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases/docker_run");
    let entries = folder.read_dir_utf8().unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().into_path()).collect();
    paths.sort();
    let read = |path: Utf8PathBuf| {
        let text = perk_fs::read_text(&path, perk_fs::DEFAULT_LIMIT).unwrap();
        (path, text)
    };
    paths.into_iter().map(read).collect()
}

/// The processes wait for the disk, so that there may be more of them than processors.
fn in_parallel(cases: Cases) -> Cases {
    let mut groups: Vec<Vec<(usize, Case)>> = (0..4).map(|_| Vec::new()).collect();
    for (index, case) in cases.case.into_iter().enumerate() {
        groups[index % 4].push((index, case));
    }
    let run_all = |group: Vec<(usize, Case)>| -> Vec<_> {
        let run = |(index, case)| (index, run(case));
        group.into_iter().map(run).collect()
    };
    let threads = groups
        .into_iter()
        .map(|group| thread::spawn(move || run_all(group)));
    let threads: Vec<_> = threads.collect();
    let done = threads
        .into_iter()
        .flat_map(|thread| thread.join().unwrap());
    let done: BTreeMap<usize, Case> = done.collect();
    Cases {
        case: done.into_values().collect(),
    }
}

/// Runs a case, and returns it with what came out.
fn run(case: Case) -> Case {
    let context = context();
    let outcome = invocation(&case, &context, &[]).run();
    let mut done = Case {
        code: outcome.code.filter(|code| *code != 0),
        command: Vec::new(),
        file: Vec::new(),
        warnings: Vec::new(),
        error: Vec::new(),
        ..case
    };
    match serde_json::from_str(&outcome.stdout) {
        Ok(document) => fill(&mut done, &document, &context),
        Err(_) => done.error = lines(&outcome),
    }
    done
}

fn invocation<'c>(case: &Case, context: &'c TestContext, options: &[&str]) -> Invocation<'c> {
    for (path, text) in &case.files {
        context.write(path, text);
    }
    let mut run = context.invocation(["docker-run", "--format", "json"]);
    let options = options.iter().map(ToString::to_string);
    for argument in options.chain(case.arguments.list()) {
        run = run.argument(argument);
    }
    for line in case.environment.lines() {
        let (name, value) = line.split_once('=').unwrap();
        run = run.variable(name, value);
    }
    run.variable("XDG_CACHE_HOME", context.root().join("cache"))
}

fn lines(outcome: &Outcome) -> Vec<String> {
    let text = format!("{}{}", outcome.stdout, outcome.stderr);
    text.lines().map(str::to_owned).collect()
}

fn fill(case: &mut Case, document: &Value, context: &TestContext) {
    let texts = |value: &Value| -> Vec<String> {
        let values = value.as_array().unwrap().iter();
        values
            .map(|value| value.as_str().unwrap().to_owned())
            .collect()
    };
    case.command = told_apart(&texts(&document["argv"]), case.whole);
    case.warnings = texts(&document["warnings"]);
    if let Some(path) = document["secret_file"].as_str() {
        let path = path.replace("[TEMP]", context.root().as_str());
        let text = perk_fs::read_text(Utf8Path::new(&path), perk_fs::DEFAULT_LIMIT).unwrap();
        case.file = text.lines().map(str::to_owned).collect();
    }
}

/// Puts an option and its value on one line, and the two spellings of a variable too.
fn told_apart(words: &[String], whole: bool) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut words = words.iter().peekable();
    while let Some(word) = words.next() {
        let takes_value = ["-e", "--mount", "--add-host", "--env-file"].contains(&word.as_str());
        let value = takes_value.then(|| words.next()).flatten();
        let Some(value) = value else {
            lines.push(word.clone());
            continue;
        };
        let line = format!("{word} {value}");
        let is_always = ALWAYS.iter().any(|always| value.starts_with(always));
        if is_always && !whole {
            continue;
        }
        match lines.last_mut() {
            Some(last) if last.starts_with("-e ") && last.to_uppercase() == line.to_uppercase() => {
                *last = last.replacen("-e ", "-e both ", 1);
            }
            _ => lines.push(line),
        }
    }
    lines
}
