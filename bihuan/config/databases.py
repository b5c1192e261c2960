"""A whole database as one file, and back: each kind of database by its own means."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from bihuan.kernel.refused import Refused

NEWEST_BINARIES = "/usr/lib/postgresql"
SQLITE, POSTGRES = "sqlite", "postgresql"
#: What belongs to the moment and stays out of a copy: whoever finds one must not walk in with a session that is open.
PASSING = ("org_browsersession", "cache", "axes_accessattempt")


def tool(name: str) -> str:
    """pg_dump or pg_restore, the newest there is: an older one refuses a newer server."""
    given = os.environ.get("BIHUAN_PG_BIN")
    places = [Path(given)] if given else sorted(Path(NEWEST_BINARIES).glob("*/bin"), reverse=True)
    found = next((str(place / name) for place in places if (place / name).exists()), shutil.which(name))
    if not found:
        raise Refused(f"没有找到 {name}", "装上 postgresql-client，或用 BIHUAN_PG_BIN 指出它在哪个目录")
    return found


def _address() -> tuple[list[str], dict[str, str]]:
    """Where the server is, for its own tools; the password goes by the environment, never by the command line."""
    known = connection.settings_dict
    words = ["--dbname", str(known["NAME"])]
    for option, key in (("--host", "HOST"), ("--port", "PORT"), ("--username", "USER")):
        if known.get(key):
            words += [option, str(known[key])]
    return words, {**os.environ, **({"PGPASSWORD": known["PASSWORD"]} if known.get("PASSWORD") else {})}


def _run(words: list[str], env: dict[str, str], what: str) -> None:
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["没有说明原因"])[-1]
        raise Refused(f"{what}没有办成：{last}", "看清原因后再办一次；什么也没有改")


@contextmanager
def standing_still() -> Iterator[Any]:
    """One view of the whole database for as long as it takes, while others go on writing.

    Gives what `dump` needs to see the same view: on PostgreSQL the name of the snapshot.
    """
    if connection.vendor == POSTGRES:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            yield cursor.fetchone()[0]
        return
    connection.ensure_connection()
    with connection.cursor() as cursor:
        # Deferred on purpose: a reader of the write-ahead log never stands in a writer's way.
        cursor.execute("BEGIN DEFERRED")
        try:
            cursor.execute("SELECT count(*) FROM django_migrations")
            cursor.fetchone()
            yield None
        finally:
            cursor.execute("ROLLBACK")


def dump(view: Any, to: Path) -> None:
    """Write the database as this view shows it into the file `to`."""
    if connection.vendor == POSTGRES:
        where, env = _address()
        words = [tool("pg_dump"), "--format=custom", "--no-owner", "--no-acl", f"--snapshot={view}"]
        words += [f"--exclude-table-data={name}" for name in PASSING]
        _run([*words, f"--file={to}", *where], env, "导出数据库")
        return
    with closing(sqlite3.connect(to)) as copy:
        connection.connection.backup(copy)
        # a row that is only marked as gone can still be read in the file
        copy.execute("PRAGMA secure_delete=ON")
        for name in PASSING:
            copy.execute(f'DELETE FROM "{name}"')  # noqa: S608 — names from above
        copy.commit()


def is_empty() -> bool:
    """No table of ours yet."""
    return not any(
        name.startswith(("record_", "org_", "problems_")) for name in connection.introspection.table_names()
    )


def load(source: Path) -> None:
    """Fill the empty database from such a file: whole or not at all."""
    if connection.vendor == POSTGRES:
        where, env = _address()
        words = [tool("pg_restore"), "--no-owner", "--no-acl", "--single-transaction", "--exit-on-error"]
        _run([*words, *where, str(source)], env, "装入数据库")
        return
    with closing(sqlite3.connect(source)) as copy:
        answer = copy.execute("PRAGMA integrity_check").fetchone()[0]
        if answer != "ok":
            raise Refused(f"备份里的数据库坏了：{answer}", "换一份备份")
    place = Path(connection.settings_dict["NAME"])
    connection.close()
    for rest in ("-wal", "-shm"):
        place.with_name(place.name + rest).unlink(missing_ok=True)
    fresh = place.with_name(place.name + ".restoring")
    shutil.copyfile(source, fresh)
    with fresh.open("rb") as file:
        os.fsync(file.fileno())
    fresh.replace(place)
