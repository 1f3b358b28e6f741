"""Which errors of the driver another try may cure, and what to call them."""

import asyncpg

from ..health.dependency import CheckError, error_class

TRANSIENT = (
    OSError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.SerializationError,
    asyncpg.DeadlockDetectedError,
)

FAULTS = (*TRANSIENT, asyncpg.PostgresError)


def check_error(error: BaseException) -> CheckError:
    """Names the sort of error for a health report."""
    match error:
        case asyncpg.InvalidAuthorizationSpecificationError():
            return CheckError("authentication")
        case asyncpg.InvalidCatalogNameError():
            return CheckError("no_such_database")
        case asyncpg.InsufficientResourcesError():
            return CheckError("too_many_connections")
        case asyncpg.OperatorInterventionError():
            return CheckError("shutting_down")
        case asyncpg.PostgresConnectionError() | asyncpg.InterfaceError():
            return CheckError("reset")
        case _:
            return CheckError(error_class(error))
