"""Uses of a connection that end in time, whatever the network does."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeAlias, TypeVar

import asyncpg

from .settings import DatabaseSettings

T = TypeVar("T")

LEAST_RELEASE_SECONDS = 0.1

Pool: TypeAlias = "asyncpg.Pool[asyncpg.Record]"
Connection: TypeAlias = (
    "asyncpg.Connection[asyncpg.Record] | asyncpg.pool.PoolConnectionProxy[asyncpg.Record]"
)
Work = Callable[[Connection], Awaitable[T]]


def create_pool(settings: DatabaseSettings, name: str) -> Pool:
    """Makes a pool that connects when it is first used, so that the service starts without."""
    return asyncpg.create_pool(
        settings.url.get_secret_value(),
        min_size=0,
        max_size=settings.connections,
        timeout=settings.try_timeout,
        server_settings={
            "application_name": name,
            "statement_timeout": str(int(settings.deadline * 1000)),
        },
    )


def now() -> float:
    """The time of the event loop, in which the ends of uses are given."""
    return asyncio.get_running_loop().time()


async def connect(settings: DatabaseSettings, seconds: float) -> Connection:
    """Opens a connection of its own, outside the pool."""
    return await asyncpg.connect(settings.url.get_secret_value(), timeout=seconds)


async def use_pool(pool: Pool, work: Work[T], seconds: float) -> T:
    """Lends a connection to `work` and takes it back in time."""
    ends = now() + seconds
    connection = await pool.acquire(timeout=seconds)
    try:
        return await cut_off(connection, work, ends)
    finally:
        with suppress(OSError, asyncpg.InterfaceError, asyncpg.PostgresError):
            await pool.release(connection, timeout=max(LEAST_RELEASE_SECONDS, ends - now()))


async def cut_off(connection: Connection, work: Work[T], ends: float) -> T:
    """Drops the connection when the work takes too long or is abandoned.

    The driver's own way is to ask the server to cancel, over another connection, and to wait for
    the answer; through a network that swallows packets neither comes to an end.
    """
    timed_out = False

    def drop() -> None:
        nonlocal timed_out
        timed_out = True
        connection.terminate()

    timer = asyncio.get_running_loop().call_at(ends, drop)
    try:
        return await work(connection)
    except asyncio.CancelledError:
        connection.terminate()
        raise
    except Exception as error:
        if timed_out:
            raise TimeoutError from error
        raise
    finally:
        timer.cancel()
