//! The actions that some check of ours looks for, found through the patterns of a policy without
//! expanding these.

use std::borrow::Cow;
use std::ops::{BitAnd, BitOr, Range};
use std::rc::Rc;
use std::sync::LazyLock;

use perk_iam_catalog::LetterSet;

use super::{escalation, exposure};
use crate::known::ActionPattern;
use crate::policy::{Statement, glob};

/// Every action that opens a way of escalation or exposes something.
pub(crate) static DANGEROUS: LazyLock<DangerousActions> = LazyLock::new(|| {
    DangerousActions::new(escalation::action_names().chain(exposure::action_names()))
});

/// Full names of actions, by service.
#[derive(Debug)]
pub(crate) struct DangerousActions {
    names: Vec<&'static str>,
    /// The letters of each.
    letters: Vec<LetterSet>,
    /// Every service, sorted, with the range of its names.
    services: Vec<(&'static str, Range<usize>)>,
    /// For each first letter, the lengths of the services as bits: most patterns are of other
    /// services, and this is how it shows at once.
    shapes: [u64; 32],
}

impl DangerousActions {
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
        let letters = names.iter().map(|name| LetterSet::of_name(name.as_bytes()));
        Self {
            letters: letters.collect(),
            names,
            services,
            shapes,
        }
    }

    /// Returns the name at a position.
    pub(crate) fn name(&self, position: usize) -> &'static str {
        self.names.get(position).copied().unwrap_or_default()
    }

    /// Returns how many there are.
    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    /// Returns those that are not in a set.
    pub(super) fn except(&self, set: DangerousSet) -> DangerousSet {
        let all = 0..self.names.len();
        all.filter(|position| !set.has(*position)).collect()
    }

    /// Returns the position of a name.
    pub(super) fn position(&self, name: &str) -> Option<usize> {
        let range = self.of_service(service(name));
        let found = self.names[range.clone()].binary_search(&name);
        found.ok().map(|at| range.start + at)
    }

    /// Returns those that a pattern matches.
    pub(crate) fn matching(&self, pattern: &str) -> DangerousSet {
        let prefix = service(pattern);
        let (range, same) = if glob::has_wildcard(prefix) {
            (0..self.names.len(), 0)
        } else {
            (self.of_service(prefix), prefix.len())
        };
        let letters = LetterSet::of_pattern(pattern.as_bytes());
        // The service is the same, so the names alone are compared.
        let pattern = &pattern[same..];
        let matches = |position: &usize| {
            self.letters[*position].has_all(letters)
                && glob::matches_ignoring_case(pattern, &self.name(*position)[same..])
        };
        range.filter(matches).collect()
    }

    /// Returns the positions of the names of a service.
    pub(crate) fn of_service(&self, prefix: &str) -> Range<usize> {
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

/// The dangerous actions that a pattern names: nearly always none.
#[derive(Debug, Clone)]
pub(crate) enum Dangerous {
    None,
    /// The one at a position.
    One(u16),
    Several(Rc<DangerousSet>),
}

impl Dangerous {
    /// Tells whether it has an action.
    pub(super) fn has(&self, position: usize) -> bool {
        match self {
            Self::None => false,
            Self::One(one) => usize::from(*one) == position,
            Self::Several(set) => set.has(position),
        }
    }
}

impl From<DangerousSet> for Dangerous {
    fn from(set: DangerousSet) -> Self {
        if set.is_empty() {
            Self::None
        } else {
            Self::Several(Rc::new(set))
        }
    }
}

/// How many actions a set can hold.
const CAPACITY: usize = 640;

/// Some of the dangerous actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct DangerousSet {
    bits: [u64; CAPACITY / 64],
}

impl DangerousSet {
    /// Returns those that a statement names, given what its patterns mean; nothing if there are
    /// none.
    pub(super) fn named(statement: &Statement<'_>, patterns: &[ActionPattern<'_>]) -> Option<Self> {
        let is_negated = statement
            .actions
            .as_ref()
            .is_some_and(|actions| actions.negated);
        let first = patterns
            .iter()
            .position(|pattern| !matches!(pattern.dangerous, Dangerous::None));
        let from = match first {
            None if !is_negated => return None,
            first => first.unwrap_or(patterns.len()),
        };
        let mut matched = Self::default();
        for pattern in &patterns[from..] {
            match &pattern.dangerous {
                Dangerous::None => {}
                Dangerous::One(position) => matched.insert(usize::from(*position)),
                Dangerous::Several(set) => matched = matched | **set,
            }
        }
        let named = if is_negated {
            DANGEROUS.except(matched)
        } else {
            matched
        };
        (!named.is_empty()).then_some(named)
    }

    /// Returns the positions of its actions, in order.
    pub(super) fn positions(self) -> impl Iterator<Item = usize> {
        let without_lowest = |bits: &u64| bits.checked_sub(1).map(|less| bits & less);
        let words = self
            .bits
            .into_iter()
            .zip(0..)
            .filter(|(bits, _)| *bits != 0);
        words.flat_map(move |(bits, word)| {
            std::iter::successors(Some(bits), without_lowest)
                .take_while(|bits| *bits != 0)
                .map(move |bits| word * 64 + bits.trailing_zeros() as usize)
        })
    }

    fn insert(&mut self, position: usize) {
        self.bits[position / 64] |= 1 << (position % 64);
    }

    /// Tells whether it has every action of another set.
    pub(super) fn has_all(&self, other: &Self) -> bool {
        let words = self.bits.iter().zip(&other.bits);
        words.into_iter().all(|(own, other)| other & !own == 0)
    }

    /// Tells whether it has an action.
    pub(super) fn has(&self, position: usize) -> bool {
        let word = self.bits.get(position / 64);
        word.is_some_and(|bits| bits & (1 << (position % 64)) != 0)
    }

    /// Tells whether there is no action.
    pub(crate) fn is_empty(&self) -> bool {
        self.bits.iter().all(|bits| *bits == 0)
    }
}

impl FromIterator<usize> for DangerousSet {
    fn from_iter<I: IntoIterator<Item = usize>>(positions: I) -> Self {
        let mut set = Self::default();
        for position in positions {
            set.insert(position);
        }
        set
    }
}

impl BitOr for DangerousSet {
    type Output = Self;

    fn bitor(mut self, other: Self) -> Self {
        for (own, other) in self.bits.iter_mut().zip(other.bits) {
            *own |= other;
        }
        self
    }
}

impl BitAnd for DangerousSet {
    type Output = Self;

    fn bitand(mut self, other: Self) -> Self {
        for (own, other) in self.bits.iter_mut().zip(other.bits) {
            *own &= other;
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_by_pattern() {
        let actions = DangerousActions::new([
            "s3:GetObject",
            "iam:PassRole",
            "s3:GetObject",
            "ec2:RunInstances",
        ]);
        let names = |pattern: &str| -> Vec<_> {
            let set = actions.matching(pattern);
            set.positions().map(|at| actions.name(at)).collect()
        };
        assert_eq!(names("S3:get*"), ["s3:GetObject"]);
        assert_eq!(
            names("*"),
            ["ec2:RunInstances", "iam:PassRole", "s3:GetObject"]
        );
        assert_eq!(names("s3-object-lambda:*"), [""; 0]);
        assert_eq!(names("PassRole"), [""; 0]);
    }

    #[test]
    fn every_action_finds_room() {
        let all = DANGEROUS.except(DangerousSet::default());
        assert!(DANGEROUS.names.len() <= CAPACITY);
        assert_eq!(all.positions().count(), DANGEROUS.names.len());
        assert!(all.has(0) && !all.has(CAPACITY) && all.has_all(&DangerousSet::default()));
        assert_eq!(DANGEROUS.except(all), DangerousSet::default());
    }
}
