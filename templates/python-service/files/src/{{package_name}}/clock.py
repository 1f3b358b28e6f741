"""Time as a value that can be handed in, so that tests need not wait."""

import asyncio
import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """A source of time."""

    def monotonic(self) -> float:
        """Seconds that never run backwards."""

    def wall(self) -> datetime:
        """The date and time in UTC."""

    async def sleep(self, seconds: float) -> None:
        """Waits without blocking the event loop."""


class SystemClock:
    """The clock of the machine."""

    def monotonic(self) -> float:
        """Seconds that never run backwards."""
        return time.monotonic()

    def wall(self) -> datetime:
        """The date and time in UTC."""
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        """Waits without blocking the event loop."""
        await asyncio.sleep(seconds)
