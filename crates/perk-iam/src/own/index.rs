//! Known actions by name, found through the patterns of a policy without expanding these.

use std::borrow::Cow;
use std::ops::Range;

use crate::policy::glob;

/// Full names of actions, by service.
#[derive(Debug)]
pub(super) struct ActionIndex {
    names: Vec<&'static str>,
    /// Every service, sorted, with the range of its names.
    services: Vec<(&'static str, Range<usize>)>,
    /// For each first letter, the lengths of the services as bits: most patterns are of other
    /// services, and this is how it shows at once.
    shapes: [u64; 32],
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
        let mut shapes = [0; 32];
        for (service, _) in &services {
            let (letter, length) = shape(service);
            shapes[letter] |= length;
        }
        Self {
            names,
            services,
            shapes,
        }
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
            (self.of_service(prefix), prefix.len())
        };
        // The service is the same, so the names alone are compared, and most differ at once.
        let pattern = &pattern[same..];
        let first = pattern.as_bytes().get(1).copied();
        let first = first.filter(|letter| same > 0 && letter.is_ascii_alphanumeric());
        let matches = move |position: &usize| {
            let name = &self.name(*position)[same..];
            let may = first.is_none_or(|first| {
                let letter = name.as_bytes().get(1);
                letter.is_some_and(|letter| letter.eq_ignore_ascii_case(&first))
            });
            may && glob::matches_ignoring_case(pattern, name)
        };
        range.filter(matches)
    }

    /// Returns the positions of the names of a service.
    fn of_service(&self, prefix: &str) -> Range<usize> {
        let (letter, length) = shape(prefix);
        if self.shapes[letter] & length == 0 {
            return 0..0;
        }
        let lower = lower(prefix);
        let found = self
            .services
            .binary_search_by(|(known, _)| (*known).cmp(&lower));
        found.map_or(0..0, |at| self.services[at].1.clone())
    }
}

/// Returns the first letter of a service, whatever its case, and a bit for its length.
fn shape(service: &str) -> (usize, u64) {
    let letter = service.bytes().next().unwrap_or_default() & 31;
    (usize::from(letter), 1 << (service.len() & 63))
}

fn service(name: &str) -> &str {
    let end = memchr::memchr(b':', name.as_bytes());
    &name[..end.unwrap_or(name.len())]
}

/// Most services are written in lower case already.
fn lower(prefix: &str) -> Cow<'_, str> {
    if prefix.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(prefix.to_ascii_lowercase())
    } else {
        Cow::Borrowed(prefix)
    }
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
