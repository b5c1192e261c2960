"""The feedback in its two steps, the clock its receipt starts, and its problems in the loop word for word."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.areas.inspection.models import Finding, Round
from bihuan.areas.outcome.actions.compose_feedback import compose_feedback
from bihuan.areas.outcome.actions.copy_feedback import copy_feedback
from bihuan.areas.outcome.actions.give_feedback import give_feedback
from bihuan.areas.outcome.actions.keep_item import keep_item
from bihuan.areas.outcome.actions.raise_items import raise_items
from bihuan.areas.outcome.actions.receive_feedback import receive_feedback
from bihuan.areas.outcome.actions.return_report import return_report
from bihuan.areas.outcome.actions.tell_principal import tell_principal
from bihuan.areas.outcome.models import ClockDay, Feedback, FeedbackCopy, FeedbackItem
from bihuan.areas.outcome.reads.clock import clock_of
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.actions.publish_pack import publish_pack
from bihuan.org.models import PackVersion
from bihuan.problems.models import Problem
from bihuan.record.closed import opened
from bihuan.record.models import Event

from .story import OFFICE, SECRET

pytestmark = pytest.mark.django_db


def _dates(feedback: Feedback) -> dict[str, date]:
    return {row.code: row.due_on for row in clock_of(feedback)}


def test_problems_and_suggestions_come_from_the_report_and_need_not_match(outcome):
    feedback = outcome.feedback()
    problems, suggestions = (
        list(feedback.items.filter(kind=kind).order_by("order")) for kind in ("problem", "suggestion")
    )
    assert (len(problems), len(suggestions)) == (1, 2)
    said = opened(problems[0])["statement"]
    assert SECRET in said and "热轧厂负" not in said and problems[0].unit == outcome.world.unit("hot_mill")
    assert problems[0].findings.get().citations.get().draft == outcome.drafts[0]
    assert opened(suggestions[1])["statement"] == "每季度核对一次"
    with pytest.raises(Stale):
        compose_feedback(report=feedback.report, **outcome.as_(OFFICE))
    with pytest.raises(Refused, match="已经按这份报告拟了反馈"):
        return_report(report=feedback.report, text="改", **outcome.as_(OFFICE))


def test_first_the_principal_alone_then_the_meeting_then_the_signature(outcome):
    feedback, day, head = outcome.feedback(), outcome.day, outcome.world.person("unit_head")
    with pytest.raises(Refused, match="还没有向主要负责人"):
        give_feedback(feedback=feedback, on=day, **outcome.as_(OFFICE))
    with pytest.raises(Refused, match="不在热轧厂党总支"):
        tell_principal(
            feedback=feedback, on=day, principal=outcome.world.person("outsider"), **outcome.as_(OFFICE)
        )
    tell_principal(feedback=feedback, on=day, principal=head, **outcome.as_(OFFICE))
    with pytest.raises(Refused, match="还没有开会反馈"):
        receive_feedback(feedback=feedback, on=day, receiver=head, **outcome.as_(OFFICE))
    with pytest.raises(Refused, match="早于一对一反馈"):
        give_feedback(feedback=feedback, on=day - timedelta(days=1), **outcome.as_(OFFICE))
    give_feedback(feedback=feedback, on=day, **outcome.as_(OFFICE))
    with pytest.raises(Refused, match="不能改"):
        keep_item(feedback=feedback, kind="suggestion", statement="再加一条", **outcome.as_(OFFICE))
    with pytest.raises(Refused, match="只能由本人签收"):
        receive_feedback(
            feedback=feedback, on=day, receiver=outcome.world.person("liaison"), **outcome.as_("unit_head")
        )
    receive_feedback(feedback=feedback, on=day, receiver=head, **outcome.as_("unit_head"))
    kept = Feedback.objects.get()
    assert (kept.told_on, kept.meeting_on, kept.received_on) == (day, day, day)
    assert kept.principal == kept.receiver == head
    assert SECRET not in str(list(Event.objects.values_list("data", "subject")))


@pytest.mark.parametrize(
    "word", ["worker_a", "secretary", "outsider", "discipline", "leading", "member", "team_leader"]
)
def test_others_neither_give_nor_sign(outcome, word):
    feedback, head = outcome.feedback("told"), outcome.world.person("unit_head")
    with pytest.raises(Refused):
        give_feedback(feedback=feedback, on=outcome.day, **outcome.as_(word))
    outcome.give(feedback)
    with pytest.raises(Refused):
        receive_feedback(feedback=feedback, on=outcome.day, receiver=head, **outcome.as_(word))
    with pytest.raises(Refused):
        raise_items(feedback=feedback, **outcome.as_(word))


#: version of the pack -> the end of the concentrated period and the progress report, received on 15 September 2025
PACKS = {"2024.1": (date(2026, 3, 15), "6 个月", "2024"), "2017.1": (date(2025, 11, 15), "2 个月", "2015")}


@pytest.mark.parametrize("version", PACKS)
def test_the_pack_of_the_round_gives_the_dates_and_says_why(outcome, version):
    """Six months under the 2024 regulation, two under the 2017 one."""
    pack = PackVersion.objects.get(pack="inspection", version=version)
    Round.objects.filter(pk=outcome.task.round_id).update(rule_pack=pack)
    outcome.task.round.rule_pack = pack
    feedback = outcome.feedback("received")
    end, amount, source = PACKS[version]
    dates = _dates(feedback)
    assert dates["concentrated"] == dates["progress"] == end
    assert dates["plan"] == dates["meeting"] == date(2025, 10, 15)
    assert dates["evaluation"] == date(end.year, end.month + 1, 15)
    row = ClockDay.objects.get(code="concentrated")
    assert (row.amount, row.certainty, row.pack, row.base_on) == (amount, "H", pack, date(2025, 9, 15))
    assert source in row.source and row.start_event == "收到反馈意见"
    life = ClockDay.objects.get(code="meeting")
    assert life.certainty == "L" and "工作手册" in life.source


def test_a_later_pack_moves_nothing(outcome):
    feedback = outcome.feedback("received")
    before = _dates(feedback)
    old = outcome.task.round.rule_pack
    values = [{**row, "value": 1} if row["key"] == "rectify.concentrated" else row for row in old.values]
    publish_pack(
        pack="inspection", title=old.title, version="2025.9", values=values, effective_from=date(2025, 9, 1),
        issuer="巡察办", document="本企业办法", note="", by=outcome.world.actor("rules_keeper"), at=outcome.at,
    )  # fmt: skip
    assert _dates(feedback) == before
    raise_items(feedback=feedback, **outcome.as_(OFFICE))
    assert Problem.objects.get().due_on == before["concentrated"] == date(2026, 3, 15)


def test_a_rest_day_keeps_the_date_and_says_the_working_day_after(outcome):
    feedback = outcome.feedback("received")
    row = feedback.days.get(code="concentrated")
    assert row.due_on.weekday() == 6 and row.latest_on == date(2026, 3, 16)
    assert row.sure is False or row.sure is True


def test_the_problems_go_into_the_loop_word_for_word(outcome):
    feedback = outcome.feedback()
    item = feedback.items.get(kind="problem")
    unit = outcome.world.unit("furnace")
    for n, timing in enumerate(("immediate", "long_term")):
        keep_item(
            feedback=feedback, kind="problem", statement=f"　第{n}个问题，原话  ", unit=unit, timing=timing,
            severity="serious", category="safety", common="外委", **outcome.as_(OFFICE),
        )  # fmt: skip
    outcome.tell_and_give(feedback)
    with pytest.raises(Refused, match="还没有签收"):
        raise_items(feedback=feedback, **outcome.as_(OFFICE))
    outcome.receive(feedback)
    made = raise_items(feedback=feedback, **outcome.as_(OFFICE))
    assert [problem.pk for problem in made] == list(
        Problem.objects.order_by("pk").values_list("pk", flat=True)
    )
    first, second, third = Problem.objects.order_by("pk")
    assert first.statement == opened(item)["statement"] and first.due_on == date(2026, 3, 15)
    assert (first.source, first.closure, first.unit) == ("inspection", "assigned", item.unit)
    assert second.statement == "第0个问题，原话" and second.timing == "immediate"
    assert second.due_on < first.due_on and third.due_on is None and third.timing == "long_term"
    assert (second.grade, second.category, second.common_key) == ("serious", "安全生产", "外委")
    assert set(Finding.objects.values_list("problem_id", "task_id")) == {
        (problem.pk, outcome.task.pk) for problem in made
    }
    assert FeedbackItem.objects.filter(problem=None, kind="problem").count() == 0
    assert raise_items(feedback=Feedback.objects.get(), **outcome.as_(OFFICE)) == []
    assert Problem.objects.count() == 3
    event = Event.objects.get(kind="outcome.items_raised")
    assert event.data["numbers"] == [problem.number for problem in made]


def test_sixty_at_once_all_or_none(outcome, monkeypatch):
    feedback = outcome.feedback()
    for n in range(59):
        keep_item(
            feedback=feedback, kind="problem", statement=f"第 {n} 个问题", unit=outcome.world.unit("hot_mill"),
            **outcome.as_(OFFICE),
        )  # fmt: skip
    outcome.tell_and_give(feedback)
    outcome.receive(feedback)
    last = feedback.items.order_by("-order").first()
    closed = outcome.world.unit("iron_mill")
    FeedbackItem.objects.filter(pk=last.pk).update(
        unit=closed
    )  # not of the organisation: the whole is refused
    with pytest.raises(Refused, match="不能归入"):
        raise_items(feedback=feedback, **outcome.as_(OFFICE))
    assert not Problem.objects.exists() and Feedback.objects.get().raised_at is None
    FeedbackItem.objects.filter(pk=last.pk).update(unit=outcome.world.unit("hot_mill"))
    with CaptureQueriesContext(connection) as asked:
        made = raise_items(feedback=Feedback.objects.select_related("task__round__rule_pack", "task__org").get(), **outcome.as_(OFFICE))  # fmt: skip
    assert len(made) == Problem.objects.count() == Finding.objects.count() == 60
    assert len(asked) < 60 * 40


def test_to_whom_copies_went(outcome):
    feedback = outcome.feedback("told")
    given = {"feedback": feedback, "body": "owner_dept", "receiver": "安全管理部", "on": outcome.day}
    with pytest.raises(Refused, match="还没有给出"):
        copy_feedback(**given, **outcome.as_(OFFICE))
    outcome.give(feedback)
    copy_feedback(**given, **outcome.as_(OFFICE))
    with pytest.raises(Stale):
        copy_feedback(**given, **outcome.as_(OFFICE))
    with pytest.raises(Refused):
        copy_feedback(**{**given, "body": "nobody"}, **outcome.as_(OFFICE))
    assert FeedbackCopy.objects.get().sent_by == outcome.world.person(OFFICE)


def test_no_feedback_from_a_report_that_is_not_decided(outcome):
    with pytest.raises(Refused, match="还没有经党委审定"):
        compose_feedback(report=outcome.report("committee"), **outcome.as_(OFFICE))
