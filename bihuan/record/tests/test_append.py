from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from bihuan.record.actions.append import append
from bihuan.record.actions.append_first import append_first
from bihuan.record.models import Event, Job
from bihuan.record.worker import run_until_idle


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_written(at, clerk):
    with pytest.raises(RuntimeError, match="outside a transaction"):
        append(stream="problem:1", kind="toy.raised", by=clerk, at=at)
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_event_shares_the_fate_of_its_deed(at, clerk):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        append(stream="problem:1", kind="toy.raised", by=clerk, at=at)
        raise ZeroDivisionError
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_it_counts_within_the_stream_and_keeps_two_times(at, clerk):
    said = at - timedelta(hours=5)
    append(stream="problem:1", kind="toy.raised", by=clerk, at=at)
    second = append(
        stream="problem:1",
        kind="toy.progressed",
        by=clerk,
        at=at,
        occurred_at=said,
        late=True,
        clock_offset_s=-90,
        unit_id=4,
        subject="XC-RZ-202609-017",
        data={"percent": 40},
    )
    append(stream="problem:2", kind="toy.raised", by=clerk, at=at)
    second.refresh_from_db()
    assert [e.seq for e in Event.objects.of("problem:1")] == [1, 2]
    assert (second.occurred_at, second.recorded_at, second.late, second.clock_offset_s) == (
        said,
        at,
        True,
        -90,
    )
    assert (second.by_kind, second.by_id, second.unit_id) == ("person", 7, 4)
    assert second.subject == "XC-RZ-202609-017"


@pytest.mark.django_db
def test_a_time_without_a_zone_is_refused(at, clerk):
    with pytest.raises(ValueError, match="zone"):
        append(stream="s", kind="k", by=clerk, at=at, occurred_at=datetime(2026, 9, 1))


@pytest.mark.django_db(transaction=True)
def test_writers_of_one_stream_at_once_each_get_a_number(race, at, clerk):
    def write(number):
        with transaction.atomic():
            append(stream="unit:1", kind="unit.renamed", by=clerk, at=at, data={"hand": number})

    outcomes = race(write, times=6)
    assert [o.error for o in outcomes] == [None] * 6
    assert [e.seq for e in Event.objects.of("unit:1")] == [1, 2, 3, 4, 5, 6]
    assert {e.data["hand"] for e in Event.objects.all()} == set(range(6))


@pytest.mark.django_db
def test_a_room_that_reacts_is_told_once_and_after_the_fact(toys, at, clerk):
    heard = []
    toys(reacts_to={"toy.closed": heard.append})
    event = append(stream="problem:1", kind="toy.closed", by=clerk, at=at)
    append(stream="problem:1", kind="toy.viewed", by=clerk, at=at)
    assert heard == []
    assert run_until_idle(at=at).taken == 1
    assert heard == [event]
    assert Job.objects.get().state == "done"


@pytest.mark.django_db
def test_a_room_that_is_gone_has_nothing_left_to_hear(toys, at, clerk):
    toys(reacts_to={"toy.closed": list})
    append(stream="problem:1", kind="toy.closed", by=clerk, at=at)
    toys(reacts_to={})
    run_until_idle(at=datetime(2026, 9, 2, tzinfo=UTC))
    assert Job.objects.get().state == "done"


@pytest.mark.django_db
def test_many_beginnings_at_once(toys, at, clerk, django_assert_max_num_queries):
    heard = []
    toys(reacts_to={"toy.taken_over": heard.append})
    streams = [(f"problem:{number}", 4, {"row": number}) for number in range(300)]
    with django_assert_max_num_queries(12):
        events = append_first(kind="toy.taken_over", by=clerk, at=at, streams=streams)
    assert [(e.stream, e.seq, e.data["row"]) for e in events[:2]] == [
        ("problem:0", 1, 0),
        ("problem:1", 1, 1),
    ]
    assert run_until_idle(at=at).taken == 1
    assert {e.pk for e in heard} == {e.pk for e in Event.objects.all()}


@pytest.mark.django_db
def test_one_beginning_that_cannot_be_told_does_not_keep_back_the_others(toys, at, clerk):
    heard, stuck = [], {"problem:1"}

    def hear(event):
        if event.stream in stuck:
            raise ValueError(event.stream)
        heard.append(event.stream)

    toys(reacts_to={"toy.taken_over": hear})
    append_first(kind="toy.taken_over", by=clerk, at=at, streams=[(f"problem:{n}", 4, {}) for n in range(3)])
    run_until_idle(at=at, loud=False)
    assert heard == ["problem:0", "problem:2"]
    stuck.clear()
    run_until_idle(at=at + timedelta(hours=1))
    assert heard[2:] == ["problem:0", "problem:1", "problem:2"]


@pytest.mark.django_db(transaction=True)
def test_many_beginnings_outside_a_transaction_are_none(at, clerk):
    with pytest.raises(RuntimeError, match="outside a transaction"):
        append_first(kind="k", by=clerk, at=at, streams=[("s:1", None, {})])
    assert not Event.objects.exists()
