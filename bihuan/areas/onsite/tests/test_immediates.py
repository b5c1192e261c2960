"""立行立改通知书: written, issued, signed for; each item is a problem of the loop; looked at by another."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bihuan.areas.inspection.models import Finding
from bihuan.areas.inspection.reads import problems_of_round
from bihuan.areas.onsite.actions.issue_notice import issue_notice
from bihuan.areas.onsite.actions.sign_notice import sign_notice
from bihuan.areas.onsite.actions.verify_item import verify_item
from bihuan.areas.onsite.actions.withdraw_notice import withdraw_notice
from bihuan.areas.onsite.actions.write_notice import ItemDraft, write_notice
from bihuan.areas.onsite.models import ImmediateNotice
from bihuan.areas.onsite.reads.addressed import notices_to
from bihuan.kernel.refused import Refused
from bihuan.problems.models import Problem

from . import work

pytestmark = pytest.mark.django_db
NUMBER = "晋岭巡立改〔2025〕1 号"


def test_each_item_becomes_a_problem_of_the_round(onsite):
    made = work.notice(onsite)
    assert not Problem.objects.exists() and not notices_to(onsite.actor("unit_head")).exists()
    issue_notice(notice=work.fresh(made), document=NUMBER, **onsite.as_("team_leader"))
    guard, gas = Problem.objects.order_by("pk")
    assert (guard.statement, guard.source, guard.timing) == (work.GUARD, "inspection", "immediate")
    assert (guard.grade, gas.grade) == ("general", "major")
    assert guard.due_on == onsite.task.to_day and NUMBER in guard.due_note and NUMBER in guard.origin_title
    assert guard.unit == onsite.world.unit("furnace") and guard.demand == "补装护栏"
    found = Finding.objects.filter(pk__in=problems_of_round("R1").values("pk"))
    assert {one.problem_id for one in found} == {guard.pk, gas.pk}
    assert [item.problem for item in made.items.order_by("order")] == [guard, gas]


def test_the_head_signs_the_unit_puts_right_another_member_looks(onsite):
    made = work.notice(onsite, "signed")
    assert made.signed_by == onsite.world.person("unit_head")
    item = work.item_of(made.items.get(order=1).pk)
    with pytest.raises(Refused, match="没有申请销号"):
        verify_item(item=item, note="看过", **onsite.as_("other_member"))
    item = work.put_right(onsite, item)
    with pytest.raises(Refused, match="你拟的"):
        verify_item(item=item, note="看过", **onsite.as_("member"))
    verify_item(item=item, note="护栏已补装", **onsite.as_("other_member"))
    item.refresh_from_db()
    assert item.verified_by == onsite.world.person("other_member")
    assert item.problem.closure == "verifying"


def _write(onsite, word="member", **more):
    said = {"task": onsite.task, "unit": onsite.world.unit("furnace"), "due_on": onsite.day,
            "items": [ItemDraft("缺护栏", "补")], **more}  # fmt: skip
    return write_notice(**said, **onsite.as_(word))


REFUSED = (
    (lambda o: _write(o, "team_leader"), "组员拟"),
    (lambda o: _write(o, "inspection_officer"), "授权的巡察组"),
    (lambda o: _write(o, items=[]), "一条问题也没有"),
    (lambda o: _write(o, items=[ItemDraft("缺护栏", " ")]), "第 1 条"),
    (lambda o: _write(o, unit=o.world.unit("iron_mill")), "不属于"),
    (lambda o: _write(o, due_on=o.task.to_day + timedelta(days=1)), "最晚到 2025-10-15"),
    (lambda o: _write(o, due_on=o.day - timedelta(days=1)), "今天以前"),
    (lambda o: issue_notice(notice=work.notice(o), document=NUMBER, **o.as_("deputy")), "组长"),
    (lambda o: issue_notice(notice=work.notice(o), document=" ", **o.as_("team_leader")), "文号"),
    (
        lambda o: issue_notice(notice=work.notice(o, "issued"), document=NUMBER, **o.as_("team_leader")),
        "已签发",
    ),
    (
        lambda o: sign_notice(notice=work.notice(o, "issued"), by=o.actor("liaison"), at=o.at),
        "主要负责人",
    ),
    (
        lambda o: sign_notice(notice=work.notice(o, "issued"), by=o.actor("outsider"), at=o.at),
        "主要负责人",
    ),
    (lambda o: sign_notice(notice=work.notice(o), by=o.actor("unit_head"), at=o.at), "主要负责人"),
    (lambda o: withdraw_notice(notice=work.notice(o), **o.as_("other_member")), "拟稿人或组长"),
    (lambda o: withdraw_notice(notice=work.notice(o, "issued"), **o.as_("team_leader")), "已签发"),
)


def test_it_refuses(onsite):
    for how, reason in REFUSED:
        assert reason in work.refusal(onsite, how)


def test_a_refused_issue_raises_no_problem(onsite):
    made = work.notice(onsite)
    ImmediateNotice.objects.update(due_on=onsite.task.to_day + timedelta(days=9))
    with pytest.raises(Refused, match="最晚"):
        issue_notice(notice=work.fresh(made), document=NUMBER, **onsite.as_("team_leader"))
    assert not Problem.objects.exists() and not Finding.objects.exists()
