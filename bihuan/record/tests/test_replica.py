"""What leaves the primary, what never does, and what happens when the replica is not well.

A real standby stands in `soak/series/scale.py`; here are the rules, and servers that are none.
"""

from __future__ import annotations

import logging

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError, transaction

from bihuan.record import replica
from bihuan.record.models import Event, Job
from bihuan.record.replica import AWAY, LATE, PRIMARY, REPLICA, STRANGER, Router, from_replica

ROUTER = Router()


@from_replica
def place() -> str:
    """Where a query of a marked read goes."""
    return ROUTER.db_for_read(Event)


def test_without_a_replica_nothing_changes(settings, db, django_assert_num_queries):
    assert not replica.configured() and not settings.DATABASE_ROUTERS
    with django_assert_num_queries(0):
        assert place() == PRIMARY


def test_only_a_marked_read_leaves_the_primary(stands):
    stands()
    assert ROUTER.db_for_read(Event) == PRIMARY
    assert place() == REPLICA
    assert ROUTER.db_for_read(Event) == PRIMARY


def test_a_write_and_a_sign_in_never_leave_it(stands):
    stands()
    asked = from_replica(lambda: (ROUTER.db_for_write(Job), ROUTER.db_for_read(Session)))
    assert asked() == (PRIMARY, PRIMARY)


def test_what_was_read_there_is_saved_here(stands):
    """A row that came from the replica belongs with the primary's, and its next reading is asked there."""
    row = Job(kind="probe")
    row._state.db = REPLICA
    assert ROUTER.allow_relation(row, Job())
    assert ROUTER.db_for_write(Job, instance=row) == ROUTER.db_for_read(Job, instance=row) == PRIMARY


def test_tables_are_never_made_there():
    assert ROUTER.allow_migrate(REPLICA, "record") is False
    assert ROUTER.allow_migrate(PRIMARY, "record") is None


def test_inside_a_transaction_what_was_written_is_seen(stands):
    waited = stands()
    with transaction.atomic():
        assert place() == PRIMARY
    assert waited == []


@pytest.mark.parametrize("fault", [AWAY, LATE, STRANGER])
def test_one_that_is_not_well_is_left_alone_for_a_while(stands, settings, monkeypatch, caplog, fault):
    waited = stands(fault)
    with caplog.at_level(logging.WARNING, logger="bihuan.replica"):
        assert [place(), place()] == [PRIMARY, PRIMARY]
        assert waited == [settings.REPLICA_LAG_SECONDS]
        monkeypatch.setattr(replica._watch, "until", 0.0)
        assert place() == PRIMARY
        assert waited[1:] == [0]  # nobody waits a second time
        stands()
        monkeypatch.setattr(replica._watch, "until", 0.0)
        assert place() == REPLICA
    assert [record.getMessage().split(" (")[0] for record in caplog.records] == [
        f"the replica is {fault}",
        "the replica is well again, figures are read from it",
    ]


def test_one_that_goes_away_in_the_middle_is_asked_nothing_more(stands):
    waited, asked = stands(), []

    @from_replica
    def figures() -> str:
        asked.append(ROUTER.db_for_read(Event))
        if asked[-1] == REPLICA:
            raise OperationalError("terminating connection")
        return "figures"

    assert figures() == "figures" and asked == [REPLICA, PRIMARY]
    assert place() == PRIMARY and len(waited) == 1


def test_an_answer_that_is_a_refusal_is_no_fault_of_the_replica(stands):
    stands()

    @from_replica
    def refused() -> None:
        raise ValueError("no such period")

    with pytest.raises(ValueError, match="no such period"):
        refused()
    assert place() == REPLICA
