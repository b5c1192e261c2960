"""Poured rows are those Django would have written, and obey the same constraints."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import IntegrityError, transaction

from bihuan.record.actions import append_first
from bihuan.record.models import Event, Job, StoredFile
from bihuan.record.pour import pour, take_ids

pytestmark = pytest.mark.django_db
COLUMNS = [field.attname for field in Job._meta.concrete_fields]
WHEN = datetime(2026, 3, 1, 9, 30, 5, 120, tzinfo=timezone(timedelta(hours=8)))


def values(**given):
    job = Job(kind="toy", run_at=WHEN, requested_at=WHEN, **given)
    return [getattr(job, name) for name in COLUMNS]


@pytest.mark.parametrize(
    "given",
    [
        {
            "payload": {"字": [1, 2.5, None, True]},
            "message": "第 1 行\t制表\n换行 \\N '引号' \"",
            "key": "一",
        },
        {"payload": {}, "result": {"a": {}}, "key": None, "claimed_until": WHEN, "requested_by_id": 2**40},
    ],
)
def test_a_poured_row_reads_like_a_saved_one(given):
    saved = Job(kind="toy", run_at=WHEN, requested_at=WHEN, **{**given, "key": given["key"] and "saved"})
    saved.save()
    (pk,) = take_ids(Job, 1)
    pour(Job, COLUMNS, [values(**{**given, "id": pk})])
    one, other = (Job.objects.values().get(pk=found) for found in (saved.pk, pk))
    assert {**one, "id": 0, "key": 0} == {**other, "id": 0, "key": 0}
    assert other["run_at"] == WHEN.astimezone(UTC)
    assert list(Job.objects.filter(payload=given["payload"], run_at=WHEN).order_by("id")) == [
        saved,
        Job(pk=pk),
    ]


def test_ids_taken_are_not_given_again():
    first = take_ids(Job, 3)
    assert first == sorted(set(first))
    pour(Job, COLUMNS, [values(id=pk) for pk in first])
    assert Job.objects.create(kind="next", run_at=WHEN, requested_at=WHEN).pk > first[-1]
    assert take_ids(Job, 1)[0] > first[-1]


def test_beginnings_fill_every_column_of_an_event():
    assert set(append_first._COLUMNS) == {field.attname for field in Event._meta.concrete_fields}


def test_a_broken_constraint_keeps_all_out():
    columns = ("sha256", "size", "mime", "is_image", "shown_sha256", "shown_mime", "thumb_sha256", "kept_at")
    rows = [(mark, 1, "text/plain", False, "", "", "", WHEN) for mark in ("a", "b", "a")]
    with pytest.raises(IntegrityError), transaction.atomic():
        pour(StoredFile, columns, rows)
    assert not StoredFile.objects.exists()


def test_a_time_without_a_zone_is_no_time():
    with pytest.raises((ValueError, IntegrityError)), transaction.atomic():
        pour(Job, COLUMNS, [values(claimed_until=datetime(2026, 1, 1))])
