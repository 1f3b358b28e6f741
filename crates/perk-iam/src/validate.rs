//! Text to verdicts: splits a text into policy documents, decides the kind of each, runs the checks.

use std::cell::RefCell;

use perk_diag::Span;
use perk_iam_catalog::Catalog;

use crate::arena::Chunks;
use crate::checks::{self, Effort, Subject};
use crate::code::Code;
use crate::finding::{Draft, Finding};
use crate::json::{Arena, Kind as Json, Stream, SyntaxError, Value};
use crate::known::{ActionPattern, Known};
use crate::policy::{Kind, KindReason, Policy, detect_kind, is_policy};
use crate::policy::{POLICY_ELEMENTS, STATEMENT_ELEMENTS};
use perk_diag::nearest;

/// What the caller knows about a text.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'o> {
    /// The kind of its policies; decided from each document when not given.
    pub kind: Option<Kind>,
    /// The CloudFormation type of the resource that a resource policy is for, such as
    /// `AWS::S3::Bucket`.
    pub resource_type: Option<&'o str>,
    /// The name of the file, which may tell the kind.
    pub file_name: &'o str,
    /// Whether the text was asked for by name, so that it must hold a policy.
    pub must_hold_policy: bool,
}

/// What there is to say about a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Validation {
    /// Every policy document, in order.
    pub documents: Vec<Document>,
    /// Findings about the text as a whole: it is not JSON, or holds no policy.
    pub findings: Vec<Finding>,
}

/// A policy document and its findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What it was taken for.
    pub kind: Kind,
    /// Why.
    pub kind_reason: KindReason,
    /// Where it stands.
    pub span: Span,
    /// The findings, in the order of the text.
    pub findings: Vec<Finding>,
}

/// Checks one text; for many, a [`Validator`] is quicker.
pub fn validate(text: &str, options: Options<'_>, catalog: &Catalog<'_>) -> Validation {
    Validator::new(catalog).validate(text, options)
}

/// Checks texts against one catalog, and keeps what it has looked up there.
#[derive(Debug)]
pub struct Validator<'c> {
    known: Known<'c>,
    /// Room for what the actions of a document mean, used again and again.
    actions: RefCell<Vec<ActionPattern<'c>>>,
}

impl<'c> Validator<'c> {
    /// Starts with nothing looked up.
    pub fn new(catalog: &'c Catalog<'c>) -> Self {
        Self {
            known: Known::of(catalog),
            actions: RefCell::default(),
        }
    }

    /// Checks every policy document of a text: one, several in an array, or several one after
    /// another.
    pub fn validate(&self, text: &str, options: Options<'_>) -> Validation {
        let mut documents = Vec::new();
        let mut findings = Vec::new();
        let mut anything = false;
        let effort = Effort::for_text(text.len());
        let mut stream = Stream::new(text);
        loop {
            let mut arena = Arena::default();
            let Some(parsed) = stream.next_value(&mut arena) else {
                break;
            };
            anything = true;
            match parsed {
                Ok(value) => {
                    for candidate in value.one_or_many() {
                        if is_policy(candidate)
                            || (options.must_hold_policy && is_meant_as_policy(candidate))
                        {
                            documents.push(self.document(text, candidate, options, &effort));
                        }
                    }
                }
                Err(error) => {
                    if options.must_hold_policy || !documents.is_empty() || looks_like_policy(text)
                    {
                        findings.push(syntax_error(&error).place_in_text());
                    }
                }
            }
        }
        if documents.is_empty() && findings.is_empty() && options.must_hold_policy {
            findings.push(no_policy(anything).place_in_text());
        }
        Validation {
            documents,
            findings,
        }
    }

    fn document(
        &self,
        text: &str,
        root: &Value<'_>,
        options: Options<'_>,
        effort: &Effort,
    ) -> Document {
        let mut chunks = Chunks::default();
        let policy = Policy::new(root, &mut chunks);
        let (kind, kind_reason) = match (options.kind, options.resource_type) {
            (None | Some(Kind::Resource), Some(TRUST)) => (Kind::Trust, KindReason::Given),
            (Some(kind), _) => (kind, KindReason::Given),
            (None, Some(_)) => (Kind::Resource, KindReason::Given),
            (None, None) => detect_kind(&policy, options.file_name),
        };
        let resource_type = options.resource_type.filter(|_| kind == Kind::Resource);
        let actions = self.actions(&policy);
        let subject = Subject {
            policy: &policy,
            actions: &actions,
            text,
            kind,
            resource_type,
            catalog: self.known.catalog(),
            known: &self.known,
            effort,
        };
        let mut findings: Vec<Finding> = checks::run(&subject)
            .into_iter()
            .map(|draft| draft.place(&policy))
            .collect();
        findings.sort_by_key(|finding| (finding.primary().span.start, finding.code));
        self.actions.replace(actions);
        Document {
            kind,
            kind_reason,
            span: root.span,
            findings,
        }
    }
}

impl<'c> Validator<'c> {
    /// Returns what the actions of all statements mean, one after the other.
    fn actions(&self, policy: &Policy<'_>) -> Vec<ActionPattern<'c>> {
        let mut actions = self.actions.take();
        actions.clear();
        for statement in &policy.statements {
            let items = statement.action_items().iter();
            actions.extend(items.map(|item| self.known.action(item.text)));
        }
        actions
    }
}

/// The kinds of resource policies that have a type of their own in the checks.
const TRUST: &str = "AWS::IAM::AssumeRolePolicyDocument";

/// Tells whether an object that was asked for by name is a policy, if only a poor one: it is empty,
/// or has an element of a policy or of a statement, perhaps misspelled.
fn is_meant_as_policy(value: &Value<'_>) -> bool {
    let Json::Object(members) = value.kind else {
        return false;
    };
    let is_element =
        |name: &str| STATEMENT_ELEMENTS.contains(&name) || nearest(name, POLICY_ELEMENTS).is_some();
    members.is_empty() || members.iter().any(|member| is_element(member.key.text))
}

/// Tells whether a text that is not JSON was meant as a policy.
fn looks_like_policy(text: &str) -> bool {
    let finder = |needle: &str| memchr::memmem::find(text.as_bytes(), needle.as_bytes()).is_some();
    finder("\"Statement\"") && finder("\"Effect\"")
}

fn syntax_error(error: &SyntaxError) -> Draft {
    Draft::new(Code::JsonSyntaxError, error.span, error.syntax.to_string())
        .help("mend the JSON; nothing after this place was read")
}

fn no_policy(anything: bool) -> Draft {
    if anything {
        let message = "the JSON is not a policy document";
        Draft::new(Code::NoPolicyFound, Span::new(0, 0), message)
            .help("a policy document is an object with a `Statement`")
    } else {
        Draft::new(Code::JsonSyntaxError, Span::new(0, 0), "the text is empty")
            .help("a policy document is a JSON object with a `Statement`")
    }
}
