//! Tells the compiler two things: when to embed the migrations again, and where PostgreSQL is
//! installed, so that tests which need a server are shown as ignored where there is none.

use std::path::{Path, PathBuf};

const INSTALLATIONS: &str = "/usr/lib/postgresql";

fn main() {
    println!("cargo:rerun-if-changed=migrations");
    println!("cargo:rustc-check-cfg=cfg(postgresql_installed)");
    if let Some(folder) = find_postgresql() {
        println!("cargo:rerun-if-changed={}", folder.join("initdb").display());
        println!("cargo:rustc-cfg=postgresql_installed");
        println!("cargo:rustc-env=POSTGRESQL_PROGRAMS={}", folder.display());
    }
}

/// Looks where distributions put the programs of the server, the newest version first.
fn find_postgresql() -> Option<PathBuf> {
    let installed = std::fs::read_dir(INSTALLATIONS)
        .into_iter()
        .flatten()
        .flatten();
    let mut folders: Vec<PathBuf> = installed.map(|entry| entry.path().join("bin")).collect();
    folders.sort();
    folders.reverse();
    folders.extend(["/opt/homebrew/bin", "/usr/local/bin", "/usr/bin"].map(PathBuf::from));
    folders.into_iter().find(|folder| has_programs(folder))
}

fn has_programs(folder: &Path) -> bool {
    ["initdb", "pg_ctl"]
        .iter()
        .all(|program| folder.join(program).is_file())
}
