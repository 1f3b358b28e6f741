//! Cases as data: what stands in which place, and what becomes of it.
//!
//! Each file of `tests/cases` is compared as a whole with what it would be if it were written from
//! the results, so that nothing that is said goes unnoticed. On a difference the new text is
//! written beside the build, to be reviewed and copied.

#![expect(clippy::expect_used, reason = "what fails here fails the test")]

mod case;
mod run;

use case::Cases;

const FILES: &[(&str, &str)] = &[
    ("addresses", include_str!("../cases/addresses.toml")),
    ("choice", include_str!("../cases/choice.toml")),
    ("desktop", include_str!("../cases/desktop.toml")),
    ("docker", include_str!("../cases/docker.toml")),
    ("environment", include_str!("../cases/environment.toml")),
    ("exemptions", include_str!("../cases/exemptions.toml")),
    ("programs", include_str!("../cases/programs.toml")),
    ("script", include_str!("../cases/script.toml")),
    ("variables", include_str!("../cases/variables.toml")),
];

#[test]
fn every_case_gives_what_its_file_says() {
    let mut different = Vec::new();
    for (name, text) in FILES {
        let cases: Cases = toml::from_str(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let results = cases.case.iter().map(run::run).collect();
        let actual = Cases { case: results }.to_toml();
        if actual != *text {
            let path = format!("{}/{name}.toml", env!("CARGO_TARGET_TMPDIR"));
            write(&path, &actual);
            different.push(path);
        }
    }
    assert!(different.is_empty(), "new texts: {different:#?}");
}

#[expect(clippy::disallowed_methods, reason = "a file for the developer alone")]
fn write(path: &str, text: &str) {
    std::fs::write(path, text).expect("a folder of the build");
}

#[test]
fn there_are_many_cases_with_names_of_their_own() {
    let mut names: Vec<String> = Vec::new();
    for (_, text) in FILES {
        let cases: Cases = toml::from_str(text).expect("valid");
        names.extend(cases.case.into_iter().map(|case| case.name));
    }
    assert!(names.len() >= 150, "{}", names.len());
    names.sort();
    let doubled: Vec<_> = names.windows(2).filter(|pair| pair[0] == pair[1]).collect();
    assert!(doubled.is_empty(), "{doubled:?}");
}

#[test]
fn no_password_is_in_what_is_shown() {
    for (name, text) in FILES {
        let cases: Cases = toml::from_str(text).expect("valid");
        for case in cases.case {
            let case_name = case.name.clone();
            let shown = run::shown(&case);
            for secret in ["hunter2", "aHVudGVyMg"] {
                assert!(!shown.contains(secret), "{name}: {case_name}: {shown}");
            }
        }
    }
}
