//! File after file to one report.
//!
//! Only the texts of files with findings are kept, and only if they will be shown.

use std::borrow::Cow;
use std::path::PathBuf;

use camino::Utf8Path;
use perk_config::Suppression;
use perk_fs::ReadBuffer;
use perk_iam::policy::Kind;
use perk_iam::{
    CheckedDocument, Code, Finding, FingerprintSubject, Options, Report, ReportedFinding, Source,
    Validation, Validator,
};
use perk_iam_catalog::Catalog;

use super::decode::{Decoded, decode};
use super::file::File;
use super::inputs::{Input, Place};
use super::project::Project;
use super::sieve::{Kept, Sieve};
use super::unchecked;

/// A file that is larger holds no policies.
const LIMIT: u64 = 128 * 1024 * 1024;

/// Checks files one by one.
#[derive(Debug)]
pub(super) struct Checker<'c> {
    options: Options<'c>,
    project: &'c Project,
    validator: Validator<'c>,
    sieve: Sieve,
    report: Report,
    keeps_texts: bool,
}

/// What became of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Checked {
    /// Its findings, if it has any, are in the report.
    Done,
    /// It holds no policy and does not have to.
    PassedOver {
        /// The path as it is shown.
        path: String,
    },
}

impl<'c> Checker<'c> {
    pub(super) fn new(
        options: Options<'c>,
        project: &'c Project,
        catalog: &'c Catalog<'c>,
        sieve: Sieve,
    ) -> Self {
        Self {
            options,
            project,
            validator: Validator::new(catalog),
            sieve,
            report: Report::default(),
            keeps_texts: false,
        }
    }

    /// Keeps the texts of files with findings.
    pub(super) fn keep_texts(self) -> Self {
        Self {
            keeps_texts: true,
            ..self
        }
    }

    /// Reads and checks a file.
    pub(super) fn check(&mut self, input: Input, buffer: &mut ReadBuffer) -> Checked {
        let (bytes, path) = match input.place {
            Place::Stdin => {
                let bytes = perk_fs::read_stdin(LIMIT).map(Cow::Owned);
                (bytes, perk_fs::STDIN.to_owned())
            }
            Place::File(path) => {
                let bytes = perk_fs::read_bytes(&path, LIMIT).map(Cow::Owned);
                (bytes, shown(path))
            }
            Place::Walked(path) => {
                let bytes = buffer.read_walked(&path, LIMIT).map(Cow::Borrowed);
                (bytes, shown(path))
            }
            Place::Unwalkable(path, message) => {
                self.add_unreadable(shown(path), unchecked::unwalkable(message));
                return Checked::Done;
            }
        };
        match bytes {
            Ok(bytes) => self.check_text(path, &decode(&bytes), input.is_named),
            Err(error) => {
                self.add_unreadable(path, unchecked::unreadable(&error));
                Checked::Done
            }
        }
    }

    fn check_text(&mut self, path: String, decoded: &Decoded<'_>, is_named: bool) -> Checked {
        let options = Options {
            file_name: Utf8Path::new(&path).file_name().unwrap_or_default(),
            must_hold_policy: is_named,
            ..self.options
        };
        let mut validation = self.validator.validate(&decoded.text, options);
        if validation.documents.is_empty() && validation.findings.is_empty() {
            return Checked::PassedOver { path };
        }
        if let Some(fault) = decoded.fault {
            // What could not be decoded only shows that a policy was meant.
            validation = Validation {
                documents: Vec::new(),
                findings: vec![unchecked::undecoded(fault)],
            };
        }
        self.report.files += 1;
        self.keep_all(validation, &File::new(&path, &decoded.text));
        self.add_source(path, &decoded.text);
        Checked::Done
    }

    fn keep_all(&mut self, validation: Validation, file: &File<'_>) {
        self.see(file);
        for (index, document) in validation.documents.into_iter().enumerate() {
            let policy = policy_name(file.path(), index);
            let about = (policy.as_str(), document.kind);
            for finding in document.findings {
                self.keep(finding, Some(about), file);
            }
            self.report.documents.push(CheckedDocument {
                path: file.path().to_owned(),
                kind: document.kind,
                kind_reason: document.kind_reason,
                line: file.line(document.span.start),
                policy,
            });
        }
        for finding in validation.findings {
            self.keep(finding, None, file);
        }
    }

    fn see(&mut self, file: &File<'_>) {
        if self.sieve.wants_all_files() {
            self.sieve.see(file.project_path(self.project));
        }
    }

    /// Takes a finding into the report, if it counts.
    fn keep(&mut self, finding: Finding, about: Option<(&str, Kind)>, file: &File<'_>) {
        let policy = about.map(|(policy, _)| policy);
        let subject = FingerprintSubject {
            path: file.project_path(self.project).as_str(),
            policy,
            text: file.text(),
        };
        let Some(kept) = self.sieve.keep(finding, subject) else {
            return;
        };
        let Kept {
            finding,
            fingerprint,
        } = kept;
        let places = finding.locations.iter();
        self.report.findings.push(ReportedFinding {
            source: self.report.sources.len(),
            policy: policy.map(str::to_owned),
            kind: about.map(|(_, kind)| kind),
            places: places.map(|location| file.place(location.span)).collect(),
            fingerprint,
            finding,
        });
    }

    /// Adds a file to the sources if the last findings are about it.
    fn add_source(&mut self, path: String, text: &str) {
        let last = self.report.findings.last();
        if last.is_some_and(|last| last.source == self.report.sources.len()) {
            let text = if self.keeps_texts { text } else { "" };
            let text = text.to_owned();
            self.report.sources.push(Source { path, text });
        }
    }

    fn add_unreadable(&mut self, path: String, finding: Finding) {
        let file = File::new(&path, "");
        self.see(&file);
        self.keep(finding, None, &file);
        self.add_source(path, "");
    }

    /// Adds the entries of the configuration that are of no use, and returns the whole report,
    /// with the number of findings in the baseline that are not there any more.
    pub(super) fn finish(mut self) -> (Report, usize) {
        for (suppression, code) in self.sieve.suppressions.idle() {
            self.add_idle(&suppression, code);
        }
        self.report.suppressed = self.sieve.counts.suppressed;
        self.report.baselined = self.sieve.counts.baselined;
        (self.report, self.sieve.baseline.stale())
    }

    fn add_idle(&mut self, suppression: &Suppression, code: Code) {
        let place = &suppression.code_place;
        let path = self.project.shown(&place.path).to_string();
        // Should the file have gone meanwhile, its path and line are still right.
        let text = perk_fs::read_text(&place.path, LIMIT).unwrap_or_default();
        let file = File::new(&path, &text);
        let finding = unchecked::idle_suppression(suppression, code, &file);
        self.keep(finding, None, &file);
        self.add_source(path, &text);
    }
}

fn shown(path: PathBuf) -> String {
    let name = path.into_os_string().into_string();
    name.unwrap_or_else(|name| name.to_string_lossy().into_owned())
}

/// Returns the stem of the file, numbered from the second policy on.
fn policy_name(path: &str, index: usize) -> String {
    let stem = match path {
        perk_fs::STDIN => "stdin",
        path => Utf8Path::new(path).file_stem().unwrap_or(path),
    };
    match index {
        0 => stem.to_owned(),
        index => format!("{stem}#{}", index + 1),
    }
}
