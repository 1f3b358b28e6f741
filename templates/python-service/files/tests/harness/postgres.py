"""A PostgreSQL of our own from the programs on this machine, on a free port of loopback."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from harness.process import free_port

NAME = "postgres"


def find_programs() -> Path | None:
    """The folder with `initdb` and `pg_ctl`, on the path or where distributions put it."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    places = [
        *Path("/usr/lib/postgresql").glob("*/bin"),
        *Path("/opt/homebrew/opt").glob("postgresql*/bin"),
        *Path("/usr").glob("pgsql-*/bin"),
    ]
    return max((place for place in places if (place / "initdb").exists()), default=None)


def why_not() -> str:
    """Why no PostgreSQL can be started here, or nothing."""
    if find_programs() is None:
        return "PostgreSQL is not installed: initdb was not found"
    if os.geteuid() == 0 and not _user_exists():
        return "PostgreSQL does not run as root, and there is no user `postgres`"
    return ""


@contextmanager
def running_postgres() -> Iterator[int]:
    """Starts a fresh server, gives its port, and removes everything at the end."""
    programs = find_programs()
    assert programs is not None
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    port = free_port()
    try:
        _give_away(folder)
        data = folder / "data"
        _run(programs / "initdb", "-D", data, "-U", NAME, "-A", "trust", "-E", "UTF8", "-N")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} -c fsync=off"
        _run(programs / "pg_ctl", "-D", data, "-l", folder / "log", "-o", options, "-w", "start")
        try:
            yield port
        finally:
            _run(programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(program: Path, *arguments: str | Path) -> None:
    as_root = os.geteuid() == 0
    subprocess.run(
        [program, *arguments],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd="/",
        timeout=60,
        user=NAME if as_root else None,
        group=pwd.getpwnam(NAME).pw_gid if as_root else None,
        extra_groups=[] if as_root else None,
    )


def _give_away(folder: Path) -> None:
    if os.geteuid() == 0:
        user = pwd.getpwnam(NAME)
        os.chown(folder, user.pw_uid, user.pw_gid)


def _user_exists() -> bool:
    return any(user.pw_name == NAME for user in pwd.getpwall())
