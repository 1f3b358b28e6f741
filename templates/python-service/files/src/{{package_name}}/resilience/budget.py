"""A limit on retries that grows with the calls made, so that retries cannot become the load."""


class RetryBudget:
    """Tokens: each call earns a part of one, each retry costs one."""

    def __init__(self, *, ratio: float = 0.1, reserve: float = 10.0) -> None:
        self._ratio = ratio
        self._reserve = reserve
        self._tokens = reserve

    def earn(self) -> None:
        """Books one first try."""
        self._tokens = min(self._reserve, self._tokens + self._ratio)

    def spend(self) -> bool:
        """Takes a token for a retry, if there is one."""
        if self._tokens < 1.0:
            return False
        self._tokens -= 1.0
        return True
