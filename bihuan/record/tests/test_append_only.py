"""The database itself refuses: asked through the ORM and in plain SQL, on both databases."""

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from bihuan.record import append_only
from bihuan.record.actions.append import append
from bihuan.record.models import Event


@pytest.fixture
def event(db, at, clerk):
    return append(stream="problem:1", kind="toy.closed", by=clerk, at=at, data={"to": "closed"})


def _sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "tamper",
    [
        lambda: Event.objects.update(kind="toy.voided"),
        lambda: Event.objects.all().delete(),
        lambda: _sql("UPDATE record_event SET by_id = 8"),
        lambda: _sql("DELETE FROM record_event WHERE seq = 1"),
    ],
)
def test_no_event_is_changed_or_deleted(event, tamper):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        tamper()
    kept = Event.objects.get()
    assert (kept.kind, kept.by_id, kept.data) == ("toy.closed", 7, {"to": "closed"})


def test_no_event_is_replaced(event):
    columns = "stream, seq, kind, subject, data, by_kind, by_id, unit_id, occurred_at, recorded_at, late"
    copy = columns.replace("kind, subject", "'toy.voided', subject", 1)
    verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    with pytest.raises(IntegrityError), transaction.atomic():
        _sql(f"{verb} INTO record_event ({columns}) SELECT {copy} FROM record_event")
    assert Event.objects.get().kind == "toy.closed"


def test_the_table_is_not_emptied(event):
    if connection.vendor == "postgresql":
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            _sql("TRUNCATE record_event")
    else:
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            _sql("DELETE FROM record_event")
    assert Event.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_test_database_can_be_emptied_and_the_fence_stands_again(at, clerk):
    with transaction.atomic():
        append(stream="s", kind="k", by=clerk, at=at)
    call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
    assert not Event.objects.exists()
    with transaction.atomic():
        append(stream="s", kind="k", by=clerk, at=at)
    with pytest.raises(IntegrityError, match="append-only"):
        Event.objects.all().delete()


def test_a_real_database_is_never_emptied(event, monkeypatch):
    monkeypatch.setitem(connection.settings_dict["TEST"], "NAME", None)
    with pytest.raises(CommandError, match="只有测试库可以清空"):
        call_command("flush", verbosity=0, interactive=False)
    assert Event.objects.count() == 1


def test_the_fence_is_back_even_when_the_moment_fails(event):
    with pytest.raises(ZeroDivisionError), append_only.lifted(connection):
        raise ZeroDivisionError
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Event.objects.all().delete()
