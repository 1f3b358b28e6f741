//! Git repositories of templates for the tests of `perk scaffold`.

use std::process::Command;

use camino::{Utf8Path, Utf8PathBuf};
use perk_test::{Invocation, TestContext};

/// Where the real git is.
pub(crate) const PATH: &str = "/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin";

/// Returns the manifest of a template without questions.
pub(crate) fn manifest(name: &str, version: &str) -> String {
    format!(
        "schema = 1\n[template]\nname = \"{name}\"\nversion = \"{version}\"\n\
         description = \"The {name}\"\n"
    )
}

/// A repository below the root of a context.
pub(crate) struct Repository {
    pub(crate) path: Utf8PathBuf,
}

impl Repository {
    /// Makes a repository with the templates `api` and `worker` in the folder `services`.
    pub(crate) fn of_services(context: &TestContext) -> Self {
        let repository = Self::new(context, "repository");
        for name in ["api", "worker"] {
            let folder = format!("repository/services/{name}");
            context.write(&format!("{folder}/template.toml"), manifest(name, "1.0.0"));
            context.write(&format!("{folder}/files/{name}.txt"), "one\n");
        }
        repository.commit();
        repository
    }

    pub(crate) fn new(context: &TestContext, name: &str) -> Self {
        let path = context.root().join(name);
        std::fs::create_dir_all(&path).unwrap();
        let repository = Self { path };
        repository.git(&["init", "--quiet", "--initial-branch=main", "."]);
        repository
    }

    /// Commits all that is in the folder; returns the commit.
    pub(crate) fn commit(&self) -> String {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", "x"]);
        self.git(&["rev-parse", "HEAD"])
    }

    /// Returns its address with what stands after it.
    pub(crate) fn spec(&self, rest: &str) -> String {
        format!("git+file://{}{rest}", self.path)
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "tests do not test with what they test"
    )]
    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        let output = Command::new("git")
            .args(["-c", "user.name=x", "-c", "user.email=x@y"])
            .args([
                "-c",
                "commit.gpgSign=false",
                "-c",
                "protocol.file.allow=always",
            ])
            .args(arguments)
            .current_dir(&self.path)
            .output()
            .unwrap();
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout)
            .unwrap()
            .trim_end()
            .to_owned()
    }
}

/// Prepares a run of perk with the real git on its path.
pub(crate) fn perk<'c>(context: &'c TestContext, arguments: &[&str]) -> Invocation<'c> {
    let run = context.invocation(["scaffold"]).variable("PATH", PATH);
    arguments.iter().fold(run, Invocation::argument)
}

pub(crate) fn text(path: impl AsRef<Utf8Path>) -> String {
    let bytes = perk_fs::read_bytes(path.as_ref(), 1 << 20).unwrap();
    String::from_utf8(bytes).unwrap()
}
