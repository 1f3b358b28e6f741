"""What a part of the service is, and what it is given when it starts."""

from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from fastapi import FastAPI

from .about import About
from .health.watch import Watch
from .settings import Settings


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a part may use and add to."""

    application: FastAPI
    settings: Settings
    watch: Watch
    about: About


Part = Callable[[Surroundings], AbstractAsyncContextManager[None]]
"""Starts when it is entered and ends when it is left; it must not wait for a dependency."""

Command = Callable[[Settings], Coroutine[None, None, None]]
"""A task for the command line that runs to its end instead of serving."""
