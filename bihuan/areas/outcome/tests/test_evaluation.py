"""Evaluation of a rectification: deduction only, each shown, agreed by others; the result reaches the organisation last."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from bihuan.areas.outcome.actions.approve_evaluation import approve_evaluation
from bihuan.areas.outcome.actions.deduct import deduct
from bihuan.areas.outcome.actions.drop_deduction import drop_deduction
from bihuan.areas.outcome.actions.hand_in_evaluation import hand_in_evaluation
from bihuan.areas.outcome.actions.send_evaluation import send_evaluation
from bihuan.areas.outcome.actions.start_evaluation import start_evaluation
from bihuan.areas.outcome.models import Evaluation
from bihuan.areas.outcome.policies.evaluation import sees_evaluation
from bihuan.areas.outcome.reads.clock import concentrated_end
from bihuan.areas.outcome.reads.evaluating import grade_in, scheme_of
from bihuan.kernel.refused import Refused
from bihuan.org.actions.grant_role import grant_role
from bihuan.org.tests.world import SINCE
from bihuan.problems.tests.story import raised
from bihuan.record.models import Event

from .closing_story import Closing
from .story import OFFICE


@pytest.fixture
def closing(world) -> Closing:
    return Closing(world)


def after(closing: Closing, word: str, days: int = 1) -> dict:
    """Hands, so many days after the concentrated period."""
    at = closing.at + (concentrated_end(closing.given) - closing.day) + timedelta(days=days)
    return {**closing.as_(word), "at": at}


def started(closing: Closing, kind: str = "effect") -> Evaluation:
    return start_evaluation(feedback=closing.given, kind=kind, **after(closing, OFFICE))


def test_points_are_taken_off_agreed_to_and_sent(closing):
    made = started(closing)
    said = {"indicator": "tasks", "points": Decimal(12), "reason": "一件没有完成"}
    deduct(evaluation=made, problem=closing.problems[0], **said, **after(closing, OFFICE))
    wrong = deduct(
        evaluation=made, indicator="deploy", points=Decimal("2.5"), reason="方案晚报", evidence="方案",
        **after(closing, "discipline"),
    )  # fmt: skip
    drop_deduction(deduction=wrong, **after(closing, "discipline"))
    hand_in_evaluation(evaluation=made, text="总体较好", **after(closing, OFFICE))
    assert (made.score, made.grade, made.late) == (Decimal(88), "较好", False)
    on = after(closing, "leading")["at"].date()
    approve_evaluation(evaluation=made, on=on, document="领导小组纪要 3 号", **after(closing, "leading"))
    words = ("unit_head", "member", "discipline", "personnel", "leading", OFFICE)
    seen = {word: sees_evaluation(made, closing.standing(word)) for word in words}
    assert seen == {word: word not in ("unit_head", "member") for word in words}
    send_evaluation(evaluation=made, **after(closing, OFFICE))
    assert all(sees_evaluation(made, closing.standing(word)) for word in words)
    assert not sees_evaluation(made, closing.standing("outsider"))
    sent = Event.objects.get(kind="outcome.evaluation_sent")
    assert sent.data["copied_to"] == ["discipline", "personnel"]


def test_what_is_refused(closing):
    with pytest.raises(Refused, match="集中整改期还没有满"):
        start_evaluation(feedback=closing.given, kind="effect", **closing.as_(OFFICE))
    for word in ("unit_head", "member", "leading", "outsider"):
        with pytest.raises(Refused, match="由巡察办、纪检机构、组织部门评估"):
            start_evaluation(feedback=closing.given, kind="effect", **after(closing, word))
    made = started(closing)
    with pytest.raises(Refused, match="已经有人开始"):
        started(closing)
    problem = closing.problems[0]
    base = {"indicator": "tasks", "points": Decimal(5), "reason": "没有完成", "problem": problem}
    table = (
        ({"indicator": "satisfaction"}, "等匿名测评的结果"),
        ({"indicator": "no"}, "没有这项指标"),
        ({"points": Decimal(41)}, "只剩 40 分"),
        ({"points": Decimal(0)}, "只剩 40 分"),
        ({"reason": " "}, "没有写原因"),
        ({"problem": None}, "没有依据"),
        ({"problem": raised(closing.world, statement="别处的问题")}, "不是这次反馈的问题"),
    )
    for change, reason in table:
        with pytest.raises(Refused, match=reason):
            deduct(evaluation=made, **{**base, **change}, **after(closing, OFFICE))
    on = after(closing, "leading")["at"].date()
    with pytest.raises(Refused, match="还没有交"):
        approve_evaluation(evaluation=made, on=on, document="3 号", **after(closing, "leading"))
    grant_role(
        role="inspection_lead", unit=closing.world.unit("group"), person=closing.world.person(OFFICE),
        from_day=SINCE, by=closing.world.actor("security_admin"), at=closing.at,
    )  # fmt: skip
    hand_in_evaluation(evaluation=made, text="好", **after(closing, OFFICE, days=60))
    assert made.late and made.grade == "好"
    with pytest.raises(Refused, match="是你评的"):
        approve_evaluation(evaluation=made, on=on, document="3 号", **after(closing, OFFICE, days=60))
    with pytest.raises(Refused, match="不能改"):
        deduct(evaluation=made, **base, **after(closing, OFFICE, days=60))
    with pytest.raises(Refused, match="还没有审定"):
        send_evaluation(evaluation=made, **after(closing, OFFICE, days=60))


@pytest.mark.parametrize("code", ["effect", "blend"])
def test_a_scheme_adds_up(code):
    scheme = scheme_of(code)
    assert sum(one["points"] for one in scheme["indicators"]) == scheme["total"] == 100
    assert scheme["source"] and scheme["certainty"] in ("H", "M", "L")
    grades = {90: "好", 89: "较好", 80: "较好", 79: "一般", 60: "一般", 59: "差", 0: "差"}
    assert {score: grade_in(scheme, Decimal(score)) for score in grades} == grades
