//! A world of its own for each test: repositories, a cache, and a git to tamper with.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use camino::Utf8PathBuf;
use perk_process::{Input, SearchPath};
use perk_scaffold::{
    FoundTemplate, Location, Network, SourceError, SourceSpec, Sources, TimeLimits,
};
use time::OffsetDateTime;

pub(crate) const MANIFEST: &str =
    "schema = 1\n[template]\nname = \"worker\"\nversion = \"1.0.0\"\ndescription = \"A worker\"\n";
/// Where the real git is.
const PATH: &str = "/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin";

pub(crate) struct World {
    pub(crate) root: Utf8PathBuf,
    _guard: tempfile::TempDir,
}

impl World {
    pub(crate) fn new() -> Self {
        let guard = tempfile::Builder::new()
            .prefix("perk tést ")
            .tempdir()
            .unwrap();
        let root = guard.path().canonicalize().unwrap();
        Self {
            root: Utf8PathBuf::from_path_buf(root).unwrap(),
            _guard: guard,
        }
    }

    /// Makes a repository with one template at its top.
    pub(crate) fn with_template() -> Self {
        let world = Self::new();
        world.git(&["init", "--quiet", "--initial-branch=main", "."]);
        world.commit(&[("template.toml", MANIFEST), ("files/a", "one")]);
        world
    }

    pub(crate) fn repository(&self) -> Utf8PathBuf {
        self.root.join("repository")
    }

    pub(crate) fn cache(&self) -> Utf8PathBuf {
        self.root.join("cache")
    }

    /// Returns the one folder of the cache.
    pub(crate) fn cached(&self) -> Utf8PathBuf {
        let mut entries = self.cache().read_dir_utf8().unwrap();
        entries.next().unwrap().unwrap().into_path()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        #[expect(
            clippy::disallowed_methods,
            reason = "tests do not test with what they test"
        )]
        fs::write(path, text).unwrap();
    }

    /// Writes files into the repository and commits all of it; returns the commit.
    pub(crate) fn commit(&self, files: &[(&str, &str)]) -> String {
        for (path, text) in files {
            self.write(&format!("repository/{path}"), text);
        }
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", "x"]);
        self.git(&["rev-parse", "HEAD"])
    }

    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        self.git_with(arguments, "")
    }

    pub(crate) fn git_with(&self, arguments: &[&str], input: &str) -> String {
        fs::create_dir_all(self.repository()).unwrap();
        let output = SearchPath::new(OsStr::new(PATH))
            .find("git", "test")
            .unwrap()
            .invocation("prepare a test")
            .arguments([
                "-c",
                "user.name=x",
                "-c",
                "user.email=x@y",
                "-c",
                "commit.gpgSign=false",
            ])
            .arguments(["-c", "protocol.file.allow=always"])
            .arguments(arguments.iter().copied())
            .folder(self.repository())
            .input(Input::Bytes(input.as_bytes().to_vec()))
            .capture()
            .and_then(perk_process::Captured::success)
            .unwrap_or_else(|error| panic!("{arguments:?}: {error:?}"));
        String::from_utf8(output).unwrap().trim_end().to_owned()
    }

    pub(crate) fn sources(&self) -> Sources {
        Sources {
            cache: self.cache(),
            network: Network::Online,
            may_ask: false,
            search_path: SearchPath::new(OsStr::new(PATH)),
            now: OffsetDateTime::UNIX_EPOCH,
            limits: TimeLimits::default(),
        }
    }

    /// Returns sources whose git is a script, which finds the real one in `$git`.
    pub(crate) fn sources_with_git(&self, script: &str) -> Sources {
        let real = SearchPath::new(OsStr::new(PATH))
            .find("git", "test")
            .unwrap();
        let text = format!("#!/bin/sh\ngit={}\n{script}\n", real.path().display());
        self.write("bin/git", &text);
        let path = self.root.join("bin/git");
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
        Sources {
            search_path: SearchPath::new(self.root.join("bin").as_std_path().as_os_str()),
            ..self.sources()
        }
    }

    /// Returns the location of the repository with what stands after its address.
    pub(crate) fn location(&self, rest: &str) -> Location {
        location(&format!("git+file://{}{rest}", self.repository()))
    }

    pub(crate) fn template(&self, rest: &str) -> Result<FoundTemplate, SourceError> {
        self.sources().template(&self.location(rest))
    }

    /// Returns the whole chain of what went wrong.
    #[track_caller]
    pub(crate) fn failure(&self, rest: &str) -> String {
        let error = self.template(rest).map(|found| found.commit).unwrap_err();
        self.said(&error)
    }

    pub(crate) fn said(&self, error: &SourceError) -> String {
        let first: &dyn std::error::Error = error;
        let chain: Vec<String> = std::iter::successors(Some(first), |error| error.source())
            .map(ToString::to_string)
            .collect();
        chain.join(": ").replace(self.root.as_str(), "[TEMP]")
    }
}

pub(crate) fn location(text: &str) -> Location {
    match SourceSpec::parse(text).unwrap() {
        SourceSpec::At(location) => location,
        SourceSpec::Name(name) => panic!("a name: {name}"),
    }
}
