"""What this service is called and which release of it is running."""

from dataclasses import dataclass
from importlib import metadata

PACKAGE = __name__.partition(".")[0]


@dataclass(frozen=True, slots=True)
class About:
    """Name, release and one-line description, as the installed package states them."""

    name: str
    release: str
    summary: str


def about() -> About:
    """Reads the metadata of the installed package."""
    installed = metadata.metadata(PACKAGE)
    return About(name=installed["Name"], release=installed["Version"], summary=installed["Summary"])
