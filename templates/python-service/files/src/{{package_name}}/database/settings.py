"""Configuration of the database."""

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr


def _postgresql_url(url: SecretStr) -> SecretStr:
    parts = urlsplit(url.get_secret_value())
    if parts.scheme not in {"postgresql", "postgres"} or not parts.hostname:
        raise ValueError("must look like postgresql://user:password@host:5432/name")
    return url


class DatabaseSettings(BaseModel):
    """How to reach PostgreSQL and how long to wait for it: `APP_DATABASE_*`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: Annotated[SecretStr, AfterValidator(_postgresql_url)]
    connections: int = Field(default=10, ge=1, le=1000)
    try_timeout: float = Field(default=1.0, gt=0, le=60)
    deadline: float = Field(default=3.0, gt=0, le=60)
    dead_after: float = Field(default=60.0, gt=0, le=3600)
    migrate: bool = True
