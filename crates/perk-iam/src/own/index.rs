//! Known actions by name, found through the patterns of a policy without expanding these.

use std::cmp::Ordering;
use std::ops::Range;

use crate::policy::glob;

/// Full names of actions, by service.
#[derive(Debug)]
pub(super) struct ActionIndex {
    names: Vec<&'static str>,
    /// Every service, sorted, with the range of its names.
    services: Vec<(&'static str, Range<usize>)>,
}

impl ActionIndex {
    /// Sorts names, each kept once; their services are in lower case.
    pub(super) fn new(names: impl IntoIterator<Item = &'static str>) -> Self {
        let mut names: Vec<&'static str> = names.into_iter().collect();
        names.sort_unstable_by_key(|name| (service(name), *name));
        names.dedup();
        let mut services: Vec<(&'static str, Range<usize>)> = Vec::new();
        for (index, name) in names.iter().enumerate() {
            match services.last_mut() {
                Some((last, range)) if *last == service(name) => range.end = index + 1,
                _ => services.push((service(name), index..index + 1)),
            }
        }
        Self { names, services }
    }

    /// Returns the name at a position.
    pub(super) fn name(&self, position: usize) -> &'static str {
        self.names.get(position).copied().unwrap_or_default()
    }

    /// Returns how many names there are.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// Returns the position of a name.
    pub(super) fn position(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|known| *known == name)
    }

    /// Returns the positions of the names that a pattern matches.
    pub(super) fn matching<'s>(&'s self, pattern: &'s str) -> impl Iterator<Item = usize> + 's {
        let prefix = service(pattern);
        let (range, same) = if glob::has_wildcard(prefix) {
            (0..self.names.len(), 0)
        } else {
            let found = self
                .services
                .binary_search_by(|(known, _)| order(known, prefix));
            let range = found.map_or(0..0, |at| self.services[at].1.clone());
            (range, prefix.len())
        };
        // The service is the same, so the names alone are compared.
        let matches = move |position: &usize| {
            glob::matches_ignoring_case(&pattern[same..], &self.name(*position)[same..])
        };
        range.filter(matches)
    }
}

fn service(name: &str) -> &str {
    let end = memchr::memchr(b':', name.as_bytes());
    &name[..end.unwrap_or(name.len())]
}

/// Compares a service in lower case with one in any case.
fn order(known: &str, prefix: &str) -> Ordering {
    let lower = prefix.bytes().map(|byte| byte.to_ascii_lowercase());
    known.bytes().cmp(lower)
}

#[cfg(test)]
mod tests {
    use super::ActionIndex;

    #[test]
    fn finds_by_pattern() {
        let index = ActionIndex::new([
            "s3:GetObject",
            "iam:PassRole",
            "s3:GetObject",
            "ec2:RunInstances",
        ]);
        let names = |pattern: &str| -> Vec<_> {
            index.matching(pattern).map(|at| index.name(at)).collect()
        };
        assert_eq!(names("S3:get*"), ["s3:GetObject"]);
        assert_eq!(
            names("*"),
            ["ec2:RunInstances", "iam:PassRole", "s3:GetObject"]
        );
        assert_eq!(names("s3-object-lambda:*"), [""; 0]);
        assert_eq!(names("PassRole"), [""; 0]);
    }
}
