"""The command line: serve, print the OpenAPI document, or run a task."""

import asyncio
import json
import sys

import structlog

from .about import about
from .application import create_application
from .composition import COMMANDS, LOG_PROCESSORS, ROUTERS
from .logs import configure_logs
from .part import Command
from .service import serve
from .settings import SettingsError, load_settings

USAGE = f"one of: serve, openapi{''.join(f', {name}' for name in COMMANDS)}"


def main() -> int:
    """Runs what the arguments ask for and returns the exit code."""
    match sys.argv[1:]:
        case [] | ["serve"]:
            return run(serve)
        case ["openapi"]:
            sys.stdout.write(openapi())
            return 0
        case [name] if name in COMMANDS:
            return run(COMMANDS[name])
        case _:
            sys.stderr.write(f"{USAGE}\n")
            return 2


def run(command: Command) -> int:
    """Runs a command with the configuration of the environment: 2 when that is wrong."""
    try:
        settings = load_settings()
    except SettingsError as error:
        sys.stderr.write(f"the configuration is wrong:\n{error}\n")
        return 2
    configure_logs(settings.log.level, extra=LOG_PROCESSORS)
    try:
        asyncio.run(command(settings))
    except Exception:  # noqa: BLE001 - whatever ends the process is logged
        structlog.get_logger(__name__).exception("ended by an error")
        return 1
    return 0


def openapi() -> str:
    """The OpenAPI document as it is kept in the repository."""
    document = create_application(about(), ROUTERS).openapi()
    return json.dumps(document, indent=2) + "\n"


if __name__ == "__main__":
    sys.exit(main())
