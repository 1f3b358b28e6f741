//! Embeds the templates: writes a table of their files, from which the compiler includes the bytes.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, error, fs, io};

use ignore::{DirEntry, WalkBuilder};

// The modes as git has them, as they are written into the table.
const LINK: &str = "0o120_000";
const FILE: &str = "0o100_644";
const EXECUTABLE: &str = "0o100_755";

type Outcome<T> = Result<T, Box<dyn error::Error>>;

#[expect(
    clippy::disallowed_methods,
    reason = "a build script is told everything by variables, and writes one file"
)]
fn main() -> Outcome<()> {
    let templates = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../../templates");
    let templates = templates.canonicalize()?;
    println!("cargo::rerun-if-changed={}", templates.display());
    let table = PathBuf::from(env::var("OUT_DIR")?).join("templates.rs");
    fs::write(table, source_of_table(&templates)?)?;
    Ok(())
}

/// Returns the table as the source of a constant expression.
fn source_of_table(templates: &Path) -> Outcome<String> {
    let mut names: Vec<String> = Vec::new();
    for entry in templates.read_dir()? {
        let entry = entry?;
        if entry.path().join("template.toml").is_file() {
            names.push(text(Path::new(&entry.file_name()))?);
        }
    }
    names.sort();
    let mut source = "&[\n".to_owned();
    for name in names {
        let files = source_of_files(&templates.join(&name))?;
        write!(
            source,
            "BuiltIn {{ name: {name:?}, files: &[\n{files}] }},\n"
        )?;
    }
    source.push_str("]\n");
    Ok(source)
}

fn source_of_files(template: &Path) -> Outcome<String> {
    let mut entries = Vec::new();
    for entry in walk(template) {
        let entry = entry?;
        if !entry.file_type().is_some_and(|kind| kind.is_dir()) {
            entries.push(entry);
        }
    }
    entries.sort_by(|left, right| left.path().cmp(right.path()));
    let mut source = String::new();
    for entry in entries {
        let path = text(entry.path().strip_prefix(template)?)?;
        if path == "template.toml" || path.starts_with("files/") {
            writeln!(source, "({path:?}, {}),", mode_and_bytes(&entry)?)?;
        }
    }
    Ok(source)
}

/// Lists what git would have: everything but what `.gitignore` files name.
fn walk(template: &Path) -> ignore::Walk {
    WalkBuilder::new(template)
        .hidden(false)
        .require_git(false)
        .git_global(false)
        .git_exclude(false)
        .ignore(false)
        .build()
}

fn mode_and_bytes(entry: &DirEntry) -> Outcome<String> {
    if entry.path_is_symlink() {
        let target = text(&fs::read_link(entry.path())?)?;
        return Ok(format!("{LINK}, b{target:?}"));
    }
    let mode = if is_executable(entry)? {
        EXECUTABLE
    } else {
        FILE
    };
    let path = text(entry.path())?;
    Ok(format!("{mode}, include_bytes!({path:?})"))
}

#[cfg(unix)]
fn is_executable(entry: &DirEntry) -> Outcome<bool> {
    use std::os::unix::fs::PermissionsExt as _;

    Ok(entry.metadata()?.permissions().mode() & 0o100 != 0)
}

fn text(path: &Path) -> io::Result<String> {
    let name = path.to_str().map(str::to_owned);
    name.ok_or_else(|| io::Error::other(format!("{} is not UTF-8", path.display())))
}
