//! Keeps notes in memory, until the process ends: a stand-in for a real store.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use time::OffsetDateTime;

use super::model::{Note, NoteId, NoteText, Page};
use crate::http::Problem;
use crate::resilience::Deadline;

/// How many notes are kept; the oldest make room for new ones.
const CAPACITY: usize = 1_000;

/// Why the store gave nothing: memory always gives.
pub type StoreError = Infallible;

impl From<StoreError> for Problem {
    fn from(never: StoreError) -> Self {
        match never {}
    }
}

/// The notes of the service.
#[derive(Debug, Clone, Default)]
pub struct NoteStore {
    notes: Arc<Mutex<Notes>>,
}

#[derive(Debug, Default)]
struct Notes {
    last_id: NoteId,
    by_id: BTreeMap<NoteId, StoredNote>,
}

#[derive(Debug)]
struct StoredNote {
    note: Note,
    synthetic: bool,
}

#[expect(
    clippy::unused_async,
    reason = "a real store waits, and its callers must not change"
)]
impl NoteStore {
    /// Adds a note.
    pub async fn add(
        &self,
        _deadline: Deadline,
        text: &NoteText,
        synthetic: bool,
    ) -> Result<Note, StoreError> {
        let mut notes = self.lock();
        notes.last_id += 1;
        let id = notes.last_id;
        let note = Note {
            id,
            text: text.as_str().to_owned(),
            created_at: OffsetDateTime::now_utc(),
        };
        notes.by_id.insert(
            id,
            StoredNote {
                note: note.clone(),
                synthetic,
            },
        );
        if notes.by_id.len() > CAPACITY {
            notes.by_id.pop_first();
        }
        Ok(note)
    }

    /// Returns a note, also a synthetic one.
    pub async fn find(&self, _deadline: Deadline, id: NoteId) -> Result<Option<Note>, StoreError> {
        Ok(self.lock().by_id.get(&id).map(|stored| stored.note.clone()))
    }

    /// Returns a page of notes without the synthetic ones, in the order in which they were added.
    pub async fn list(&self, _deadline: Deadline, page: Page) -> Result<Vec<Note>, StoreError> {
        let notes = self.lock();
        let later = notes.by_id.range(page.after().saturating_add(1)..);
        let real = later.filter(|(_, stored)| !stored.synthetic);
        Ok(real
            .take(page.limit().into())
            .map(|(_, stored)| stored.note.clone())
            .collect())
    }

    /// Removes a note; returns whether it was there.
    pub async fn remove(&self, _deadline: Deadline, id: NoteId) -> Result<bool, StoreError> {
        Ok(self.lock().by_id.remove(&id).is_some())
    }

    fn lock(&self) -> MutexGuard<'_, Notes> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn the_oldest_note_makes_room() {
        let store = NoteStore::default();
        let deadline = Deadline::after(Duration::from_secs(10));
        let text = NoteText::try_from("hello".to_owned()).unwrap();
        for _ in 0..=CAPACITY {
            store.add(deadline, &text, false).await.unwrap();
        }
        assert_eq!(store.find(deadline, 1).await.unwrap(), None);
        assert!(store.find(deadline, 2).await.unwrap().is_some());
    }
}
