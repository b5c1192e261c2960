"""On whose desk what stands after the receipt, with which clock; and who is waited for."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.areas.inspection.models import Round
from bihuan.areas.outcome.actions.approve_evaluation import approve_evaluation
from bihuan.areas.outcome.actions.ask_exemption import ask_exemption
from bihuan.areas.outcome.actions.ask_plan_review import ask_plan_review
from bihuan.areas.outcome.actions.deduct import deduct
from bihuan.areas.outcome.actions.draw_samples import draw_samples
from bihuan.areas.outcome.actions.hand_in_evaluation import hand_in_evaluation
from bihuan.areas.outcome.actions.hand_in_rect_report import hand_in_rect_report
from bihuan.areas.outcome.actions.hear_round_paper import hear_round_paper
from bihuan.areas.outcome.actions.hold_life_meeting import hold_life_meeting
from bihuan.areas.outcome.actions.look_at_sample import look_at_sample
from bihuan.areas.outcome.actions.merge_comments import merge_comments
from bihuan.areas.outcome.actions.note_rect_reading import note_rect_reading
from bihuan.areas.outcome.actions.receive_rect_report import receive_rect_report
from bihuan.areas.outcome.actions.review_plan import review_plan
from bihuan.areas.outcome.actions.send_evaluation import send_evaluation
from bihuan.areas.outcome.actions.start_evaluation import start_evaluation
from bihuan.areas.outcome.actions.submit_plan import submit_plan
from bihuan.areas.outcome.actions.write_round_paper import write_round_paper
from bihuan.areas.outcome.models import Sample
from bihuan.areas.outcome.reads.clock import concentrated_end
from bihuan.areas.outcome.reads.desk import desk_lines, desk_rows
from bihuan.areas.outcome.reads.desk_waits import desk_waits
from bihuan.areas.outcome.reads.standing import departments_of
from bihuan.org.reads import actor_for

from .closing_story import HEAD, LIAISON, Closing
from .story import OFFICE
from .test_looking_again import _hands, _later

pytestmark = pytest.mark.django_db
#: waits for the office all along, beside what is told here
ARCHIVE = "归档"
WORDS = (
    OFFICE, "discipline", "personnel", "department", "leading", "head", "team_leader", "member", HEAD, LIAISON,
    "outsider",
)  # fmt: skip


@pytest.fixture
def closing(world) -> Closing:
    """The report was issued as well: nothing of before the receipt is left."""
    made = Closing(world)
    made.step(made.given.report, "issued")
    return made


def labels(closing: Closing, word: str, at=None) -> list[str]:
    actor = actor_for(closing.world.person(word), at=at or closing.at)
    found = list(desk_lines(actor, at or closing.at))
    assert len(found) == sum(rows.count() for rows in desk_rows(actor)), word
    return sorted(line.label for line in found if line.label != ARCHIVE)


def desks(closing: Closing, at=None) -> dict[str, list[str]]:
    """Who has what to do; whoever has nothing is not in it."""
    return {word: found for word in WORDS if (found := labels(closing, word, at))}


def waits(closing: Closing, word: str) -> list[tuple[str, str]]:
    return [(line.verb, line.who) for line in desk_waits(closing.actor(word), closing.at)]


def test_a_plan_from_hand_to_hand(closing):
    assert desks(closing) == {HEAD: ["编整改方案"], LIAISON: ["编整改方案"], OFFICE: ["总结本轮"]}
    (line,) = desk_lines(closing.actor(HEAD), closing.at)
    assert line.due == closing.given.days.get(code="plan").latest_on and line.unit == closing.task.org.name
    closing.measured()
    plan = closing.prepared()
    assert labels(closing, HEAD) == ["报会审"] and labels(closing, LIAISON) == []
    submit_plan(plan=plan, pledge=True, **closing.as_(HEAD))
    unit = closing.world.unit("safety_dept")
    review = ask_plan_review(plan=plan, body="department", unit=unit, **closing.as_(OFFICE))
    assert desks(closing) == {
        "discipline": ["会审"], "personnel": ["会审"], "department": ["会审"], OFFICE: ["会审", "总结本轮"],
    }  # fmt: skip
    everybody = f"纪检机构、组织部门、巡察办、{unit}"
    assert waits(closing, HEAD) == waits(closing, OFFICE) == [("会审方案", everybody)]
    assert waits(closing, "member") == waits(closing, "department") == []
    for body in ("discipline", "personnel", "office"):
        closing.says(plan, body)
    assert waits(closing, HEAD) == [("会审方案", str(unit))]
    review = closing.review(plan, "department")
    hands = closing.as_("department")
    departments = departments_of(hands["by"])
    review_plan(review=review, verdict="returned", comments={0: "补期限"}, departments=departments, **hands)
    assert desks(closing) == {"discipline": ["归并意见"], OFFICE: ["归并意见", "总结本轮"]}
    merge_comments(plan=plan, result="returned", merged={}, **closing.as_(OFFICE))
    assert desks(closing) == {HEAD: ["报会审"], LIAISON: ["改方案"], OFFICE: ["总结本轮"]}


def test_what_follows_a_plan_in_force(closing):
    closing.plan("in_force")
    assert desks(closing) == {
        HEAD: ["报报告", "报报告", "记会议"],
        LIAISON: ["报报告", "记会议"],
        OFFICE: ["总结本轮"],
    }
    (due,) = {one.due for one in desk_lines(closing.actor(HEAD), closing.at) if one.label == "报报告"}
    assert due == closing.given.days.get(code="progress").latest_on
    said = {"chair": closing.world.person(HEAD), "present": 5, "note": "查摆安全投入问题"}
    hold_life_meeting(feedback=closing.given, on=closing.day, **said, **closing.as_(LIAISON))
    report = hand_in_rect_report(
        feedback=closing.given, stage="progress", kind="org", text="进展", **closing.as_(LIAISON)
    )
    item = closing.given.items.filter(kind="problem").first()
    item.feedback = closing.given
    ask_exemption(item=item, ground="case", reason="正在核查", **closing.as_(LIAISON))
    assert desks(closing) == {
        HEAD: ["报报告"], OFFICE: ["总结本轮", "签收报告"], "leading": ["定公开"],
    }  # fmt: skip
    assert sorted(waits(closing, LIAISON)) == [("定公开", "领导小组"), ("签收报告", "巡察办")]
    receive_rect_report(report=report, on=closing.day, **closing.as_(OFFICE))
    assert labels(closing, "discipline") == labels(closing, "personnel") == ["阅报告"]
    note_rect_reading(report=report, body="discipline", note="", **closing.as_("discipline"))
    assert labels(closing, "discipline") == []


def test_an_evaluation_waits_for_its_day_and_then_for_others(closing):
    closing.plan("in_force")
    at = closing.at + (concentrated_end(closing.given) - closing.day) + timedelta(days=1)

    def hands(word: str) -> dict:
        return {**closing.as_(word), "at": at}

    assert "开始评估" not in labels(closing, OFFICE) and "开始评估" in labels(closing, OFFICE, at)
    made = start_evaluation(feedback=closing.given, kind="effect", **hands(OFFICE))
    assert "评估" in labels(closing, OFFICE, at) and "评估" not in labels(closing, "discipline", at)
    said = {"indicator": "tasks", "points": Decimal(2), "reason": "一件晚报", "evidence": "方案"}
    deduct(evaluation=made, **said, **hands(OFFICE))
    hand_in_evaluation(evaluation=made, text="较好", **hands(OFFICE))
    assert labels(closing, "leading", at) == ["记审定"] and waits(closing, OFFICE) == [
        ("审定评估", "领导小组")
    ]
    approve_evaluation(evaluation=made, on=at.date(), document="领导小组纪要 3 号", **hands("leading"))
    assert labels(closing, "leading", at) == [] and "抄送结果" in labels(closing, OFFICE, at)
    send_evaluation(evaluation=made, **hands(OFFICE))
    assert "抄送结果" not in labels(closing, OFFICE, at)


def test_a_look_back_stands_with_its_team(closing):
    closing.measured()
    for problem in closing.problems:
        closing.closed(problem)
    later = _later(closing)
    assert labels(closing, "team_leader") == ["抽取"] and labels(closing, "member") == []
    look = draw_samples(task=later, earlier=closing.task, **_hands(closing, later, OFFICE))
    (line,) = desk_lines(closing.actor("member"), closing.at)
    assert (line.label, line.text, line.due) == ("回看", "抽中的还有 1 件没有看", later.to_day)
    assert line.url == f"/outcome/{later.pk}/look-again/" and ("回看", "巡察组") in waits(closing, OFFICE)
    sample = Sample.objects.select_related("look__task__round", "problem").get(look=look)
    look_at_sample(sample=sample, verdict="genuine", text="账实相符", **_hands(closing, later, "member"))
    assert labels(closing, "member") == [] and ("回看", "巡察组") not in waits(closing, OFFICE)


def test_a_round_summed_up_is_heard(closing):
    (line,) = [one for one in desk_lines(closing.actor(OFFICE), closing.at) if one.label == "总结本轮"]
    round_ = Round.objects.get(pk=closing.task.round_id)
    assert line.url == f"/outcome/rounds/{round_.code}/sum/" and line.unit == round_.name
    paper = write_round_paper(
        round=round_, kind="round", text="总体好", by=closing.actor(OFFICE), at=closing.at
    )
    assert labels(closing, OFFICE) == [] and labels(closing, "leading") == ["记听取"]
    assert waits(closing, OFFICE) == [("听取本轮报告", "领导小组")]
    hear_round_paper(
        paper=paper, on=closing.day, document="纪要 5 号", by=closing.actor("leading"), at=closing.at
    )
    assert labels(closing, "leading") == [] and waits(closing, OFFICE) == []


def test_all_of_it_costs_a_fixed_number_of_queries(closing):
    closing.plan("reviewing")
    for word, waiting in ((OFFICE, 2), ("discipline", 2), (HEAD, 2), ("department", 1), ("outsider", 1)):
        actor = closing.actor(word)
        with CaptureQueriesContext(connection) as asked:
            list(desk_lines(actor, closing.at))
        assert len(asked) <= 9, word
        with CaptureQueriesContext(connection) as asked:
            list(desk_waits(actor, closing.at))
        assert len(asked) == waiting, word
