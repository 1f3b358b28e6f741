//! The actions of a service by the hashes of their names: for who looks up many of them.

use std::cell::OnceCell;

use crate::action::Action;
use crate::catalog::Catalog;
use crate::entries::Entries;
use crate::letter_set::LetterSet;
use crate::service::Service;
use crate::text;

/// An index that finds the actions of a service with one look, ignoring case.
///
/// What a look-up costs is waiting for memory: for one slot and one name, nearly always.
#[derive(Debug)]
pub struct ActionIndex<'c> {
    catalog: &'c Catalog<'c>,
    actions: Entries<'c, Action<'c>>,
    /// Their number is a power of two and half as many again as there are actions, or more.
    slots: Box<[Slot]>,
    /// The letters of each action's name, once a pattern is held against them.
    letters: OnceCell<Box<[LetterSet]>>,
}

/// A place for one action.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    /// The position of the action among those of the service, from 1; 0 if there is none.
    position: u16,
    /// The hash of its name, which tells most others apart.
    hash: u16,
    /// Where the catalog has its name.
    name: u32,
}

impl<'c> ActionIndex<'c> {
    /// Indexes the actions of a service.
    pub fn new(service: Service<'c>) -> Self {
        let actions = service.actions();
        let count = actions.len().min(usize::from(u16::MAX));
        let mut slots = vec![Slot::default(); (count + count / 2 + 1).next_power_of_two()];
        for (action, position) in actions.iter().zip(1..=u16::MAX) {
            let hash = text::hash(action.name_bytes());
            let mut place = first_place(hash, slots.len());
            while slots[place].position != 0 {
                place = next_place(place, slots.len());
            }
            slots[place] = Slot {
                position,
                hash,
                name: action.name_offset(),
            };
        }
        Self {
            catalog: service.catalog(),
            actions,
            slots: slots.into_boxed_slice(),
            letters: OnceCell::new(),
        }
    }

    /// Finds an action by its name without prefix, ignoring case, with its position among those
    /// of the service.
    pub fn find(&self, name: &str) -> Option<(usize, Action<'c>)> {
        let name = name.as_bytes();
        let hash = text::hash(name);
        let mut place = first_place(hash, self.slots.len());
        loop {
            let slot = self.slots[place];
            let position = usize::from(slot.position).checked_sub(1)?;
            if slot.hash == hash && text::equal(self.catalog.bytes(slot.name), name) {
                return Some((position, self.actions.get(position)?));
            }
            place = next_place(place, self.slots.len());
        }
    }

    /// Tells whether a glob without prefix matches any action, ignoring case.
    pub fn any_matches(&self, pattern: &str) -> bool {
        let pattern = pattern.as_bytes();
        let letters = LetterSet::of_pattern(pattern);
        let own = self.letters.get_or_init(|| {
            let names = self.actions.iter().map(Action::name_bytes);
            names.map(LetterSet::of_name).collect()
        });
        let mut actions = own.iter().zip(self.actions);
        actions.any(|(own, action)| {
            own.has_all(letters) && text::glob_matches(pattern, action.name_bytes())
        })
    }
}

/// Returns the slot in which a name of this hash is looked for first.
fn first_place(hash: u16, slots: usize) -> usize {
    usize::from(hash) & (slots - 1)
}

/// Returns the slot in which a name is looked for when another one stands in a slot.
fn next_place(place: usize, slots: usize) -> usize {
    (place + 1) & (slots - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;

    #[test]
    fn finds_every_action_and_no_other() {
        for service in Catalog::embedded().services() {
            let index = ActionIndex::new(service);
            for (position, action) in service.actions().iter().enumerate() {
                let found = Some((position, action));
                assert_eq!(index.find(action.name()), found);
                assert_eq!(index.find(&action.name().to_ascii_uppercase()), found);
                assert_eq!(index.find(&format!("{}s?", action.name())), None);
            }
            assert_eq!(index.find(""), None);
            for pattern in ["*", "get*", "*TAGS", "*i*s*", "?*x*"] {
                let any = service.any_action_matches(pattern);
                assert_eq!(index.any_matches(pattern), any, "{pattern}");
            }
        }
    }
}
