//! Templates and answers that mean harm: each is refused with a clear error, and nothing outside
//! the template is read or written.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

mod bulk;
mod disk;
mod given;
mod sandbox;

use sandbox::Sandbox;

/// A template that is made of texts.
struct Case {
    /// What it tries.
    name: &'static str,
    /// What follows the head of the manifest.
    manifest: &'static str,
    /// Paths below `files`, modes and contents.
    files: &'static [(&'static str, u32, &'static str)],
    /// Answers.
    set: &'static [(&'static str, &'static str)],
    /// What the error says.
    error: &'static str,
}

#[test]
fn every_template_that_means_harm_is_refused() {
    let mut problems = Vec::new();
    for case in bulk::cases().iter().chain(given::CASES) {
        let sandbox = Sandbox::new(case.manifest);
        for (path, mode, content) in case.files {
            sandbox.add(path, *mode, content.as_bytes());
        }
        problems.extend(sandbox.check_from_files(case.name, case.set, case.error));
    }
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn every_folder_that_means_harm_is_refused() {
    let mut problems = Vec::new();
    for case in disk::CASES {
        let sandbox = Sandbox::new("");
        sandbox.write_to_disk();
        (case.prepare)(&sandbox);
        problems.extend(sandbox.check_from_disk(case.name, case.error));
    }
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn every_destination_that_means_harm_is_refused() {
    let mut problems = Vec::new();
    for case in disk::DESTINATIONS {
        let sandbox = Sandbox::new("");
        sandbox.add("src/a.txt", 0o644, b"a");
        sandbox.write_to_disk();
        (case.prepare)(&sandbox);
        problems.extend(sandbox.check_destination(case.name, case.error));
    }
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn there_are_enough_of_them() {
    let count =
        given::CASES.len() + bulk::cases().len() + disk::CASES.len() + disk::DESTINATIONS.len();
    assert!(count >= 100, "{count}");
}
