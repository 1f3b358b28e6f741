//! Images without a registry: programs of this machine, with all that they need to run.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::programs::{EnginePrograms, SYSTEM_PATH, find_in};
use super::write;

/// Where busybox has its links, behind all other programs.
const APPLETS_FOLDER: &str = "busybox";
const APPLETS: [&str; 12] = [
    "cat", "env", "false", "httpd", "id", "ls", "mkdir", "sleep", "stty", "timeout", "true", "wc",
];

/// Where programs look for the certificates that they trust.
const BUNDLE: &str = "etc/ssl/certs/ca-certificates.crt";

/// Prints one line for each file or folder that Python needs.
const PYTHON_PARTS: &str = r#"
import importlib.util, os, sys, sysconfig
print(os.path.realpath(sys.executable))
library = sysconfig.get_path("stdlib")
unwanted = {"site-packages", "dist-packages", "test", "idlelib", "ensurepip", "lib2to3", "tkinter"}
for name in os.listdir(library):
    if name not in unwanted and not name.startswith("config-"):
        print(os.path.join(library, name))
for name in ["requests", "urllib3", "idna", "certifi", "charset_normalizer", "chardet"]:
    found = importlib.util.find_spec(name)
    for folder in (found.submodule_search_locations or []) if found else []:
        print(folder)
"#;

/// An image that is still to be made.
#[derive(Debug)]
pub struct ClosureImage {
    /// Files and folders of this machine.
    paths: BTreeSet<PathBuf>,
    /// What the image has besides.
    own: TempDir,
    /// What is left out, since it is large.
    mounts: BTreeSet<PathBuf>,
}

impl ClosureImage {
    /// Begins an image with busybox and the certificates that programs in it trust.
    ///
    /// Returns `None` if this machine has no busybox that runs without libraries.
    pub fn new(programs: &EnginePrograms, certificates: &str) -> Option<Self> {
        let busybox = programs.find("busybox")?;
        let own = tempfile::tempdir().expect("a temporary folder");
        let mut image = Self {
            paths: BTreeSet::new(),
            own,
            mounts: BTreeSet::new(),
        };
        let applets = image.own_path(APPLETS_FOLDER);
        fs::create_dir(&applets).expect("a new folder");
        fs::copy(busybox, applets.join("busybox")).expect("a copied program");
        for name in APPLETS {
            symlink("busybox", applets.join(name)).expect("a link");
        }
        for folder in ["root", "tmp", "usr/bin", "usr/lib/ssl", "var/lib"] {
            fs::create_dir_all(image.own_path(folder)).expect("a new folder");
        }
        symlink(format!("/{BUNDLE}"), image.own_path("usr/lib/ssl/cert.pem")).expect("a link");
        image.file(BUNDLE, certificates);
        image.file("etc/passwd", "root:x:0:0:root:/root:/bin/sh\n");
        image.file("etc/nsswitch.conf", "hosts: files dns\n");
        for name in ["bin", "lib", "lib64", "sbin"] {
            let path = Path::new("/").join(name);
            if path.is_symlink() {
                image.paths.insert(path);
            } else {
                symlink(format!("usr/{name}"), image.own_path(name)).expect("a link");
            }
        }
        // The shell of busybox takes its own applets for programs of the same name.
        image.program("sh");
        Some(image)
    }

    /// Adds a file with a text.
    pub fn file(&self, path: &str, text: &str) {
        let path = self.own_path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        write(&path, text);
    }

    /// Adds a program of this machine with its libraries; tells whether it is there.
    pub fn program(&mut self, name: &str) -> bool {
        let found = find_in(&SYSTEM_PATH.into(), name);
        if let Some(path) = &found {
            self.add_with_libraries(std::slice::from_ref(path));
        }
        found.is_some()
    }

    /// Adds the libraries of a program that is large itself, and is one of [`Self::mounts`].
    pub fn mounted_program(&mut self, name: &str) -> bool {
        let found = find_in(&SYSTEM_PATH.into(), name).and_then(|it| it.canonicalize().ok());
        let Some(program) = found else {
            return false;
        };
        for path in libraries_of(std::slice::from_ref(&program)) {
            self.add(&path);
        }
        let link = self.own_path(APPLETS_FOLDER).join(name);
        if !link.is_symlink() {
            symlink(&program, link).expect("a link");
        }
        self.mounts.insert(program);
        true
    }

    /// Adds Python with its library, and with requests if that is installed.
    pub fn python(&mut self) -> bool {
        let asked = Command::new("python3").args(["-c", PYTHON_PARTS]).output();
        let Some(parts) = asked.ok().filter(|it| it.status.success()) else {
            return false;
        };
        let text = String::from_utf8_lossy(&parts.stdout);
        let parts: Vec<PathBuf> = text.lines().map(PathBuf::from).collect();
        let libraries = parts
            .iter()
            .filter(|part| part.ends_with("lib-dynload"))
            .flat_map(|folder| files_of(folder));
        let binaries: Vec<_> = parts.iter().take(1).cloned().chain(libraries).collect();
        self.add_with_libraries(&binaries);
        if let Some(program) = parts.first() {
            // Its own place may be none where programs are looked for.
            symlink(program, self.own_path("busybox/python3")).expect("a link");
        }
        for part in &parts {
            self.add(part);
        }
        !parts.is_empty()
    }

    /// Tells whether the Python that was added has requests.
    pub fn has_requests(&self) -> bool {
        self.paths.iter().any(|path| path.ends_with("requests"))
    }

    /// Adds git with what it reaches servers with.
    pub fn git(&mut self) -> bool {
        let is_there = self.program("git");
        let asked = Command::new("git").arg("--exec-path").output();
        let Some(folder) = asked.ok().filter(|_| is_there) else {
            return false;
        };
        let folder = String::from_utf8_lossy(&folder.stdout);
        let helpers = ["git-remote-http", "git-remote-https"];
        let helpers = helpers.map(|name| Path::new(folder.trim()).join(name));
        self.add_with_libraries(&helpers);
        true
    }

    /// Adds what apt fetches files with.
    pub fn apt(&mut self) -> bool {
        const FOLDER: &str = "/usr/lib/apt";
        let helper = Path::new(FOLDER).join("apt-helper");
        if !helper.is_file() {
            return false;
        }
        let methods =
            ["http", "https", "store"].map(|name| Path::new(FOLDER).join("methods").join(name));
        let programs: Vec<_> = methods.into_iter().chain([helper]).collect();
        self.add_with_libraries(&programs);
        // It asks dpkg what machine it is on.
        self.program("dpkg");
        self.add(Path::new("/usr/share/dpkg"));
        self.file("var/lib/dpkg/status", "");
        for folder in ["etc/apt/apt.conf.d", "var/lib/apt", "var/cache/apt"] {
            fs::create_dir_all(self.own_path(folder)).expect("a new folder");
        }
        true
    }

    /// Adds the libraries that Java needs; tells whether it is there. Java itself is large, and is
    /// in the folders of [`Self::mounts`].
    pub fn java(&mut self) -> bool {
        let program = find_in(&SYSTEM_PATH.into(), "java").and_then(|it| it.canonicalize().ok());
        let Some(program) = program else {
            return false;
        };
        let home = program.ancestors().nth(2).expect("a folder of Java");
        let is_library = |path: &PathBuf| path.extension() == Some(OsStr::new("so"));
        let libraries = files_of(&home.join("lib")).into_iter().filter(is_library);
        let server = home.join("lib/server/libjvm.so");
        let binaries: Vec<_> = libraries.chain([program.clone(), server]).collect();
        for path in libraries_of(&binaries) {
            if !path.starts_with(home) {
                self.add(&path);
            }
        }
        // Debian keeps its settings elsewhere.
        let settings = home.join("conf/net.properties").canonicalize();
        let settings = settings
            .ok()
            .and_then(|path| Some(path.parent()?.to_owned()));
        self.mounts.insert(home.to_owned());
        self.mounts
            .extend(settings.filter(|folder| !folder.starts_with(home)));
        symlink(&program, self.own_path("busybox/java")).expect("a link");
        true
    }

    /// Returns what a container has to be given of this machine, at the same places.
    pub fn mounts(&self) -> impl Iterator<Item = &Path> {
        self.mounts.iter().map(PathBuf::as_path)
    }

    /// The change that has containers find the programs.
    pub(super) fn change() -> String {
        format!("ENV PATH={SYSTEM_PATH}:/{APPLETS_FOLDER}")
    }

    /// Gives the image, as an archive, to a program that reads it.
    pub(super) fn pipe_into(&self, mut reader: Command) {
        let list = tempfile::NamedTempFile::new().expect("a temporary file");
        // What is in a folder of the list comes with it.
        let comes_by_itself = |path: &&PathBuf| {
            let mut folders = path.ancestors().skip(1);
            !folders.any(|folder| self.paths.contains(folder))
        };
        for path in self.paths.iter().filter(comes_by_itself) {
            let path = path.strip_prefix("/").unwrap_or(path);
            writeln!(list.as_file(), "{}", path.display()).expect("a written file");
        }
        let mut archive = Command::new("tar")
            .args(["--create", "--file", "-", "--directory", "/"])
            .args([OsStr::new("--files-from"), list.path().as_os_str()])
            .args([OsStr::new("--directory"), self.own.path().as_os_str()])
            .arg(".")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("`tar` starts");
        let stream = archive.stdout.take().expect("a pipe");
        let output = reader.stdin(stream).output().expect("a reader");
        let reason = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "the image is refused: {reason}");
        let archived = archive.wait().expect("`tar` ends");
        assert!(archived.success(), "`tar` failed ({archived})");
    }

    fn own_path(&self, path: &str) -> PathBuf {
        self.own.path().join(path)
    }

    /// Adds a file or a folder, with what it leads to if it is a link.
    fn add(&mut self, path: &Path) {
        let mut path = canonical_place(path);
        while let Ok(target) = path.read_link() {
            let folder = path.parent().unwrap_or(&path);
            let next = canonical_place(&folder.join(target));
            if !self.paths.insert(path) {
                return;
            }
            path = next;
        }
        self.paths.insert(path);
    }

    fn add_with_libraries(&mut self, programs: &[PathBuf]) {
        for path in programs.iter().chain(&libraries_of(programs)) {
            self.add(path);
        }
    }
}

/// Returns the path of a file without links on the way to it; the file itself may be one.
fn canonical_place(path: &Path) -> PathBuf {
    let folder = path.parent().and_then(|folder| folder.canonicalize().ok());
    match (folder, path.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        _ => path.to_owned(),
    }
}

fn files_of(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let files = entries.filter(|entry| entry.file_type().is_ok_and(|it| it.is_file()));
    files.map(|entry| entry.path()).collect()
}

/// Returns the libraries that programs and libraries are linked with.
fn libraries_of(binaries: &[PathBuf]) -> BTreeSet<PathBuf> {
    let output = Command::new("ldd").args(binaries).output();
    let output = output.expect("`ldd` starts");
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().filter_map(library).collect()
}

/// Reads `libc.so.6 => /lib/libc.so.6 (0x7f)`, or the loader's `/lib64/ld-linux.so.2 (0x7f)`.
fn library(line: &str) -> Option<PathBuf> {
    let (before, _) = line.trim().rsplit_once(" (0x")?;
    let path = before.rsplit(" => ").next()?;
    path.starts_with('/').then(|| path.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_loader_are_understood() {
        for (line, path) in [
            (
                "\tlibc.so.6 => /lib/libc.so.6 (0x00007f)",
                Some("/lib/libc.so.6"),
            ),
            (
                "\t/lib64/ld-linux.so.2 (0x00007f)",
                Some("/lib64/ld-linux.so.2"),
            ),
            ("\tlinux-vdso.so.1 (0x00007ffe)", None),
            ("/usr/bin/curl:", None),
            ("\tstatically linked", None),
            ("\tliblost.so => not found", None),
        ] {
            assert_eq!(library(line), path.map(PathBuf::from), "{line}");
        }
    }
}
