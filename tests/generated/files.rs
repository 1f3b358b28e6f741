//! Writes the generated files when asked to, and otherwise sees whether they are still true.

use std::collections::BTreeMap;
use std::fs;

use camino::{Utf8Path, Utf8PathBuf};

use super::{command_line, doctor, programs, settings};

/// Writes the files when it is `write`.
const VARIABLE: &str = "PERK_GENERATE";
/// Folders in which every file is generated.
const OWN_FOLDERS: [&str; 2] = ["man", "schema"];

/// File below docs/reference to its text.
type Files = BTreeMap<String, String>;

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the variable is the switch of this test"
)]
fn reference_is_true() {
    let files = generated();
    if std::env::var(VARIABLE).is_ok_and(|value| value == "write") {
        write(&files);
    }
    let wrong = wrong(&files);
    assert!(
        wrong.is_empty(),
        "out of date: {}; run `cargo xtask generate`",
        wrong.join(", ")
    );
}

fn generated() -> Files {
    let mut command = perk::command();
    command.build();
    let mut files = Files::from([
        ("cli.md".to_owned(), command_line::page(&command)),
        ("config.md".to_owned(), settings::page()),
        ("programs.md".to_owned(), programs::page()),
        ("docker-run-doctor.md".to_owned(), doctor::page()),
    ]);
    for (name, text) in command_line::manual(&command) {
        files.insert(format!("man/{name}.1"), text);
    }
    for (name, schema) in perk::schemas() {
        let text = serde_json::to_string_pretty(&schema).unwrap();
        files.insert(format!("schema/{name}.json"), text + "\n");
    }
    files
}

fn folder() -> Utf8PathBuf {
    Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference")
}

fn write(files: &Files) {
    for name in left_over(files) {
        fs::remove_file(folder().join(name)).unwrap();
    }
    for (name, text) in files {
        let path = folder().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        perk_fs::write_atomic(&path, text.as_bytes()).unwrap();
    }
}

fn wrong(files: &Files) -> Vec<String> {
    let is_wrong = |name: &str, text: &str| {
        perk_fs::read_text(&folder().join(name), perk_fs::DEFAULT_LIMIT)
            .map_or(true, |found| found != text)
    };
    let differing = files
        .iter()
        .filter(|(name, text)| is_wrong(name, text))
        .map(|(name, _)| name.clone());
    differing.chain(left_over(files)).collect()
}

/// Returns the files that were generated once and no longer are.
fn left_over(files: &Files) -> Vec<String> {
    let existing = |subfolder: &str| -> Vec<String> {
        let Ok(entries) = folder().join(subfolder).read_dir_utf8() else {
            return Vec::new();
        };
        let name = |entry: std::io::Result<camino::Utf8DirEntry>| {
            format!("{subfolder}/{}", entry.unwrap().file_name())
        };
        entries.map(name).collect()
    };
    let existing = OWN_FOLDERS.into_iter().flat_map(existing);
    existing.filter(|name| !files.contains_key(name)).collect()
}
