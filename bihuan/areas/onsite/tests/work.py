"""The daily work of the team in the hot mill, as far as a test wants it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from bihuan.areas.onsite.actions.answer_ask import answer_ask
from bihuan.areas.onsite.actions.answer_loan import answer_loan
from bihuan.areas.onsite.actions.ask_documents import ask_documents
from bihuan.areas.onsite.actions.hold_outreach import hold_outreach
from bihuan.areas.onsite.actions.issue_notice import issue_notice
from bihuan.areas.onsite.actions.log_visit import log_visit
from bihuan.areas.onsite.actions.receive_loan import receive_loan
from bihuan.areas.onsite.actions.send_ask import send_ask
from bihuan.areas.onsite.actions.sign_notice import sign_notice
from bihuan.areas.onsite.actions.write_midterm import write_midterm
from bihuan.areas.onsite.actions.write_notice import ItemDraft, write_notice
from bihuan.areas.onsite.models import Ask, ImmediateNotice, Loan, Midterm, NoticeItem, Outreach, Visit
from bihuan.areas.onsite.reads.addressed import standing_towards
from bihuan.kernel.refused import Refused
from bihuan.problems.actions.fix_now import fix_now
from bihuan.problems.tests.story import photo

from .story import SECRET, Onsite

TASK = ("task__round__rule_pack", "task__round__plan", "task__org")
GUARD, GAS = "2 号加热炉操作平台护栏缺失", "煤气报警器停用"


def loan(onsite: Onsite, to: str = "asked", item: str = "党委会会议记录") -> Loan:
    (made,) = ask_documents(
        task=onsite.task, items=[item], period="2024年至今", due_on=onsite.day, **onsite.as_("member")
    )
    if to != "asked":
        answer_loan(loan=fresh(made), answer="已备齐", by=onsite.actor("liaison"), at=onsite.at)
    if to == "held":
        receive(onsite, made)
    return fresh(made)


def receive(onsite: Onsite, made: Loan, word: str = "member", form: str = "original") -> Loan:
    return receive_loan(
        loan=fresh(made), provider="武丽娜", form=form, copies=3, place="驻地 2 号柜", **onsite.as_(word)
    )


def ask(onsite: Onsite, kind: str = "data", to: str = "safety_dept", words: str = SECRET) -> Ask:
    return send_ask(
        task=onsite.task, kind=kind, to=onsite.world.unit(to), ask=words, due_on=onsite.day + timedelta(days=3),
        **onsite.as_("member"),
    )  # fmt: skip


def towards(onsite: Onsite, one: Ask, word: str) -> dict:
    """`standing`, `by` and `at` of whom it may have been sent to."""
    actor = onsite.actor(word)
    return {"standing": standing_towards(fresh(one), actor, onsite.day), "by": actor, "at": onsite.at}


def answered(onsite: Onsite, one: Ask, word: str = "department", files=()) -> Ask:
    return answer_ask(ask=fresh(one), answer=f"回复：{SECRET}", files=files, **towards(onsite, one, word))


def notice(onsite: Onsite, to: str = "written") -> ImmediateNotice:
    made = write_notice(
        task=onsite.task, unit=onsite.world.unit("furnace"), due_on=onsite.task.to_day,
        items=[ItemDraft(GUARD, "补装护栏"), ItemDraft(GAS, "恢复使用并检定", hazard=True)], **onsite.as_("member"),
    )  # fmt: skip
    if to in ("issued", "signed"):
        issue_notice(notice=fresh(made), document="晋岭巡立改〔2025〕1 号", **onsite.as_("team_leader"))
    if to == "signed":
        sign_notice(notice=fresh(made), by=onsite.actor("unit_head"), at=onsite.at)
    return fresh(made)


def put_right(onsite: Onsite, item: NoticeItem) -> NoticeItem:
    """By the unit, in the loop, with a picture of after."""
    fix_now(problem=item.problem, files=[photo("护栏")], by=onsite.actor("liaison"), at=onsite.at)
    return item_of(item.pk)


def item_of(pk: int) -> NoticeItem:
    return NoticeItem.objects.select_related("problem", "notice__task__round").get(pk=pk)


def visit(onsite: Onsite, **more) -> Visit:
    said = {"on": onsite.day, "method": "unannounced", "place": "加热炉车间", "seen": SECRET,
            "members": [onsite.world.person("member")], **more}  # fmt: skip
    return log_visit(task=onsite.task, **said, **onsite.as_("member"))


def outreach(onsite: Onsite, **more) -> Outreach:
    said = {"on": onsite.day, "topic": "巡察监督重点", "place": "食堂", "audience": 120,
            "speaker": onsite.world.person("member"), **more}  # fmt: skip
    return hold_outreach(task=onsite.task, **said, **onsite.as_("member"))


def midterm(onsite: Onsite) -> Midterm:
    return write_midterm(task=onsite.task, text=SECRET, **onsite.as_("member"))


def fresh(one):
    """The row as it stands now, with what its verdicts ask."""
    more = ("unit", *TASK) if isinstance(one, ImmediateNotice) else TASK
    return type(one).objects.select_related(*more).get(pk=one.pk)


def refusal(onsite: Onsite, how: Callable[[Onsite], object]) -> str:
    """The reason it refuses with; whatever was made on the way is undone, so that one world serves a whole table."""
    with transaction.atomic():
        with pytest.raises(Refused) as refused:
            how(onsite)
        transaction.set_rollback(True)
    return refused.value.reason


def left(onsite: Onsite) -> None:
    """The team has gone."""
    onsite.left(onsite.task)
