//! Scripts that start programs of packages which are unpacked and not installed.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Where packages keep their programs.
const PROGRAMS: [&str; 5] = ["links", "usr/sbin", "usr/bin", "sbin", "bin"];

/// A folder with unpacked packages.
pub(super) struct Layout {
    root: PathBuf,
    /// The folders of libraries, such as `/…/usr/lib/x86_64-linux-gnu`.
    libraries: Vec<PathBuf>,
}

impl Layout {
    /// Looks where the packages have their libraries.
    pub(super) fn of(root: &Path) -> Result<Self> {
        let root = root
            .canonicalize()
            .context("failed to find the packages' folder")?;
        let parents = ["usr/lib", "lib"].map(|name| root.join(name));
        let folders = parents
            .iter()
            .filter_map(|parent| fs::read_dir(parent).ok());
        let folders = folders.flatten().flatten().map(|entry| entry.path());
        let is_of_architecture = |path: &PathBuf| path.to_string_lossy().contains("-linux-");
        Ok(Self {
            libraries: folders.filter(is_of_architecture).collect(),
            root,
        })
    }

    pub(super) fn find(&self, name: &str) -> Option<PathBuf> {
        let folders = PROGRAMS.iter().map(|folder| self.root.join(folder));
        folders
            .map(|folder| folder.join(name))
            .find(|path| path.is_file())
    }

    /// Makes the links that the installation of the package would make.
    pub(super) fn link_iptables(&self) -> Result<()> {
        let program = self.root.join("usr/sbin/xtables-nft-multi");
        let links = self.root.join("links");
        if !program.is_file() || links.is_dir() {
            return Ok(());
        }
        fs::create_dir(&links).context("failed to create the folder of links")?;
        for name in ["iptables", "iptables-save", "iptables-restore", "ip6tables"] {
            symlink(&program, links.join(name)).context("failed to link iptables")?;
        }
        Ok(())
    }

    /// Returns the folders of libraries.
    pub(super) fn libraries(&self, separator: &str) -> String {
        joined(&self.libraries, separator)
    }

    pub(super) fn script(&self, program: &Path) -> String {
        let programs = PROGRAMS.map(|folder| self.root.join(folder));
        let extensions: Vec<_> = self.libraries.iter().map(|it| it.join("xtables")).collect();
        let extensions = extensions.iter().find(|folder| folder.is_dir());
        let extensions = extensions.map_or_else(String::new, |folder| {
            format!("export XTABLES_LIBDIR='{}'\n", folder.display())
        });
        format!(
            "#!/bin/sh\n\
             export PATH='{}':\"$PATH\"\n\
             export LD_LIBRARY_PATH='{}'\n\
             {extensions}\
             exec '{}' \"$@\"\n",
            joined(&programs, ":"),
            self.libraries(":"),
            program.display()
        )
    }

    /// Returns lines of the table `[engine]` of containers.conf.
    pub(super) fn settings_of_podman(&self) -> String {
        let root = self.root.display();
        let helpers = format!("helper_binaries_dir = [\"{root}/usr/lib/podman\"]");
        let path_of = |name: &str| Some(self.find(name)?.display().to_string());
        let conmon = path_of("conmon").map(|path| format!("conmon_path = [\"{path}\"]"));
        let runc = path_of("runc").map(|path| format!("[engine.runtimes]\nrunc = [\"{path}\"]"));
        let lines: Vec<_> = [Some(helpers), conmon, runc]
            .into_iter()
            .flatten()
            .collect();
        lines.join("\n") + "\n"
    }
}

fn joined(paths: &[PathBuf], separator: &str) -> String {
    let paths = paths.iter().map(|path| path.display().to_string());
    paths.collect::<Vec<_>>().join(separator)
}
