"""改登记内容: what a ledger may change, what it may not, and what stays written down."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bihuan.kernel.refused import Invalid, Refused, Stale
from bihuan.problems.actions.amend import Amendment, amend
from bihuan.problems.actions.ask_extension import ask_extension
from bihuan.problems.actions.restate import restate
from bihuan.problems.actions.set_measures import MeasureDraft
from bihuan.problems.actions.take_over import OldRow, Stated, take_over
from bihuan.problems.models import Problem
from bihuan.record.models import Event

from .story import problem_in, raised

pytestmark = pytest.mark.django_db


def taken(world, **details):
    stated = details.pop("stated", Stated())
    row = OldRow(
        "k", world.unit("hot_mill"), "护栏缺一段", stated=stated, found_on=date(2026, 9, 1),
        due_on=details.pop("due_on", date(2026, 12, 1)), measures=(MeasureDraft("补焊"),), details=details,
    )  # fmt: skip
    return take_over(source="ledger", rows=[row], by=world.actor("safety_officer"), at=world.at)[0]


def do(world, problem, who="safety_officer", **columns):
    return amend(
        problem=problem, amendment=Amendment(columns), reason="新版", by=world.actor(who), at=world.at
    )


def test_the_event_keeps_old_and_new_and_names_nobody(world):
    problem = taken(world, lead_text="卫建平")
    amend(
        problem=problem,
        amendment=Amendment(
            {"due_on": date(2026, 11, 1), "lead": world.person("worker_a"), "lead_text": "任秀英"},
            extras={"备注": "外委"},
            measures=(MeasureDraft("补焊并刷漆"), MeasureDraft("挂牌")),
        ),
        reason="《台账》第 3 行",
        by=world.actor("safety_officer"),
        at=world.at,
    )
    problem = Problem.objects.get()
    assert (problem.due_on, problem.first_due_on) == (date(2026, 11, 1), date(2026, 12, 1))
    assert problem.extras["备注"] == "外委" and problem.measures.count() == 2
    event = Event.objects.of(problem.stream).get(kind="problem.amended")
    assert event.data["changes"]["due_on"] == ["2026-12-01", "2026-11-01"]
    assert event.data["changes"]["measures"] == ["补焊", "补焊并刷漆\n挂牌"]
    assert event.data["changes"]["lead_text"] == [] and "卫建平" not in str(event.data)
    assert event.data["text"] == "《台账》第 3 行" and event.seq == problem.version == 2


def test_who_saw_an_older_version_is_told(world):
    problem = taken(world)
    seen = Problem.objects.select_related("unit").get(pk=problem.pk)
    do(world, problem, place="精整")
    with pytest.raises(Stale):
        do(world, seen, place="酸洗")
    assert Problem.objects.get().place == "精整"


def test_nothing_to_change_and_what_is_no_registered_column_are_refused(world):
    problem = taken(world)
    for columns in ({}, {"closure": "closed"}, {"statement": "  "}):
        with pytest.raises(Invalid):
            do(world, problem, **columns)


def test_what_was_proven_here_gives_way_to_no_ledger(world):
    for state in ("verifying", "closed"):
        problem = problem_in(world, state, statement=f"已核验 {state}")
        for columns in ({"statement": "另一件"}, {"progress": "not_started"}, {"due_on": date(2026, 1, 1)}):
            with pytest.raises(Refused, match="已在本系统核验"):
                do(world, problem, **columns)
        amend(
            problem=problem, amendment=Amendment(extras={"备注": "存档"}), reason="", at=world.at,
            by=world.actor("safety_officer"),
        )  # fmt: skip
        problem.refresh_from_db()
        assert problem.closure == state and problem.extras["备注"] == "存档"


def test_a_unit_does_not_lighten_its_own_burden_with_a_ledger(world):
    problem = taken(world, grade="serious")
    later = problem.due_on + timedelta(days=30)
    for columns in ({"due_on": later}, {"due_on": None}, {"timing": "long_term"}, {"grade": "general"}):
        with pytest.raises(Refused, match="由督办部门定"):
            do(world, problem, who="liaison", **columns)
    do(world, problem, who="liaison", due_on=problem.due_on - timedelta(days=3), grade="major")
    do(world, problem, due_on=later, grade="general")
    problem.refresh_from_db()
    assert problem.due_on == later and problem.first_due_on == date(2026, 12, 1)


def test_work_that_goes_on_here_is_changed_by_its_own_steps(world):
    problem = problem_in(world, "rectifying")
    ask_extension(
        problem=problem, new_due_on=problem.due_on + timedelta(days=9), reason="排期", at=world.at,
        by=world.actor("worker_a"),
    )  # fmt: skip
    for columns, words in (
        ({"unit": world.unit("iron_mill")}, "已经在办"),
        ({"progress": "done"}, "进度由责任单位"),
    ):
        with pytest.raises(Refused, match=words):
            do(world, problem, **columns)
    with pytest.raises(Refused, match="措施"):
        amend(
            problem=problem, amendment=Amendment(measures=(MeasureDraft("换"),)), reason="", at=world.at,
            by=world.actor("safety_officer"),
        )  # fmt: skip


def test_a_stated_end_changes_only_while_nobody_works_here(world):
    problem = taken(world, lead=world.person("worker_a"), progress="in_progress")
    officer = world.actor("safety_officer")
    said = Stated(closed=True, words="已销号", closed_on=date(2026, 10, 1), verifier="郝立明")
    with pytest.raises(Refused, match="督办部门导入"):
        restate(
            problem=problem, state="closed", progress="done", stated=said, by=world.actor("liaison"),
            at=world.at,
        )  # fmt: skip
    restate(problem=problem, state="closed", progress="done", stated=said, by=officer, at=world.at)
    problem = Problem.objects.select_related("unit").get()
    assert (problem.closure, problem.is_open, problem.closed_by_id) == ("closed", False, None)
    back = Stated(words="整改中")
    restate(problem=problem, state="rectifying", progress="in_progress", stated=back, by=officer, at=world.at)
    assert Problem.objects.get().is_open
    ask_extension(
        problem=problem, new_due_on=problem.due_on + timedelta(days=9), reason="排期", at=world.at,
        by=world.actor("worker_a"),
    )  # fmt: skip
    with pytest.raises(Refused, match="已在本系统办理"):
        restate(problem=problem, state="closed", progress="done", stated=said, by=officer, at=world.at)


def test_who_has_nothing_to_do_with_it_may_not(world):
    problem = raised(world)
    for who in ("outsider", "worker_a", "system_admin"):
        with pytest.raises(Refused):
            do(world, problem, who=who, place="别处")
