//! Engines for the tests of `perk docker-run`: those of the system, or else Debian's, unpacked into
//! a folder and not installed.
//!
//! The folder has one program or script for each that the tests start. Packages are unpacked beside
//! their place, and the folder is then renamed.

mod debian;
mod scripts;

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::{env, iter};

use anyhow::{Context, Result, bail, ensure};

use self::scripts::Layout;
use super::Skip;
use crate::process;
use crate::workspace::Workspace;

/// An engine, and what it is made of.
struct Engine {
    /// What is skipped without it.
    what: &'static str,
    name: &'static str,
    /// What the tests start.
    programs: &'static [&'static str],
    /// What these start.
    helpers: &'static [&'static str],
    packages: &'static [&'static str],
}

const ENGINES: [Engine; 2] = [
    Engine {
        what: "`perk docker-run` on docker",
        name: "docker",
        programs: &["dockerd", "docker"],
        helpers: &["containerd", "runc", "iptables"],
        packages: &[
            "docker.io",
            "containerd",
            "runc",
            "iptables",
            "iproute2",
            "busybox-static",
        ],
    },
    Engine {
        what: "`perk docker-run` on podman",
        name: "podman",
        programs: &["podman"],
        helpers: &["conmon", "runc"],
        packages: &[
            "podman",
            "conmon",
            "runc",
            "netavark",
            "aardvark-dns",
            "iptables",
            "iproute2",
            "busybox-static",
        ],
    },
];

/// What the tests need besides an engine.
const BESIDES: [&str; 2] = ["ip", BUSYBOX];
const BUSYBOX: &str = "busybox";

/// The lines that podman needs in its settings, where it is not the system's.
const SETTINGS_OF_PODMAN: &str = "podman.conf";
/// The folders of libraries that it needs, one a line: it starts itself without its script.
const LIBRARIES_OF_PODMAN: &str = "podman.libraries";

/// The programs that are tried in containers.
const PROGRAMS: [&str; 7] = ["curl", "wget", "python3", "git", "apt-get", "node", "java"];

/// The engines that are there.
#[derive(Debug, Default)]
pub(crate) struct Engines {
    /// The folder of what the tests start.
    pub(crate) folder: Option<PathBuf>,
    pub(crate) skips: Vec<Skip>,
}

/// Makes sure that the engines are there.
pub(crate) fn provide(workspace: &Workspace) -> Engines {
    let mut engines = Engines::default();
    if let Err(error) = may_start_engines() {
        let skip = Skip::new("`perk docker-run` on engines", &error);
        engines.skips.push(skip);
        return engines;
    }
    let folder = workspace.xtask_folder().join("engines");
    for engine in &ENGINES {
        match engine.provide(&folder) {
            Ok(()) => engines.folder = Some(folder.join("bin")),
            Err(error) => engines.skips.push(Skip::new(engine.what, &error)),
        }
    }
    engines.skips.extend(missing_programs());
    engines
}

/// Fails where no engine could be started, with what it lacks.
fn may_start_engines() -> Result<()> {
    ensure!(cfg!(target_os = "linux"), "engines for tests need Linux");
    let user = process::capture(&mut process::command_of_line("id -u"))?;
    ensure!(user.trim() == "0", "engines for tests need root");
    let trial = "unshare --net --mount --pid --fork --mount-proc mount -t tmpfs tmpfs /tmp";
    let mut trial = process::command_of_line(trial);
    let status = trial.stdout(Stdio::null()).stderr(Stdio::null()).status();
    let may = status.is_ok_and(|status| status.success());
    ensure!(may, "namespaces and mounts cannot be made here");
    Ok(())
}

fn missing_programs() -> Option<Skip> {
    let missing = PROGRAMS.iter().filter(|name| find(name).is_none());
    let missing: Vec<_> = missing.copied().collect();
    let error = anyhow::anyhow!("not installed: {}", missing.join(", "));
    (!missing.is_empty()).then(|| Skip::new("programs in containers", &error))
}

impl Engine {
    /// Puts the engine's programs into the folder `bin`, if they are not there yet.
    fn provide(&self, folder: &Path) -> Result<()> {
        let stamp = folder.join(format!("{}.version", self.name));
        let is_of_system = self.all_programs().all(|name| find(name).is_some());
        let wanted = if is_of_system {
            "of the system".to_owned()
        } else {
            self.packages.join(" ")
        };
        if fs::read_to_string(&stamp).is_ok_and(|found| found == wanted) {
            return Ok(());
        }
        remove_file(&stamp)?;
        let programs = folder.join("bin");
        fs::create_dir_all(&programs).context("failed to create the folder of engines")?;
        for name in self
            .all_programs()
            .chain([SETTINGS_OF_PODMAN, LIBRARIES_OF_PODMAN])
        {
            remove_file(&programs.join(name))?;
        }
        if is_of_system {
            for name in self.programs {
                let program = find(name).with_context(|| format!("`{name}` is gone"))?;
                link(&program, &programs.join(name))?;
            }
        } else {
            let root = folder.join(self.name);
            debian::unpack(self.packages, &root)?;
            self.write_scripts(&root, &programs)?;
        }
        fs::write(&stamp, wanted).context("failed to mark the engine as complete")
    }

    fn all_programs(&self) -> impl Iterator<Item = &'static str> {
        let lists = [self.programs, self.helpers, &BESIDES];
        lists.into_iter().flatten().copied()
    }

    /// Writes a script for each program that was unpacked.
    fn write_scripts(&self, root: &Path, programs: &Path) -> Result<()> {
        let layout = Layout::of(root)?;
        layout.link_iptables()?;
        for name in self.programs.iter().chain(&BESIDES) {
            let path = programs.join(name);
            match layout.find(name) {
                // It goes into images, and needs nothing to run.
                Some(program) if *name == BUSYBOX => link(&program, &path)?,
                Some(program) => write_script(&path, &layout.script(&program))?,
                None if find(name).is_some() => {}
                None => bail!("`{name}` is in none of {}", self.packages.join(", ")),
            }
        }
        if self.programs.contains(&"podman") {
            for (name, text) in [
                (SETTINGS_OF_PODMAN, layout.settings_of_podman()),
                (LIBRARIES_OF_PODMAN, layout.libraries("\n")),
            ] {
                fs::write(programs.join(name), text)
                    .with_context(|| format!("failed to write `{name}`"))?;
            }
        }
        Ok(())
    }
}

fn write_script(path: &Path, script: &str) -> Result<()> {
    fs::write(path, script).with_context(|| format!("failed to write `{}`", path.display()))?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
        .with_context(|| format!("failed to make `{}` a program", path.display()))
}

/// Returns a program of the system, also one that only root has on the path.
fn find(name: &str) -> Option<PathBuf> {
    let folders = env::var_os("PATH").unwrap_or_default();
    let own = env::split_paths(&folders);
    let folders: Vec<PathBuf> = own.chain(iter::once("/usr/sbin".into())).collect();
    folders
        .into_iter()
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
}

fn link(target: &Path, path: &Path) -> Result<()> {
    symlink(target, path).with_context(|| format!("failed to link `{}`", path.display()))
}

fn remove_file(path: &Path) -> Result<()> {
    if path.is_symlink() || path.exists() {
        fs::remove_file(path).with_context(|| format!("failed to remove `{}`", path.display()))?;
    }
    Ok(())
}
