"""Rounds and tasks: from listed to left; coverage and what a round found."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bihuan.areas.inspection import facts
from bihuan.areas.inspection.actions.add_task import add_task
from bihuan.areas.inspection.actions.adopt_problems import adopt_problems
from bihuan.areas.inspection.actions.approve_round import approve_round
from bihuan.areas.inspection.actions.cancel_round import cancel_round
from bihuan.areas.inspection.actions.drop_task import drop_task
from bihuan.areas.inspection.actions.enter import enter
from bihuan.areas.inspection.actions.leave import leave
from bihuan.areas.inspection.actions.open_round import open_round
from bihuan.areas.inspection.models import Finding, Round, Task, Term
from bihuan.areas.inspection.reads import adoptable, chart_of, counts_of, coverage_of
from bihuan.kernel.actor import SYSTEM, Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.problems.models import Problem
from bihuan.problems.tests.story import raised
from bihuan.registry import shelf
from bihuan.registry.contract import Period, Scope

from .story import MEETING, Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(world) -> Story:
    return Story(world)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"code": "1轮"}, "不能用"),
        ({"code": "r1"}, "用过了"),
        ({"name": " "}, "要有名称"),
        ({"ends_on": -1}, "早于开始"),
        ({"starts_on": 800, "ends_on": 900}, "不在2025年"),
    ],
)
def test_a_round_that_cannot_be_is_refused(story, given, reason):
    plan = story.round().plan
    days = {name: story.day + timedelta(days=n) for name, n in given.items() if isinstance(n, int)}
    said = {"code": "R2", "name": "第二轮", "starts_on": story.day, "ends_on": story.day, **given, **days}
    with pytest.raises(Refused, match=reason):
        open_round(plan=plan, by=story.office, at=story.at, **said)


def test_one_organisation_may_carry_two_tasks_but_not_the_same_twice(story):
    found = story.round()
    story.task(found)
    story.task(found, mode="special")
    with pytest.raises(Refused, match="已有同样的任务"):
        story.task(found)
    assert Task.objects.count() == 2


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"mode": "secret"}, "没有这种方式"),
        ({"mode": "special"}, "要选一个专题"),
        ({"to_day": -1}, "离场早于进驻"),
        ({"to_day": 99}, "不在本轮的起止日期里"),
        ({"org": "committee"}, "不在2025—2029年规划的巡察范围"),
    ],
)
def test_a_task_that_cannot_be_is_refused(story, given, reason):
    found = story.round()
    days = {name: story.day + timedelta(days=n) for name, n in given.items() if isinstance(n, int)}
    said = {
        "org": "mill", "mode": "regular", "from_day": story.day, "to_day": story.day, **given, **days,
    }  # fmt: skip
    said["org"] = story.world.party[said["org"]]
    with pytest.raises(Refused, match=reason):
        add_task(round=found, framework=story.framework(), by=story.office, at=story.at, **said)


def test_one_level_below_may_be_inspected_beyond_the_scope(story):
    found = story.round()
    add_task(
        round=found, org=story.world.party["committee"], mode="elevated", framework=story.framework(),
        from_day=story.day, to_day=story.day, by=story.office, at=story.at,
    )  # fmt: skip
    assert Task.objects.get().mode == "elevated"


def test_a_round_is_fixed_once_it_is_approved(story):
    found = story.round()
    said = {"on": story.day, "document": MEETING, "by": story.lead, "at": story.at}
    with pytest.raises(Refused, match="年度计划还没有批准"):
        approve_round(round=found, **said)
    task = story.task(found)
    with pytest.raises(Refused, match="领导小组成员记"):
        approve_round(round=found, **{**said, "by": story.office})
    story.decide(found)
    for change in (
        lambda: story.task(found, "joint"),
        lambda: drop_task(task=_again(task), by=story.office, at=story.at),
    ):
        with pytest.raises(Refused, match="任务不能再增减"):
            change()


def test_a_task_is_dropped_while_the_round_is_drawn_up(story):
    found = story.round()
    task = story.task(found)
    drop_task(task=task, by=story.office, at=story.at)
    assert not Task.objects.exists()


def test_from_entry_to_leaving(story):
    task = story.entered()
    assert (task.entered_on, task.round.state) == (story.day, "onsite")
    with pytest.raises(Refused, match="已经进驻"):
        enter(task=_again(task), on=story.day, by=story.office, at=story.at)
    with pytest.raises(Refused, match="早于进驻"):
        leave(task=task, on=story.day - timedelta(days=1), by=story.office, at=story.at)
    story.left(task)
    assert Round.objects.get().state == "reporting"


def test_nobody_enters_what_is_not_approved_or_not_yet_begun(story):
    task = story.task(story.round())
    with pytest.raises(Refused, match="已被他人处理，现在是“拟定中”"):
        enter(task=task, on=story.day, by=story.office, at=story.at)
    story.decide(task.round)
    with pytest.raises(Refused, match="今天以后"):
        enter(task=task, on=story.day + timedelta(days=1), by=story.office, at=story.at)
    with pytest.raises(Refused, match="早于本轮开始"):
        enter(task=task, on=story.day - timedelta(days=1), by=story.office, at=story.at)
    with pytest.raises(Refused, match="由巡察办编"):
        enter(task=task, on=story.day, by=story.world.actor("safety_officer"), at=story.at)


def test_a_cancelled_round_counts_for_nothing(story):
    found = story.round()
    story.task(found)
    with pytest.raises(Refused, match="取消要写原因"):
        cancel_round(round=found, text=" ", by=story.lead, at=story.at)
    cancel_round(round=found, text="改到下一年", by=story.lead, at=story.at)
    assert not Task.objects.standing().exists()
    assert facts.period("R1") is None


def test_an_organisation_counts_once_however_often_it_was_inspected(story):
    story.left(story.entered("R1"))
    story.left(story.entered("R2"))
    whole = coverage_of(Term.objects.get(), story.day)
    assert (whole.done, whole.total, whole.percent) == (1, 2, "50.00%")
    assert [task.round.code for task in whole.orgs[0].tasks] == ["R2", "R1"]
    assert figure("inspection.coverage", facts.period("r2"), story) == (1, 2)
    early = Period(date(2025, 1, 1), date(2025, 1, 31))
    assert figure("inspection.coverage", early, story) == (0, 2)
    assert figure("inspection.coverage", early, story, story.world.actor("safety_officer")) == (0, 0)


def test_problems_of_its_units_are_taken_into_the_round_once(story, world):
    ours = raised(world, statement="护栏缺失")
    task = story.entered()
    Problem.objects.filter(pk=ours.pk).update(found_on=story.day)
    other = raised(world, statement="别处的", unit=world.unit("iron_mill"))
    assert list(adoptable(task, story.office)) == [ours]
    with pytest.raises(Refused, match="有 1 件不能归入"):
        adopt_problems(task=task, problems=[ours, other], by=story.office, at=story.at)
    assert adopt_problems(task=task, problems=[ours], by=story.office, at=story.at) == 1
    with pytest.raises(Refused, match="不能归入"):
        adopt_problems(task=task, problems=[ours], by=story.office, at=story.at)
    assert Finding.objects.get().problem == ours
    assert counts_of(task.round, story.office).total == 1
    assert figure("problems.completion", facts.period("R1"), story) == (0, 1)
    assert figure("problems.completion", Period(None, None), story) == (0, 2)


def test_basically_done_is_not_done(story, world):
    task = story.entered()
    for progress in ("done", "done", "basically_done", "in_progress"):
        one = raised(world, statement=progress)
        Problem.objects.filter(pk=one.pk).update(progress=progress, found_on=story.day)
    adopt_problems(task=task, problems=adoptable(task, story.office), by=story.office, at=story.at)
    counts = counts_of(task.round, story.office)
    assert (counts.done, counts.basically, counts.rest, counts.percent) == (2, 1, 1, "50.00%")


def test_two_who_enter_at_the_same_time(story):
    task = story.entered()
    other = _again(task)
    Task.objects.filter(pk=task.pk).update(entered_on=None)
    task.entered_on = other.entered_on = None
    enter(task=task, on=story.day, by=story.office, at=story.at)
    with pytest.raises(Stale):
        enter(task=other, on=story.day, by=story.office, at=story.at)


def test_the_picture_of_a_round_stays_within_its_weeks(story):
    found = story.round()
    tasks = [story.task(found), story.task(found, mode="special")]
    chart = chart_of(found, tasks, story.day + timedelta(days=3))
    assert [(heading, len(rows)) for heading, rows in chart.groups] == [("常规", 1), ("专项", 1)]
    for _, rows in chart.groups:
        assert all(0 <= row.left and row.left + row.width <= 100.1 and row.tone == "late" for row in rows)
    assert chart.marks[0] == (0.0, found.starts_on) and 0 < chart.today < 100
    assert chart_of(found, tasks, found.ends_on + timedelta(days=1)).today is None


def figure(code: str, period: Period, story: Story, by: Actor = SYSTEM) -> tuple[int, int]:
    rows = list(shelf.facts()[code].compute(Scope(by), period, story.at))
    return sum(row.numerator for row in rows), sum(row.denominator for row in rows)


def _again(task: Task) -> Task:
    return Task.objects.select_related("round__plan__term", "org", "framework").get(pk=task.pk)
