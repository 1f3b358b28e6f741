//! Every text of a template with tags: whether it can be rendered at all, and what in it is
//! probably not meant.

use std::collections::BTreeSet;

use perk_diag::LineIndex;

use super::Code;
use super::clash::{self, Tag};
use super::draft::text;
use super::finding::{Finding, of_render};
use crate::error::render_hint;
use crate::manifest::Manifest;
use crate::plan::SUFFIX;
use crate::render::{
    Delimiters, Names, Reach, RenderFault, RenderProblem, Shape, compile_or_faults, has_tag,
};
use crate::template::{FILES_FOLDER, SourceContent, SourceFile};

/// Endings of files in which three braces are a habit.
const HTML: &[&str] = &[".html", ".htm", ".xml", ".svg", ".vue"];

/// Checks the names and the contents of all files; adds the names of the values that they use.
pub(super) fn check(
    manifest: &Manifest,
    files: &[SourceFile],
    used: &mut BTreeSet<String>,
) -> Vec<Finding> {
    let mut names_with_item = manifest.names.clone();
    names_with_item.insert("item".to_owned(), Shape::Scalar);
    let mut checker = Checker {
        used,
        findings: Vec::new(),
    };
    for file in files {
        let rules = manifest.rules.of_any(&file.path);
        let names = match rules.each {
            Some(key) => {
                checker.used.insert(key.to_owned());
                &names_with_item
            }
            None => &manifest.names,
        };
        checker.name(file, names);
        checker.content(file, rules.delimiters, names);
    }
    checker.findings
}

struct Checker<'u> {
    used: &'u mut BTreeSet<String>,
    findings: Vec<Finding>,
}

impl Checker<'_> {
    fn name(&mut self, file: &SourceFile, names: &Names) {
        let target = match &file.content {
            SourceContent::Link(target) => target.names.join("/"),
            SourceContent::File { .. } => String::new(),
        };
        for name in file.path.split('/').chain(target.split('/')) {
            match compile_or_faults(name, &Delimiters::braces(), reach(names)) {
                Ok(compiled) => self.used.extend(compiled.used().iter().cloned()),
                Err(faults) => self.findings.extend(faults.iter().map(|fault| {
                    let message = format!("in the name of the file, {}", fault.problem);
                    Finding::new(of_render(&fault.problem), shown(file), message)
                        .with_help(render_hint(&fault.problem))
                })),
            }
        }
    }

    fn content(&mut self, file: &SourceFile, delimiters: &Delimiters, names: &Names) {
        if !matches!(file.content, SourceContent::File { .. }) {
            return;
        }
        let is_rendered = file.path.ends_with(SUFFIX);
        match text(file) {
            None if is_rendered => {
                let message = RenderProblem::NotUtf8.to_string();
                let finding = Finding::new(Code::NotUtf8, shown(file), message);
                self.findings.push(finding.with_help(format!(
                    "without `{SUFFIX}` at the end of its name it is copied as it is"
                )));
            }
            None => {}
            Some(text) if !is_rendered => self.copied(file, text, names),
            Some(text) if !has_tag(text, delimiters) => {}
            Some(text) => {
                let page = Page {
                    file: shown(file),
                    text,
                    tags: clash::tags(text, delimiters),
                    is_in_braces: *delimiters == Delimiters::braces(),
                };
                match compile_or_faults(text, delimiters, reach(names)) {
                    Ok(compiled) => {
                        self.used.extend(compiled.used().iter().cloned());
                        self.findings.extend(page.oddities());
                    }
                    Err(faults) => self.findings.extend(page.mistakes(&faults)),
                }
            }
        }
    }

    fn copied(&mut self, file: &SourceFile, text: &str, names: &Names) {
        let is_own = |content: &str| {
            let content = content.strip_prefix("#if ").unwrap_or(content).trim();
            names.contains_key(content) && content != "item"
        };
        if let Some(tag) = clash::first_own_tag(text, is_own) {
            let message = format!(
                "`{}` stays as it is, since the name of the file does not end in `{SUFFIX}`",
                tag.whole
            );
            self.findings.push(
                Finding::new(Code::ForgottenSuffix, shown(file), message)
                    .at(tag.range())
                    .with_help(format!("call the file `{}{SUFFIX}`", file.path)),
            );
        }
    }
}

/// A text with tags.
struct Page<'s> {
    file: String,
    text: &'s str,
    tags: Vec<Tag<'s>>,
    is_in_braces: bool,
}

impl Page<'_> {
    /// Returns what is wrong, given that the text cannot be rendered.
    fn mistakes(&self, faults: &[RenderFault]) -> Vec<Finding> {
        let is_unreadable = |fault: &RenderFault| of_render(&fault.problem) == Code::TagSyntax;
        if faults.iter().any(is_unreadable) {
            let foreign = self.tags.iter().filter_map(|tag| self.foreign(*tag));
            let foreign: Vec<Finding> = foreign.collect();
            if !foreign.is_empty() {
                return foreign;
            }
        }
        faults.iter().map(|fault| self.mistake(fault)).collect()
    }

    fn mistake(&self, fault: &RenderFault) -> Finding {
        let tag = self.tag_of(fault);
        let is_unknown = matches!(
            fault.problem,
            RenderProblem::Undefined { .. } | RenderProblem::UnknownHelper { .. }
        );
        if is_unknown && let Some(foreign) = tag.and_then(|tag| self.foreign(tag)) {
            return foreign;
        }
        let code = of_render(&fault.problem);
        let finding = Finding::new(code, self.file.as_str(), fault.problem.to_string())
            .with_help(render_hint(&fault.problem));
        match tag {
            Some(tag) => finding.at(tag.range()),
            None => finding,
        }
    }

    fn foreign(&self, tag: Tag<'_>) -> Option<Finding> {
        let language = tag.language().filter(|_| self.is_in_braces)?;
        let message = format!("this looks like a tag of {language}, not of the template");
        let finding = Finding::new(Code::ForeignTag, self.file.as_str(), message);
        Some(
            finding.at(tag.range()).with_help(
                "write `\\{{` for braces that stay, or give the file other `delimiters` by a rule"
                    .to_owned(),
            ),
        )
    }

    /// Returns the tag that a fault is about.
    fn tag_of(&self, fault: &RenderFault) -> Option<Tag<'_>> {
        let place = fault.position?;
        let index = LineIndex::new(self.text);
        let at = |tag: &Tag<'_>| index.line_column(u32::try_from(tag.start).unwrap_or(u32::MAX));
        let next = self.tags.partition_point(|tag| at(tag) <= place);
        self.tags.get(next.checked_sub(1)?).copied()
    }

    /// Returns what is probably not meant, given that the text can be rendered.
    fn oddities(&self) -> Vec<Finding> {
        if !self.is_in_braces {
            return Vec::new();
        }
        let finding = |code, message: &str, help: &str, range| {
            Finding::new(code, self.file.as_str(), message)
                .at(range)
                .with_help(help.to_owned())
        };
        let mut findings = Vec::new();
        let name = self.file.strip_suffix(SUFFIX).unwrap_or(&self.file);
        let is_html = HTML.iter().any(|ending| name.ends_with(ending));
        for tag in &self.tags {
            if tag.is_after_dollar() {
                findings.push(finding(
                    Code::DollarBeforeTag,
                    "this is rendered, and the `$` before it stays",
                    "write `$\\{{` if it is meant for GitHub Actions",
                    tag.range(),
                ));
            }
            if tag.has_three_braces() && !is_html {
                findings.push(finding(
                    Code::TripleBraces,
                    "three braces print what two do; no brace of them stays",
                    "write two, and for a brace around a tag put the tag on its own: `{ {{name}} }`",
                    tag.range(),
                ));
            }
        }
        findings.extend(clash::escaped_tags(self.text).map(|range| {
            finding(
                Code::EscapedTag,
                "the backslash makes the tag after it plain text",
                "write `\\\\{{` for a backslash before a tag",
                range,
            )
        }));
        findings
    }
}

fn reach(names: &Names) -> Reach<'_> {
    Reach {
        names,
        has_moment: false,
    }
}

fn shown(file: &SourceFile) -> String {
    format!("{FILES_FOLDER}/{}", file.path)
}
