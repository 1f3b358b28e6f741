//! Keeps notes in PostgreSQL.

use std::sync::Arc;

use sqlx::Row;
use sqlx::postgres::PgRow;

use super::model::{Note, NoteId, NoteText, Page};
use crate::database::{Database, QueryError};
use crate::resilience::{Deadline, Repeatable};

/// Why the store gave nothing.
pub type StoreError = QueryError;

/// The notes of the service.
#[derive(Debug, Clone)]
pub struct NoteStore {
    database: Arc<Database>,
}

impl NoteStore {
    /// The notes in this database.
    pub fn new(database: Arc<Database>) -> Self {
        Self { database }
    }

    /// Adds a note. Not repeated: when the outcome is unknown, a second try could add it twice.
    pub async fn add(
        &self,
        deadline: Deadline,
        text: &NoteText,
        synthetic: bool,
    ) -> Result<Note, StoreError> {
        const STATEMENT: &str =
            "INSERT INTO notes (text, synthetic) VALUES ($1, $2) RETURNING id, text, created_at";
        self.database
            .run(deadline, Repeatable::No, async |pool| {
                sqlx::query(STATEMENT)
                    .bind(text.as_str())
                    .bind(synthetic)
                    .try_map(read)
                    .fetch_one(&pool)
                    .await
            })
            .await
    }

    /// Returns a note, also a synthetic one.
    pub async fn find(&self, deadline: Deadline, id: NoteId) -> Result<Option<Note>, StoreError> {
        const STATEMENT: &str = "SELECT id, text, created_at FROM notes WHERE id = $1";
        self.database
            .run(deadline, Repeatable::Yes, async |pool| {
                sqlx::query(STATEMENT)
                    .bind(id)
                    .try_map(read)
                    .fetch_optional(&pool)
                    .await
            })
            .await
    }

    /// Returns a page of notes without the synthetic ones, in the order in which they were added.
    pub async fn list(&self, deadline: Deadline, page: Page) -> Result<Vec<Note>, StoreError> {
        const STATEMENT: &str = "SELECT id, text, created_at FROM notes \
             WHERE id > $1 AND NOT synthetic ORDER BY id LIMIT $2";
        self.database
            .run(deadline, Repeatable::Yes, async |pool| {
                sqlx::query(STATEMENT)
                    .bind(page.after())
                    .bind(i64::from(page.limit()))
                    .try_map(read)
                    .fetch_all(&pool)
                    .await
            })
            .await
    }

    /// Removes a note; returns whether it was there.
    pub async fn remove(&self, deadline: Deadline, id: NoteId) -> Result<bool, StoreError> {
        let done = self
            .database
            .run(deadline, Repeatable::Yes, async |pool| {
                sqlx::query("DELETE FROM notes WHERE id = $1")
                    .bind(id)
                    .execute(&pool)
                    .await
            })
            .await?;
        Ok(done.rows_affected() > 0)
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the signature that `try_map` wants"
)]
fn read(row: PgRow) -> Result<Note, sqlx::Error> {
    Ok(Note {
        id: row.try_get("id")?,
        text: row.try_get("text")?,
        created_at: row.try_get("created_at")?,
    })
}
