//! What makes a finding the same one tomorrow: a hash that does not depend on where in its file
//! it stands.

use std::collections::HashMap;

use crate::finding::Finding;
use crate::hash::Fnv;

/// Gives findings their fingerprints, and numbers those that would have the same one.
#[derive(Debug, Default)]
pub struct Fingerprints {
    seen: HashMap<u64, u32>,
}

/// What a finding is about, as far as its fingerprint is concerned.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'s> {
    /// The path of the file, the same on every machine.
    pub path: &'s str,
    /// The name of the policy.
    pub policy: Option<&'s str>,
    /// The text that the spans of the finding are in.
    pub text: &'s str,
}

impl Fingerprints {
    /// Returns the fingerprint of a finding: 16 hexadecimal digits.
    ///
    /// It is made of path, code, policy, statement id, element, and the text pointed at. Lines,
    /// white space and the order of statements do not count. The second finding of which all
    /// this is the same gets another fingerprint than the first, and so on.
    pub fn of(&mut self, finding: &Finding, subject: Subject<'_>) -> String {
        let identity = identity(finding, subject);
        let count = self.seen.entry(identity).or_default();
        *count += 1;
        let fingerprint = match *count {
            1 => identity,
            number => numbered(identity, number),
        };
        format!("{fingerprint:016x}")
    }
}

fn identity(finding: &Finding, subject: Subject<'_>) -> u64 {
    let place = finding.primary();
    let pointed = subject.text.get(place.span.range()).unwrap_or_default();
    let is_named = finding.sid.is_some() || place.pointer.is_empty();
    let mut hash = Fnv::new();
    hash.add(subject.path);
    hash.add(finding.code.name());
    hash.add(subject.policy.unwrap_or_default());
    hash.add(finding.sid.as_deref().unwrap_or_default());
    hash.add_parts(element(&place.pointer));
    // A whole statement or document changes with every edit; its name does not.
    if is_named && pointed.starts_with('{') {
        hash.add("");
    } else {
        hash.add_parts(pointed.split_whitespace());
    }
    hash.finish()
}

fn numbered(identity: u64, number: u32) -> u64 {
    let mut hash = Fnv::new();
    hash.add(&identity.to_string());
    hash.add(&number.to_string());
    hash.finish()
}

/// Returns the parts of a path without the positions in it.
fn element(pointer: &str) -> impl Iterator<Item = &str> {
    let is_position = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    let names = pointer.split('/').filter(move |part| !is_position(part));
    let separators = std::iter::once("").chain(std::iter::repeat("/"));
    separators.zip(names).flat_map(<[&str; 2]>::from)
}

#[cfg(test)]
mod tests {
    use perk_iam_catalog::Catalog;

    use super::*;
    use crate::{Options, Validator};

    const STATEMENT: &str = r#"{"Effect": "Allow", "Action": "s3:GetObjet", "Resource": "*"}"#;
    const OTHER: &str = r#"{"Effect": "Allow", "Action": "s3:PutObjet", "Resource": "*"}"#;

    fn policy(statements: &[&str]) -> String {
        let statements = statements.join(",\n\n");
        format!(r#"{{"Version": "2012-10-17", "Statement": [{statements}]}}"#)
    }

    fn fingerprints(text: &str) -> Vec<String> {
        let validation = Validator::new(Catalog::embedded()).validate(text, Options::default());
        let mut fingerprints = Fingerprints::default();
        let subject = Subject {
            path: "a.json",
            policy: Some("a"),
            text,
        };
        let document = &validation.documents[0];
        document
            .findings
            .iter()
            .map(|finding| fingerprints.of(finding, subject))
            .collect()
    }

    #[test]
    fn is_the_same_wherever_the_statement_stands() {
        let alone = fingerprints(&policy(&[STATEMENT]));
        let moved = fingerprints(&policy(&[OTHER, STATEMENT]));
        assert_eq!(alone.len(), 1);
        assert_eq!(moved[1..], alone);
        assert_ne!(moved[0], moved[1]);
    }

    #[test]
    fn the_same_finding_twice_is_two() {
        let twice = fingerprints(&policy(&[STATEMENT, STATEMENT]));
        let once = fingerprints(&policy(&[STATEMENT]));
        assert!(twice.contains(&once[0]));
        assert_ne!(twice[0], twice[1]);
    }
}
