"""Brings the schema up to date from the plain SQL files in `migrations`."""

from importlib import resources

from .pool import Connection

LOCK = 7_206_394_115

CREATE = """
CREATE TABLE IF NOT EXISTS schema_migrations (
    name text PRIMARY KEY,
    applied_at timestamptz NOT NULL DEFAULT now()
)
"""


def shipped() -> dict[str, str]:
    """The migrations in this release, by name and in order."""
    folder = resources.files(__package__) / "migrations"
    files = [entry for entry in folder.iterdir() if entry.name.endswith(".sql")]
    return {
        entry.name.removesuffix(".sql"): entry.read_text("utf-8")
        for entry in sorted(files, key=lambda entry: entry.name)
    }


async def pending(connection: Connection) -> list[str]:
    """The names of the migrations that the database has not seen."""
    exists = await connection.fetchval("SELECT to_regclass('schema_migrations') IS NOT NULL")
    if not exists:
        return list(shipped())
    rows = await connection.fetch("SELECT name FROM schema_migrations")
    applied = {row["name"] for row in rows}
    return [name for name in shipped() if name not in applied]


async def migrate(connection: Connection) -> list[str]:
    """Applies what is pending in one transaction; instances that start together take turns."""
    async with connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock($1)", LOCK)
        await connection.execute(CREATE)
        names = await pending(connection)
        for name in names:
            await connection.execute(shipped()[name])
            await connection.execute("INSERT INTO schema_migrations (name) VALUES ($1)", name)
    return names
