//! A place with a template, a destination, and something outside that must stay as it is.

use std::cell::RefCell;

use camino::{Utf8Path, Utf8PathBuf};
use perk_scaffold::{
    Circumstances, Defaults, Existing, Given, GivenAnswers, ScaffoldError, Template, plan, resolve,
    write,
};

const HEAD: &str =
    "schema = 1\n[template]\nname = \"harm\"\nversion = \"1.0.0\"\ndescription = \"d\"\n";

/// What a template must never get to see.
const CANARY: &str = "the canary of the sandbox";

type File = (String, u32, Vec<u8>);

pub(crate) struct Sandbox {
    _guard: tempfile::TempDir,
    top: Utf8PathBuf,
    files: RefCell<Vec<File>>,
}

impl Sandbox {
    pub(crate) fn new(manifest: &str) -> Self {
        let guard = tempfile::tempdir().unwrap();
        let top = Utf8PathBuf::from_path_buf(guard.path().canonicalize().unwrap()).unwrap();
        // A manifest that begins with `=` is complete.
        let manifest = match manifest.strip_prefix('=') {
            Some(whole) => whole.to_owned(),
            None => format!("{HEAD}{manifest}"),
        };
        let sandbox = Self {
            _guard: guard,
            top,
            files: RefCell::new(vec![(
                "template.toml".to_owned(),
                0o644,
                manifest.into_bytes(),
            )]),
        };
        for folder in ["template/files", "outside", "work"] {
            std::fs::create_dir_all(sandbox.top.join(folder)).unwrap();
        }
        put(&sandbox.outside().join("canary"), CANARY.as_bytes());
        sandbox
    }

    pub(crate) fn add(&self, path: &str, mode: u32, content: &[u8]) {
        let path = format!("files/{path}");
        self.files.borrow_mut().push((path, mode, content.to_vec()));
    }

    pub(crate) fn template(&self) -> Utf8PathBuf {
        self.top.join("template")
    }

    pub(crate) fn files(&self) -> Utf8PathBuf {
        self.top.join("template/files")
    }

    pub(crate) fn outside(&self) -> Utf8PathBuf {
        self.top.join("outside")
    }

    pub(crate) fn destination(&self) -> Utf8PathBuf {
        self.top.join("work/new")
    }

    pub(crate) fn write_to_disk(&self) {
        for (path, _, content) in self.files.borrow().iter() {
            let path = self.template().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            put(&path, content);
        }
    }

    /// Checks a template that never was on a disk.
    pub(crate) fn check_from_files(
        &self,
        name: &str,
        set: &[(&str, &str)],
        expected: &str,
    ) -> Vec<String> {
        let files = self.files.borrow().clone();
        let files = files
            .into_iter()
            .map(|(path, mode, bytes)| (path, mode, bytes.into()));
        self.check(name, set, expected, Template::from_files(files))
    }

    /// Checks the template that is on the disk.
    pub(crate) fn check_from_disk(&self, name: &str, expected: &str) -> Vec<String> {
        self.check(name, &[], expected, Template::load(&self.template()))
    }

    /// Checks a destination that has been prepared.
    pub(crate) fn check_destination(&self, name: &str, expected: &str) -> Vec<String> {
        self.check(name, &[], expected, Template::load(&self.template()))
    }

    fn check(
        &self,
        name: &str,
        set: &[(&str, &str)],
        expected: &str,
        template: Result<Template, ScaffoldError>,
    ) -> Vec<String> {
        let before = listing(&self.top);
        let outcome = template.and_then(|template| self.make(&template, set));
        let mut problems = Vec::new();
        match outcome {
            Ok(()) => problems.push(format!("{name}: was not refused")),
            Err(error) => {
                let text = chain(&error);
                let is_clean = !text.chars().any(char::is_control) && !text.contains(CANARY);
                if !text.contains(expected) || !is_clean {
                    problems.push(format!("{name}: the error is: {text:?}"));
                }
            }
        }
        if listing(&self.top) != before {
            problems.push(format!("{name}: something was written"));
        }
        problems
    }

    fn make(&self, template: &Template, set: &[(&str, &str)]) -> Result<(), ScaffoldError> {
        let circumstances = Circumstances {
            project_name: "project".to_owned(),
            time: time::OffsetDateTime::UNIX_EPOCH,
            entropy: [1; 32],
        };
        let given = set
            .iter()
            .map(|(key, text)| ((*key).to_owned(), Given::Text((*text).to_owned())));
        let given: GivenAnswers = given.collect();
        let answers = resolve(template.manifest(), &circumstances, &given, Defaults::Take)?;
        let plan = plan(template, &answers)?;
        write(&plan, &self.destination(), Existing::Replace, &|_| ())
    }
}

#[expect(clippy::disallowed_methods, reason = "a test may write its own files")]
pub(crate) fn put(path: &Utf8Path, content: &[u8]) {
    std::fs::write(path, content).unwrap();
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

/// Returns every path with what it is and when it was changed.
fn listing(top: &Utf8Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![top.to_owned()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(&next).unwrap() {
            let entry = entry.unwrap();
            let metadata = entry.metadata().unwrap();
            let path = entry.path().to_string_lossy().into_owned();
            found.push(format!(
                "{path} {:?} {}",
                metadata.file_type(),
                metadata.len()
            ));
            if metadata.is_dir() {
                open.push(path.into());
            }
        }
    }
    found.sort();
    found
}
