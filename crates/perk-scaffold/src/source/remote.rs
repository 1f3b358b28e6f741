//! Asking a repository which commit a branch or a tag stands for.

use std::collections::BTreeMap;
use std::time::Duration;

use super::git::Git;
use super::{GitReference, GitSource, SourceError};

/// The most bytes of the answer, which is a few lines long.
const ANSWER_LIMIT: usize = 1024 * 1024;

/// What a reference is on the other side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    /// The full name, or the id of a commit.
    pub(super) name: String,
    /// The commit.
    pub(super) commit: String,
}

/// Asks the repository.
pub(super) fn look_up(
    git: &Git,
    source: &GitSource,
    time_limit: Duration,
) -> Result<Target, SourceError> {
    let names = match &source.reference {
        Some(reference) => reference.candidates(),
        None => vec!["HEAD".to_owned()],
    };
    let patterns = names
        .iter()
        .flat_map(|name| [name.clone(), format!("{name}^{{}}")]);
    let output = git
        .remote(format!("ask `{}` for its branches and tags", source.url))
        .arguments(["ls-remote", "--quiet", "--", source.url.as_str()])
        .arguments(patterns)
        .time_limit(time_limit)
        .output_limit(ANSWER_LIMIT)
        .capture()
        .and_then(perk_process::Captured::success)
        .map_err(|error| SourceError::Git {
            spec: source.to_string(),
            url: source.url.to_string(),
            source: Box::new(error),
        })?;
    let listed = parse(&output).ok_or_else(|| SourceError::Answer {
        url: source.url.to_string(),
    })?;
    choose(&names, &listed, source)
}

fn choose(
    names: &[String],
    listed: &BTreeMap<String, String>,
    source: &GitSource,
) -> Result<Target, SourceError> {
    let mut found = names.iter().filter_map(|name| {
        // An annotated tag has an object of its own; the commit is listed after it.
        let commit = listed.get(&format!("{name}^{{}}")).or(listed.get(name))?;
        Some(Target {
            name: name.clone(),
            commit: commit.clone(),
        })
    });
    let url = source.url.to_string();
    match (found.next(), found.next(), &source.reference) {
        (Some(first), Some(second), Some(reference)) if first.commit != second.commit => {
            Err(SourceError::Ambiguous {
                url,
                reference: reference.to_string(),
            })
        }
        (Some(target), ..) => Ok(target),
        (None, _, Some(reference)) => Err(SourceError::NoReference {
            url,
            reference: reference.to_string(),
            seen: None,
        }),
        (None, _, None) => Err(SourceError::NoCommits { url }),
    }
}

/// Reads lines of an id, a tab and a name.
fn parse(output: &[u8]) -> Option<BTreeMap<String, String>> {
    let text = std::str::from_utf8(output).ok()?;
    text.lines()
        .map(|line| {
            let (id, name) = line.split_once('\t')?;
            is_id(id).then(|| (name.to_owned(), id.to_owned()))
        })
        .collect()
}

/// Returns whether a text is the full id of an object.
pub(super) fn is_id(text: &str) -> bool {
    GitReference::parse(text).is_ok_and(|reference| reference.is_commit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Location, SourceSpec};

    const ONE: &str = "1111111111111111111111111111111111111111";
    const TWO: &str = "2222222222222222222222222222222222222222";

    fn answer(spec: &str, listed: &[(&str, &str)]) -> Result<Target, String> {
        let SourceSpec::At(Location::Git(source)) = SourceSpec::parse(spec).unwrap() else {
            panic!("a git source");
        };
        let names = source
            .reference
            .as_ref()
            .map_or(vec!["HEAD".to_owned()], GitReference::candidates);
        let listed = listed
            .iter()
            .map(|(name, id)| ((*name).to_owned(), (*id).to_owned()));
        choose(&names, &listed.collect(), &source).map_err(|error| error.to_string())
    }

    #[test]
    fn a_tag_is_taken_for_its_commit() {
        let listed = [("refs/tags/v1", ONE), ("refs/tags/v1^{}", TWO)];
        let target = answer("git+https://h/r#v1", &listed).unwrap();
        assert_eq!(
            (target.name.as_str(), target.commit.as_str()),
            ("refs/tags/v1", TWO)
        );
    }

    #[test]
    fn a_name_that_means_two_commits_is_refused() {
        let listed = [("refs/tags/v1", ONE), ("refs/heads/v1", TWO)];
        assert_eq!(
            answer("git+https://h/r#v1", &listed).unwrap_err(),
            "`v1` is both a tag and a branch of `https://h/r`, and they differ"
        );
        assert!(answer("git+https://h/r#refs/heads/v1", &listed).is_ok());
        let same = [("refs/tags/v1", ONE), ("refs/heads/v1", ONE)];
        assert!(answer("git+https://h/r#v1", &same).is_ok());
    }

    #[test]
    fn only_the_exact_name_counts() {
        let listed = [("refs/heads/x/refs/heads/main", ONE)];
        assert_eq!(
            answer("git+https://h/r#main", &listed).unwrap_err(),
            "`https://h/r` has no branch or tag `main`"
        );
        assert_eq!(
            answer("git+https://h/r", &[]).unwrap_err(),
            "`https://h/r` has no commits"
        );
    }

    #[test]
    fn an_answer_of_another_kind_is_noticed() {
        assert!(parse(b"<html>\n").is_none());
        assert!(parse(b"--upload-pack=x\tHEAD\n").is_none());
        assert!(parse(b"ABCD\tHEAD\n").is_none());
        assert_eq!(parse(b"").unwrap().len(), 0);
    }
}
