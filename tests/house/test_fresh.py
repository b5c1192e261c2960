"""A fresh database built at once is the one that every step would have built, on both databases, rows included."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings

from scripts.postgres import Cluster

#: at once, as everybody does it; step by step, as Django does it; at once, killed before the last word
AT_ONCE = "call_command('migrate', verbosity=0)"
STEPWISE = "from django.core.management.commands import migrate; call_command(migrate.Command(), verbosity=0)"
KILLED = (
    "import os; from django.db.migrations.recorder import MigrationRecorder as M; "
    f"M.record_applied = lambda *_: os._exit(9); {AT_ONCE}"
)
PATIENCE_S = 300
#: where SQLite counts what it gave out: a table made anew in a step leaves a line there
COUNTERS = "sqlite_sequence"

PARTS = (
    "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default, is_identity"
    " FROM information_schema.columns WHERE table_schema = 'public'",
    "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE connamespace = 'public'::regnamespace",
    "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    "SELECT app, name, NULL FROM django_migrations",
)


def say(url: str, folder: Path, words: str) -> int:
    env = {**os.environ, "DATABASE_URL": url, "BIHUAN_DATA": str(folder)}
    env["DJANGO_SETTINGS_MODULE"] = "bihuan.config.settings"
    start = "import django; django.setup(); from django.core.management import call_command; "
    return subprocess.run([sys.executable, "-c", start + words], env=env, timeout=PATIENCE_S).returncode


def pieces(table: str) -> list[str]:
    """The columns and constraints of a CREATE TABLE in SQLite's words, in no order."""
    found, depth, quote = [""], 0, ""
    for sign in table[table.index("(") + 1 : table.rindex(")")]:
        if sign in "'\"" and quote in ("", sign):
            quote = "" if quote else sign
        elif not quote:
            depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and not depth and not quote:
            found.append("")
        else:
            found[-1] += sign
    return sorted(piece.strip() for piece in found)


def shape_of(url: str) -> set[Any]:
    """Everything the database says of its structure."""
    if url.startswith("sqlite"):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as there:
            things = there.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
            steps = there.execute("SELECT app, name FROM django_migrations").fetchall()
            rows = counted(there, [name for kind, name, _ in things if kind == "table" and name != COUNTERS])
        plain = {
            (kind, name, tuple(pieces(sql)) if sql and sql.startswith("CREATE TABLE") else sql)
            for kind, name, sql in things
        }
        return plain | set(steps) | rows
    with psycopg.connect(url) as there:
        said = {(number, *row) for number, part in enumerate(PARTS) for row in there.execute(part).fetchall()}
        return said | counted(there, {row[1] for row in said if row[0] == 0})


def counted(there: Any, tables: Iterable[str]) -> set[Any]:
    return {(table, there.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]) for table in tables}


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Any]:
    """`empty(name)`: the address of a database in which nothing stands, of the kind this run uses."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        yield lambda name: f"sqlite:///{tmp_path / name}.sqlite3"
        return
    cluster = Cluster()

    def made(name: str) -> str:
        with psycopg.connect(cluster.url, autocommit=True) as there:
            there.execute(f"CREATE DATABASE {name}")
        return cluster.url.rsplit("/", 1)[0] + f"/{name}"

    yield made
    cluster.stop()


@pytest.mark.django_db  # of whichever kind: each of them once
def test_at_once_is_as_step_by_step_and_a_killed_start_is_begun_again(empty, tmp_path):
    once, steps = empty("once"), empty("steps")
    assert say(once, tmp_path / "once", KILLED) == 9
    assert say(once, tmp_path / "once", AT_ONCE) == 0
    assert say(steps, tmp_path / "steps", STEPWISE) == 0
    made, stepped = shape_of(once), shape_of(steps)
    assert made == stepped, made ^ stepped
    assert len(made) > 500
