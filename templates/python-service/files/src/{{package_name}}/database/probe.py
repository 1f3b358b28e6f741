"""The background check of PostgreSQL."""

from contextlib import suppress

from ..health.checker import Timing
from ..health.dependency import CheckError
from .database import Database
from .errors import FAULTS, check_error
from .pool import Connection, connect, cut_off, now, use_pool
from .schema import pending
from .settings import DatabaseSettings

POOL_SHARE = 0.5
FRESH_SHARE = 0.4


class DatabaseProbe:
    """Asks through the pool, as requests do, and without it when that fails.

    A pool that fails while a fresh connection works is either busy, when requests still get their
    answers, and that is no fault; or it is dead. A dead one is rebuilt, and when it stays that way
    for long, liveness fails, for then a restart is the cure.
    """

    def __init__(self, database: Database, settings: DatabaseSettings, timing: Timing) -> None:
        self._database = database
        self._settings = settings
        self._timing = timing
        self._schema_current = False

    async def __call__(self) -> None:
        """Returns when PostgreSQL can serve requests."""
        try:
            await use_pool(self._database.pool, self._ask, self._timing.timeout * POOL_SHARE)
        except FAULTS as error:
            await self._explain(check_error(error))
        self._database.dead_pool.end()
        if not self._schema_current:
            raise CheckError("schema_pending")

    async def _ask(self, connection: Connection) -> None:
        if self._schema_current:
            await connection.fetchval("SELECT 1")
        else:
            self._schema_current = not await pending(connection)

    async def _explain(self, failure: CheckError) -> None:
        if await self._fresh_connection_works():
            if self._database.moves(self._timing.period):
                return
            self._database.dead_pool.begin()
            await self._database.pool.expire_connections()
            raise CheckError("pool")
        self._database.dead_pool.end()
        raise failure

    async def _fresh_connection_works(self) -> bool:
        seconds = self._timing.timeout * FRESH_SHARE
        ends = now() + seconds
        with suppress(*FAULTS):
            connection = await connect(self._settings, seconds)
            try:
                await cut_off(connection, _select_one, ends)
            finally:
                connection.terminate()
            return True
        return False


async def _select_one(connection: Connection) -> None:
    await connection.fetchval("SELECT 1")
