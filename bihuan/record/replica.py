"""Reads that a second server may answer: a PostgreSQL standby that follows the primary (ADR 0019).

`DATABASE_REPLICA_URL` turns it on. What is marked with `from_replica` is asked there: figures, exports, calendars. It
sees everything that was acknowledged before it was asked, or it is read from the primary. Everything else (commands,
verdicts, sign-in, pages) never leaves the primary: without the mark nothing does.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connections

log = logging.getLogger("bihuan.replica")
P = ParamSpec("P")
T = TypeVar("T")

PRIMARY, REPLICA = "default", "replica"
#: who is in, who is shut out, what was counted: asked of the primary alone, whoever asks
NEVER = frozenset({"sessions", "axes", "django_cache"})
#: seconds between two looks at a replica that is catching up; and until one that is not well is tried again
POLL_S, PAUSE_S = 0.01, 10
AWAY, LATE, STRANGER = "away", "late", "stranger"

#: Acknowledged is flushed: what stands behind this place in the log has been promised to nobody yet.
_WRITTEN = (
    "SELECT pg_current_wal_flush_lsn()::text, (SELECT system_identifier::text FROM pg_control_system()), "
    "current_database()::text"
)
_REPLAYED = """
SELECT pg_is_in_recovery() AND current_database() = %s
       AND (SELECT system_identifier::text FROM pg_control_system()) = %s,
       pg_wal_lsn_diff(%s::pg_lsn, pg_last_wal_replay_lsn())::bigint,
       extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())::float
"""

#: whether this thread is inside a marked read; a ContextVar, because a router is asked without being told by whom
_marked: ContextVar[bool] = ContextVar("bihuan_from_replica", default=False)


@dataclass(frozen=True)
class Standing:
    """How the replica stands. `fault` is empty when it may be asked. `behind`: bytes of the primary's log not
    replayed; `age`: seconds since the last transaction it replayed, None before the first."""

    fault: str = ""
    behind: int = 0
    age: float | None = None


@dataclass
class _Watch:
    """What this process found last: not well and left alone until then (monotonic seconds)."""

    fault: str = ""
    until: float = 0.0


_watch = _Watch()


class Router:
    """Django asks it for every query. Only marked reads leave the primary."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return REPLICA if _marked.get() and model._meta.app_label not in NEVER else PRIMARY

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return PRIMARY

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        """They are two copies of the same rows."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        """Tables come to the replica with the log."""
        return False if db == REPLICA else None


def configured() -> bool:
    return REPLICA in settings.DATABASES


def from_replica(read: Callable[P, T]) -> Callable[P, T]:
    """Mark a read that the replica may answer, where there is one and it is well; else the primary does.

    `read` returns finished values (no lazy queryset) and bears being run twice: when the replica goes away in the
    middle, the primary is asked from the beginning. Inside a transaction it is read there: what was just written
    must be seen.
    """

    @wraps(read)
    def asked(*args: P.args, **kwargs: P.kwargs) -> T:
        if not configured() or _marked.get() or connections[PRIMARY].in_atomic_block or not well():
            return read(*args, **kwargs)
        mark = _marked.set(True)
        try:
            return read(*args, **kwargs)
        except (OperationalError, InterfaceError) as problem:
            _leave_alone(AWAY, type(problem.__cause__ or problem).__name__)
        finally:
            _marked.reset(mark)
        return read(*args, **kwargs)

    return asked


def look(*, wait: float) -> Standing:
    """Ask both servers; waits up to `wait` seconds for the replica to have what the primary has now.

    Raises DatabaseError only when the primary does not answer.
    """
    with connections[PRIMARY].cursor() as cursor:
        cursor.execute(_WRITTEN)
        place, house, name = cursor.fetchone()
    until = time.monotonic() + wait
    try:
        while True:
            standing = _standing([name, house, place])
            if standing.fault != LATE or time.monotonic() >= until:
                return standing
            time.sleep(POLL_S)
    except DatabaseError:
        connections[REPLICA].close()
        return Standing(AWAY)


def _standing(values: list[str]) -> Standing:
    with connections[REPLICA].cursor() as cursor:
        cursor.execute(_REPLAYED, values)
        ours, behind, age = cursor.fetchone()
    if not ours or behind is None:
        return Standing(STRANGER)
    return Standing(LATE if behind > 0 else "", max(behind, 0), age)


def well() -> bool:
    """Whether it may be asked now. One that was late or away is not waited for again at every question."""
    if _watch.fault and time.monotonic() < _watch.until:
        return False
    standing = look(wait=0 if _watch.fault else settings.REPLICA_LAG_SECONDS)
    if standing.fault:
        _leave_alone(standing.fault, f"{standing.behind} bytes behind")
        return False
    if _watch.fault:
        _watch.fault = ""
        log.warning("the replica is well again, figures are read from it")
    return True


def _leave_alone(fault: str, said: str) -> None:
    """Said once for each change, not at every question."""
    if fault != _watch.fault:
        log.warning("the replica is %s (%s), figures are read from the primary", fault, said)
    _watch.fault, _watch.until = fault, time.monotonic() + PAUSE_S
    connections[REPLICA].close()
