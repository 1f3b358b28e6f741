"""One PostgreSQL for all tests of this folder."""

from collections.abc import Iterator

import pytest

from harness.fault_proxy import FaultProxy, fault_proxy
from harness.postgres import running_postgres, why_not


@pytest.fixture(scope="session")
def postgres() -> Iterator[int]:
    if reason := why_not():
        pytest.skip(reason)
    with running_postgres() as port:
        yield port


@pytest.fixture
def proxy(postgres: int) -> Iterator[FaultProxy]:
    with fault_proxy(postgres) as between:
        yield between
