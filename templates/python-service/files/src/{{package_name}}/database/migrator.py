"""Migrates in the background, since the database may be late or away when the service starts."""

import asyncio
import random

import structlog

from ..clock import Clock
from ..resilience.retry import RetryPolicy
from .errors import FAULTS, check_error
from .pool import connect
from .schema import migrate
from .settings import DatabaseSettings

log = structlog.get_logger(__name__)

CONNECT_SECONDS = 5.0
MOST_SECONDS = 600.0

PAUSES = RetryPolicy(base=0.5, cap=10.0)


async def migrate_once(settings: DatabaseSettings) -> None:
    """Applies what is pending, or raises."""
    connection = await connect(settings, CONNECT_SECONDS)
    try:
        async with asyncio.timeout(MOST_SECONDS):
            names = await migrate(connection)
    finally:
        connection.terminate()
    log.info("schema is current", applied=names)


async def migrate_until_done(settings: DatabaseSettings, clock: Clock) -> None:
    """Tries until it has worked; until then the database check says `schema_pending`."""
    retry = 0
    while True:
        try:
            await migrate_once(settings)
        except FAULTS as error:
            log.warning("migration failed", error_class=check_error(error).error_class)
        else:
            return
        await clock.sleep(PAUSES.pause(min(retry, 10), random.uniform))
        retry += 1
