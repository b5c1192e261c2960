"""A ledger comes in: all of it or nothing, at a bounded price, and each owner hears of it in one line."""

from __future__ import annotations

import gc
from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bihuan.kernel.refused import Refused
from bihuan.notify.models import Line, Message
from bihuan.problems.actions import take_over as module
from bihuan.problems.actions.give_number import give_numbers_of
from bihuan.problems.actions.raise_problem import raise_problem
from bihuan.problems.actions.reown import reown
from bihuan.problems.actions.set_measures import MeasureDraft
from bihuan.problems.actions.take_over import TELL, OldRow, Stated, take_over, take_over_all
from bihuan.problems.models import Measure, NumberRun, Part, Problem, TakeOver
from bihuan.record.models import Event, Job
from bihuan.record.worker import run_until_idle

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(world):
    """`row("k1", lead="worker_a")`: an open row that waits for 认领, closed with `closed=True`."""

    def make(
        key: str, lead: str | None = "worker_a", closed: bool = False, unit: str = "furnace", **details
    ) -> OldRow:
        owner = world.person(lead) if lead else None
        return OldRow(
            key,
            world.unit(unit),
            f"{key} 号辊道护罩缺失",
            Stated(closed=closed, words="已销号" if closed else ""),
            found_on=date(2025, 3, 1),
            due_on=date(2025, 10, 1),
            measures=(MeasureDraft("补装", owner_id=owner.pk if owner else None), MeasureDraft("纳入点检")),
            assisting=(world.unit("finishing"),),
            details={"lead": owner, "place": "3 号线", "extras": {"备注": "无"}, **details},
        )

    return make


def take(world, rows, **more):
    return take_over(
        **{"source": "ledger", "rows": rows, "by": world.actor("safety_officer"), "at": world.at, **more}
    )


def test_every_owner_hears_of_an_import_in_one_line(world, row):
    rows = [row(f"a{n}") for n in range(5)] + [row("b1", lead="worker_b")]
    rows += [
        row("c1", closed=True),
        row("d1", progress="in_progress", lead="unit_head"),
        row("e1", lead=None),
    ]
    made = take(world, rows)
    assert Job.objects.filter(kind=TELL).count() == 1
    run_until_idle(at=world.at)
    lines = {line.person_id: line for line in Line.objects.all()}
    assert set(lines) == {world.person("worker_a").pk, world.person("worker_b").pk}
    many, one = lines[world.person("worker_a").pk], lines[world.person("worker_b").pk]
    assert many.text == "随台账导入，有 5 件由你负责，待认领"
    assert (one.text, one.detail) == (
        f"随台账导入，待认领：{made[5].number}，加热炉车间",
        "b1 号辊道护罩缺失",
    )
    assert Message.objects.filter(kind=Message.Kind.DIGEST).count() == 2


def test_the_list_behind_the_line_holds_what_it_says(world, row, client):
    take(world, [row(f"a{n}", unit="hot_mill", lead="unit_head") for n in range(4)])
    run_until_idle(at=world.at)
    client.force_login(world.accounts["unit_head"])
    page = client.get(Line.objects.get().url).content.decode()
    assert all(f"a{n} 号辊道护罩缺失" in page for n in range(4))


def test_told_twice_is_said_once_and_what_moved_on_is_not_said(world, row):
    single, *_ = take(world, [row("a1"), row("b1", lead="worker_b"), row("b2", lead="worker_b")])
    reown(
        problem=single,
        lead=world.person("unit_head"),
        reason="换岗",
        by=world.actor("safety_officer"),
        at=world.at,
    )
    job = Job.objects.get(kind=module.TELL)
    run_until_idle(at=world.at)
    Job.objects.filter(pk=job.pk).update(state="waiting")
    run_until_idle(at=world.at + timedelta(hours=1))
    said = Counter(Line.objects.filter(key=f"taken_over:{job.pk}").values_list("person_id", flat=True))
    assert said == {world.person("worker_b").pk: 1}


def test_nobody_is_told_of_their_own_import(world, row):
    take(world, [row("a1", lead="safety_officer"), row("a2", lead="safety_officer")])
    run_until_idle(at=world.at)
    assert not Line.objects.exists()


def test_ten_times_the_rows_ask_the_same_number_of_statements(world, row):
    def asked(count: int, mark: str) -> int:
        rows = [row(f"{mark}{n}") for n in range(count)]
        with CaptureQueriesContext(
            connection,
        ) as seen:
            take_over_all(source="ledger", rows=rows, by=world.actor("safety_officer"), at=world.at)
        return len(seen)

    asked(3, "warm")
    assert asked(300, "many") <= asked(30, "few")


def test_a_ledger_larger_than_a_chunk_is_the_same_as_a_small_one(world, row, monkeypatch):
    monkeypatch.setattr(module, "CHUNK", 3)
    rows = [row(f"k{n}", closed=n % 3 == 0, unit=("furnace", "finishing")[n % 2]) for n in range(10)]
    made = take(world, rows)
    assert [problem.origin_key for problem in made] == [f"k{n}" for n in range(10)]
    assert [p.number for p in made[:4]] == [
        "TZ-RZ-JR-202503-001", "TZ-RZ-JZ-202503-001", "TZ-RZ-JR-202503-002", "TZ-RZ-JZ-202503-002",
    ]  # fmt: skip
    assert Event.objects.filter(kind="problem.taken_over").count() == TakeOver.objects.count() == 10
    assert Measure.objects.count() == 20
    assert Part.objects.count() == 10
    assert Problem.assisting.through.objects.count() == 10
    assert Problem.objects.containing("护罩缺失").count() == 10
    assert Job.objects.filter(kind=TELL).count() == 1
    (told,) = Job.objects.filter(kind=TELL).get().payload["people"].values()
    assert told[0] == 6


def test_a_row_that_is_here_already_takes_the_whole_import_back(world, row, monkeypatch):
    take(world, [row("k8"), row("k9")])
    before = (
        Problem.objects.count(),
        Event.objects.count(),
        Job.objects.count(),
        NumberRun.objects.get().last,
    )
    monkeypatch.setattr(module, "CHUNK", 4)
    with pytest.raises(Refused, match="有 2 行已经导入过"):
        take(world, [row(f"k{n}") for n in range(12)])
    after = (
        Problem.objects.count(),
        Event.objects.count(),
        Job.objects.count(),
        NumberRun.objects.get().last,
    )
    assert before == after


def test_the_loop_goes_on_from_what_was_poured_in(world, row):
    """Ids and numbers that were given in bulk are followed by those given one by one."""
    taken = take(world, [row("k1"), row("k2")])
    fresh = raise_problem(
        source="ledger", unit=world.unit("furnace"), statement="新发现", found_on=date(2025, 3, 9),
        by=world.actor("safety_officer"), at=world.at,
    )  # fmt: skip
    assert fresh.pk > taken[-1].pk
    assert fresh.number == "TZ-RZ-JR-202503-003"


def test_an_unknown_column_is_a_fault_of_ours_and_not_dropped(world, row):
    with pytest.raises(TypeError, match="colour"):
        take(world, [row("k1", colour="red")])


def test_numbers_under_many_heads_go_on_where_each_stood():
    with transaction.atomic():
        assert give_numbers_of(counts={"A-1": 2, "B-1": 1}) == {
            "A-1": ["A-1-001", "A-1-002"],
            "B-1": ["B-1-001"],
        }
        assert give_numbers_of(counts={"A-1": 1, "C-1": 1}) == {"A-1": ["A-1-003"], "C-1": ["C-1-001"]}


def test_rows_are_let_go_of_while_more_come(world, row, monkeypatch):
    """What an import needs in memory does not grow with its rows: a generator never runs far ahead."""
    monkeypatch.setattr(module, "CHUNK", 10)
    alive = []

    def rows():
        for n in range(60):
            if n % 10 == 9:
                alive.append(sum(isinstance(thing, OldRow) for thing in gc.get_objects()))
            yield row(f"k{n}")

    ids = take_over_all(source="ledger", rows=rows(), by=world.actor("safety_officer"), at=world.at)
    assert len(ids) == 60
    assert max(alive) < 30
