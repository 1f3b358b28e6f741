"""The example resource: notes under ids that the caller chooses, so that PUT may be repeated."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from ..database.notes import Notes
from .problem import PROBLEM_RESPONSES

router = APIRouter(prefix="/v1/notes", tags=["notes"], responses=PROBLEM_RESPONSES)

FIRST = UUID(int=0)


class NoteBody(BaseModel):
    """What a caller sends."""

    text: str = Field(min_length=1, max_length=10_000)


class NoteAnswer(BaseModel):
    """What a caller gets."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    text: str
    changed_at: datetime


def notes_of(request: Request) -> Notes:
    """The notes that the database part has put in place."""
    notes: Notes = request.app.state.notes
    return notes


Stored = Annotated[Notes, Depends(notes_of)]


@router.get("")
async def list_notes(
    notes: Stored,
    most: Annotated[int, Query(ge=1, le=100)] = 20,
    after: UUID = FIRST,
) -> list[NoteAnswer]:
    """List notes in the order of their ids."""
    return [NoteAnswer.model_validate(note) for note in await notes.some(most, after)]


@router.get("/{identity}")
async def read_note(identity: UUID, notes: Stored) -> NoteAnswer:
    """Read one note."""
    note = await notes.one(identity)
    if note is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, "there is no such note")
    return NoteAnswer.model_validate(note)


@router.put("/{identity}")
async def put_note(identity: UUID, body: NoteBody, notes: Stored) -> NoteAnswer:
    """Store a note."""
    return NoteAnswer.model_validate(await notes.put(identity, body.text))


@router.delete("/{identity}", status_code=HTTPStatus.NO_CONTENT)
async def delete_note(identity: UUID, notes: Stored) -> None:
    """Remove a note."""
    await notes.remove(identity)
