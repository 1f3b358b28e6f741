"""Adds the database to the service."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from ..api import notes as notes_api
from ..health.dependency import Dependency, Kind
from ..part import Surroundings
from ..settings import Settings
from .database import NAME, Database
from .migrator import migrate_once, migrate_until_done
from .notes import Notes
from .pool import Pool, create_pool
from .probe import DatabaseProbe

CLOSE_SECONDS = 2.0


@asynccontextmanager
async def database_part(surroundings: Surroundings) -> AsyncIterator[None]:
    """Opens the pool, has it checked, and closes it at the end; does not wait for PostgreSQL."""
    settings, watch = surroundings.settings.database, surroundings.watch
    pool = await create_pool(settings, surroundings.about.name)
    try:
        database = Database(pool, settings, watch.clock)
        surroundings.application.state.notes = Notes(database)
        watch.dependency(_dependency(database, surroundings), database.breaker)
        watch.vital(database.dead_pool)
        if settings.migrate:
            watch.job(partial(migrate_until_done, settings, watch.clock))
        yield
    finally:
        await _close(pool)


async def _close(pool: Pool) -> None:
    try:
        await asyncio.wait_for(pool.close(), CLOSE_SECONDS)
    except TimeoutError:
        pool.terminate()


def _dependency(database: Database, surroundings: Surroundings) -> Dependency:
    settings, timing = surroundings.settings.database, surroundings.watch.timing
    return Dependency(
        name=NAME,
        probe=DatabaseProbe(database, settings, timing),
        kind=Kind.DATASTORE,
        hard=True,
        shared=True,
        affects=(notes_api.router.prefix,),
    )


async def migrate_command(settings: Settings) -> None:
    """Brings the schema up to date and ends."""
    await migrate_once(settings.database)
