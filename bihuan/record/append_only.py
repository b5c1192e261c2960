"""Events and seals are never changed or deleted: the database itself refuses, whoever asks.

Triggers stand on `record_event` and `record_seal` on both databases. They are a fence, not proof: somebody who owns the
database can take them down, which is what tamper evidence is for. A later migration that lets SQLite
rebuild the table drops its triggers with it and must call `install` again; `test_append_only` notices.

`lifted` is for emptying a test database and for nothing else (see `management/commands/flush.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

REFUSAL = "the record is append-only: what stands in it is never changed, replaced or deleted"

_SQLITE = {
    "record_event_no_update": "BEFORE UPDATE ON record_event",
    "record_event_no_delete": "BEFORE DELETE ON record_event",
    # INSERT OR REPLACE deletes the old row without asking the DELETE trigger.
    "record_event_no_replace": (
        "BEFORE INSERT ON record_event WHEN EXISTS (SELECT 1 FROM record_event WHERE id = NEW.id) "
        "OR EXISTS (SELECT 1 FROM record_event WHERE stream = NEW.stream AND seq = NEW.seq)"
    ),
}
_POSTGRES = {
    "record_event_no_change": "BEFORE UPDATE OR DELETE ON record_event FOR EACH ROW",
    "record_event_no_truncate": "BEFORE TRUNCATE ON record_event FOR EACH STATEMENT",
}
#: Seals are as final as what they seal.
_SEAL_SQLITE = {
    "record_seal_no_update": "BEFORE UPDATE ON record_seal",
    "record_seal_no_delete": "BEFORE DELETE ON record_seal",
}
_SEAL_POSTGRES = {"record_seal_no_change": "BEFORE UPDATE OR DELETE ON record_seal FOR EACH ROW"}
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION record_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation';
END $$
"""


def install(connection: Any) -> None:
    """Put the triggers up, again if need be. A refused statement raises django.db.IntegrityError."""
    remove(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_FUNCTION)
            for name, when in _fences(connection, _POSTGRES, _SEAL_POSTGRES):
                cursor.execute(f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION record_event_refuse()")
        else:
            for name, when in _fences(connection, _SQLITE, _SEAL_SQLITE):
                cursor.execute(_lite(name, when))


def _fences(connection: Any, events: dict[str, str], seals: dict[str, str]) -> list[tuple[str, str]]:
    """The triggers for the tables that are there: an early migration comes before the table of seals."""
    there = "record_seal" in connection.introspection.table_names()
    return [*events.items(), *(seals.items() if there else ())]


def remove(connection: Any) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for name, when in _fences(connection, _POSTGRES, _SEAL_POSTGRES):
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {when.split(' ON ')[1].split()[0]}")
        else:
            for name, _ in _fences(connection, _SQLITE, _SEAL_SQLITE):
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def missing(connection: Any) -> list[str]:
    """Names of the triggers that are not there as `install` puts them up, or do not fire."""
    wanted = dict(_fences(connection, *_of(connection)))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_STANDING)
            # what a table's trigger says is compared by what PostgreSQL made of it; the function word for word
            good = {
                name
                for name, said, fires, body in cursor.fetchall()
                if fires and body.strip() in _FUNCTION and f"{name} {wanted.get(name)} " in _one_space(said)
            }
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            good = {name for name, said in cursor.fetchall() if said == _lite(name, wanted.get(name, ""))}
    return [name for name in wanted if name not in good]


_STANDING = """
SELECT t.tgname, pg_get_triggerdef(t.oid), t.tgenabled IN ('O', 'A'), p.prosrc
FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal
"""


def _one_space(text: str) -> str:
    """PostgreSQL names the schema, and the events in an order of its own."""
    return text.replace(" ON public.", " ON ").replace("DELETE OR UPDATE", "UPDATE OR DELETE")


def _of(connection: Any) -> tuple[dict[str, str], dict[str, str]]:
    return (_POSTGRES, _SEAL_POSTGRES) if connection.vendor == "postgresql" else (_SQLITE, _SEAL_SQLITE)


def _lite(name: str, when: str) -> str:
    return f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"


@contextmanager
def lifted(connection: Any) -> Iterator[None]:
    """Without the triggers for a moment; they are back even when the moment fails."""
    remove(connection)
    try:
        yield
    finally:
        install(connection)
