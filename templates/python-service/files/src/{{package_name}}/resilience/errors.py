"""What can end a guarded call besides its own result."""


class TransientError(Exception):
    """A failure that another try may cure; the cause is chained.

    `retry_after` is what the dependency asked for, in seconds.
    """

    def __init__(self, reason: str, *, retry_after: float = 0.0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after = retry_after


class CircuitOpenError(Exception):
    """The call was not made, because the last ones failed."""

    def __init__(self, name: str, retry_after: float) -> None:
        super().__init__(f"circuit of `{name}` is open")
        self.retry_after = retry_after


class DeadlineExceededError(Exception):
    """The time for the whole operation is over."""


class UnavailableError(Exception):
    """What the caller needs cannot be had for now."""

    def __init__(self, what: str, *, retry_after: float = 1.0) -> None:
        super().__init__(f"{what} is not available")
        self.retry_after = retry_after
