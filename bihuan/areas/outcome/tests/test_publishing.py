"""The rectification made public: what is exempt is left out by leave of others, and cannot slip in again."""

from __future__ import annotations

import pytest

from bihuan.areas.outcome.actions.ask_exemption import ask_exemption
from bihuan.areas.outcome.actions.decide_exemption import decide_exemption
from bihuan.areas.outcome.actions.hand_in_rect_report import hand_in_rect_report
from bihuan.areas.outcome.actions.publish_outcome import publish_outcome
from bihuan.areas.outcome.actions.receive_rect_report import receive_rect_report
from bihuan.kernel.refused import Refused
from bihuan.publication.actions.load_catalogue import load_catalogue
from bihuan.publication.policies.exempts import exposure_verdict

from .closing_story import HEAD, LIAISON, Closing
from .story import OFFICE


@pytest.fixture
def closing(world) -> Closing:
    return Closing(world)


def test_an_exempt_problem_is_left_out_and_cannot_slip_in(closing):
    load_catalogue(at=closing.at)
    closing.plan("in_force")
    said = {"feedback": closing.given, "contact": "0351-6120", **closing.as_(HEAD)}
    with pytest.raises(Refused, match="还没有收到党组织整改情况报告"):
        publish_outcome(**said)
    report = hand_in_rect_report(
        feedback=closing.given, stage="progress", kind="org", text="已整改", **closing.as_(HEAD)
    )
    receive_rect_report(report=report, on=closing.day, **closing.as_(OFFICE))
    first, second = closing.given.items.filter(kind="problem").order_by("order")
    type(first.problem).objects.filter(pk=first.problem_id).update(statement="安全费用挪作招待，正在立案核查")
    type(first.problem).objects.filter(pk=second.problem_id).update(statement="检修台账连续三个月没有更新")
    asked = ask_exemption(item=first, ground="case", reason="纪检机构正在核查", **closing.as_(LIAISON))
    with pytest.raises(Refused, match="还没有定"):
        publish_outcome(**said)
    for word in (OFFICE, "unit_head", "discipline"):
        with pytest.raises(Refused, match="领导小组成员定"):
            decide_exemption(exemption=asked, granted=True, answer="", **closing.as_(word))
    with pytest.raises(Refused, match="不同意要写理由"):
        decide_exemption(exemption=asked, granted=False, answer="", **closing.as_("leading"))
    decide_exemption(exemption=asked, granted=True, answer="", **closing.as_("leading"))
    with pytest.raises(Refused, match="已经定了"):
        decide_exemption(exemption=asked, granted=True, answer="", **closing.as_("leading"))
    made = publish_outcome(**said)
    assert (
        "检修台账连续三个月没有更新" in made.text_inside
        and "招待" not in made.text_inside + made.text_outside
    )
    assert "清退 12 万元" in made.text_inside and "清退 12 万元" not in made.text_outside
    with pytest.raises(Refused, match="已经生成"):
        publish_outcome(**said)
    assert exposure_verdict(made)
    made.text_inside += "\n安全费用挪作招待，正在立案核查"
    assert "不公开" in exposure_verdict(made).reason


def test_who_asks_and_for_what(closing):
    item = closing.given.items.filter(kind="problem").first()
    for word in (OFFICE, "leading", "outsider"):
        with pytest.raises(Refused, match="被巡察党组织"):
            ask_exemption(item=item, ground="case", reason="核查", **closing.as_(word))
    for change, reason in (({"ground": "shame"}, "没有选情形"), ({"reason": " "}, "没有写理由")):
        with pytest.raises(Refused, match=reason):
            ask_exemption(item=item, **{"ground": "case", "reason": "核查", **change}, **closing.as_(HEAD))
    ask_exemption(item=item, ground="case", reason="核查", **closing.as_(HEAD))
    with pytest.raises(Refused, match="已经申请过"):
        ask_exemption(item=item, ground="case", reason="核查", **closing.as_(HEAD))
