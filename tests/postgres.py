"""A PostgreSQL server of our own: on a free port of this machine, in a folder that goes away with it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")
USER = "postgres"
STARTS_WITHIN_S = 60.0
HASTE = ("-c", "fsync=off", "-c", "full_page_writes=off")


def binaries() -> Path | None:
    """Return the folder of the server's programs; None where there is none."""
    found = [path.parent for path in sorted(DEBIAN.glob("*/bin/initdb"), reverse=True)]
    named = shutil.which("initdb")
    return found[0] if found else Path(named).parent if named else None


@contextmanager
def server(*options: str) -> Iterator[str]:
    """Start a server, and give the address of its maintenance database.

    It does not wait for the disk unless `options` say so.
    """
    programs = binaries()
    if programs is None:
        raise FileNotFoundError("initdb")
    with tempfile.TemporaryDirectory(prefix="lunge-postgres-") as name:
        folder, port = Path(name), free_port()
        # It refuses to be run by root, and trusts whoever reaches it: only this machine can.
        as_user = {"user": USER, "group": USER} if os.geteuid() == 0 else {}
        if as_user:
            shutil.chown(folder, USER, USER)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder, **as_user}
        data = folder / "data"
        make = [programs / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run(make, check=True, **quiet)
        address = ("-h", "127.0.0.1", "-p", str(port), "-k", str(folder))
        running = subprocess.Popen([programs / "postgres", "-D", data, *address, *(options or HASTE)], **quiet)
        try:
            wait_for(port, running)
            yield f"postgresql://{USER}@127.0.0.1:{port}/postgres"
        finally:
            running.terminate()
            running.wait()


def wait_for(port: int, running: subprocess.Popen[bytes]) -> None:
    import psycopg

    until = time.monotonic() + STARTS_WITHIN_S
    while True:
        try:
            psycopg.connect(host="127.0.0.1", port=port, user=USER, dbname="postgres").close()
        except psycopg.OperationalError:
            if running.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return


def new_database(maintenance: str, name: str) -> str:
    """Make a database, and return its address."""
    import psycopg

    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return maintenance.rpartition("/")[0] + f"/{name}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
