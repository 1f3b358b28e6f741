"""How far the process is between its start and its end."""

from enum import StrEnum


class Phase(StrEnum):
    """The stages of a process, in order."""

    STARTING = "starting"
    SERVING = "serving"
    DRAINING = "draining"


class Lifecycle:
    """The current phase; written by the event loop, read by the management thread."""

    def __init__(self) -> None:
        self._phase = Phase.STARTING

    @property
    def phase(self) -> Phase:
        """The current phase."""
        return self._phase

    def serving(self) -> None:
        """Says that requests are being accepted."""
        if self._phase is Phase.STARTING:
            self._phase = Phase.SERVING

    def draining(self) -> None:
        """Says that the process was asked to end; there is no way back."""
        self._phase = Phase.DRAINING
