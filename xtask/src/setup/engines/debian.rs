//! Packages of Debian, and of what is made from it, fetched and unpacked without installing them.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process;

/// Unpacks packages, with all that they depend on and is not installed, into a folder.
pub(super) fn unpack(packages: &[&str], root: &Path) -> Result<()> {
    for program in ["apt-get", "dpkg-deb"] {
        if !process::is_installed(program) {
            bail!("`{program}` is not installed");
        }
    }
    let partial = root.with_extension(format!("partial-{}", std::process::id()));
    let unpacked = unpack_into(packages, &partial).and_then(|()| {
        remove_folder(root)?;
        fs::rename(partial.join("root"), root).context("failed to rename the packages' folder")
    });
    remove_folder(&partial)?;
    unpacked
}

fn unpack_into(packages: &[&str], folder: &Path) -> Result<()> {
    remove_folder(folder)?;
    let apt = Apt::new(folder)?;
    let lists_of_system = apt.download(packages, None);
    if lists_of_system.is_err() {
        // There are no lists of packages, or they are old.
        apt.update()?;
        apt.download(packages, Some(&apt.lists))?;
    }
    let root = folder.join("root");
    fs::create_dir(&root).context("failed to create the packages' folder")?;
    for archive in apt.archives()? {
        let words: [&OsStr; 3] = ["--extract".as_ref(), archive.as_ref(), root.as_ref()];
        process::capture(&mut process::command("dpkg-deb", &words))?;
    }
    Ok(())
}

/// apt with folders of its own.
struct Apt {
    archives: PathBuf,
    lists: PathBuf,
}

impl Apt {
    fn new(folder: &Path) -> Result<Self> {
        let apt = Self {
            archives: folder.join("archives"),
            lists: folder.join("lists"),
        };
        for folder in [&apt.archives, &apt.lists] {
            fs::create_dir_all(folder.join("partial")).context("failed to create apt's folder")?;
        }
        Ok(apt)
    }

    fn update(&self) -> Result<()> {
        let mut update = process::command("apt-get", &["update", "--quiet", "--quiet"]);
        process::capture(own_folder(&mut update, "Dir::State::lists", &self.lists)).map(drop)
    }

    fn download(&self, packages: &[&str], lists: Option<&Path>) -> Result<()> {
        let words = "install --yes --download-only --no-install-recommends --quiet --quiet";
        let words: Vec<_> = words.split(' ').collect();
        let mut install = process::command("apt-get", &words);
        own_folder(&mut install, "Dir::Cache::archives", &self.archives);
        if let Some(lists) = lists {
            own_folder(&mut install, "Dir::State::lists", lists);
        }
        process::capture(install.args(packages)).map(drop)
    }

    fn archives(&self) -> Result<Vec<PathBuf>> {
        let entries = fs::read_dir(&self.archives).context("failed to list apt's folder")?;
        let paths = entries.map(|entry| Ok(entry?.path()));
        let mut paths = paths.collect::<Result<Vec<_>>>()?;
        paths.retain(|path| path.extension() == Some(OsStr::new("deb")));
        Ok(paths)
    }
}

/// Has apt use a folder. Its usual user may not write there.
fn own_folder<'c>(command: &'c mut Command, option: &str, folder: &Path) -> &'c mut Command {
    command
        .args([
            "-o",
            "Debug::NoLocking=true",
            "-o",
            "APT::Sandbox::User=root",
            "-o",
        ])
        .arg(format!("{option}={}/", folder.display()))
}

fn remove_folder(folder: &Path) -> Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    fs::remove_dir_all(folder).with_context(|| format!("failed to remove `{}`", folder.display()))
}
