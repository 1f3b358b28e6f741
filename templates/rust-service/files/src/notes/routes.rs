//! The endpoints of notes.

use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Json, Router};
use serde::Deserialize;

use super::NoteStore;
use super::model::{Note, NoteId, NoteText, Page};
use crate::http::Problem;
use crate::resilience::Deadline;

/// The endpoints, as health reports name them.
pub const ENDPOINTS: &[&str] = &["/v1/notes", "/v1/notes/{id}"];

/// Returns the endpoints over this store.
pub fn router(store: NoteStore) -> Router {
    Router::new()
        .route("/v1/notes", get(list).post(add))
        .route("/v1/notes/{id}", get(find).delete(remove))
        .with_state(store)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewNote {
    text: NoteText,
    /// Set by the synthetic check, whose notes are left out of lists.
    #[serde(default)]
    synthetic: bool,
}

async fn list(
    State(store): State<NoteStore>,
    Extension(deadline): Extension<Deadline>,
    page: Result<Query<Page>, QueryRejection>,
) -> Result<Json<Vec<Note>>, Problem> {
    let Query(page) = page?;
    Ok(Json(store.list(deadline, page).await?))
}

async fn add(
    State(store): State<NoteStore>,
    Extension(deadline): Extension<Deadline>,
    note: Result<Json<NewNote>, JsonRejection>,
) -> Result<Response, Problem> {
    let Json(NewNote { text, synthetic }) = note?;
    let note = store.add(deadline, &text, synthetic).await?;
    let location = HeaderValue::from_str(&format!("/v1/notes/{}", note.id));
    let mut response = (StatusCode::CREATED, Json(note)).into_response();
    response
        .headers_mut()
        .extend(location.ok().map(|location| (header::LOCATION, location)));
    Ok(response)
}

async fn find(
    State(store): State<NoteStore>,
    Extension(deadline): Extension<Deadline>,
    id: Result<Path<NoteId>, PathRejection>,
) -> Result<Json<Note>, Problem> {
    let Path(id) = id?;
    store
        .find(deadline, id)
        .await?
        .map(Json)
        .ok_or_else(Problem::not_found)
}

async fn remove(
    State(store): State<NoteStore>,
    Extension(deadline): Extension<Deadline>,
    id: Result<Path<NoteId>, PathRejection>,
) -> Result<StatusCode, Problem> {
    let Path(id) = id?;
    store.remove(deadline, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
