"""Notes as rows: the queries of the example resource."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from .database import Database
from .pool import Connection


@dataclass(frozen=True, slots=True)
class Note:
    """A note as it is stored."""

    id: UUID
    text: str
    changed_at: datetime


class Notes:
    """The notes in the database; every operation may be repeated without harm."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def some(self, most: int, after: UUID) -> list[Note]:
        """Notes in the order of their ids, from behind the given one."""

        async def work(connection: Connection) -> list[Note]:
            query = "SELECT id, text, changed_at FROM notes WHERE id > $1 ORDER BY id LIMIT $2"
            return [Note(**row) for row in await connection.fetch(query, after, most)]

        return await self._database.run(work)

    async def one(self, identity: UUID) -> Note | None:
        """The note with the id, if there is one."""

        async def work(connection: Connection) -> Note | None:
            query = "SELECT id, text, changed_at FROM notes WHERE id = $1"
            row = await connection.fetchrow(query, identity)
            return None if row is None else Note(**row)

        return await self._database.run(work)

    async def put(self, identity: UUID, text: str) -> Note:
        """Stores a note under the id that the caller chose."""

        async def work(connection: Connection) -> Note:
            query = """
                INSERT INTO notes (id, text) VALUES ($1, $2)
                ON CONFLICT (id) DO UPDATE SET text = excluded.text, changed_at = now()
                RETURNING id, text, changed_at
            """
            rows = await connection.fetch(query, identity, text)
            return Note(**rows[0])

        return await self._database.run(work)

    async def remove(self, identity: UUID) -> None:
        """Sees to it that there is no such note."""

        async def work(connection: Connection) -> None:
            await connection.execute("DELETE FROM notes WHERE id = $1", identity)

        await self._database.run(work)
