"""Which papers a stay on site has, with who may have each of them: whoever may read the thing, and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bihuan.areas.inspection.papers.kinds import OFFICE, may_office, task_for
from bihuan.areas.inspection.papers.opening import ANNOUNCEMENT
from bihuan.areas.onsite.models import Clue, Complaint, Draft, Interviewee, Midterm, Talk
from bihuan.kernel.actor import Actor
from bihuan.kernel.verdict import Verdict
from bihuan.paper.form import Form
from bihuan.registry.papers import PaperFacts, PaperKind

from . import clues, daily, finding, saying, saying_daily, talks
from .finding import Find, Seen

Say = Callable[[Seen, Actor, datetime], dict[str, Any]]


def _kind(form: Form, where: str, find: Find, say: Say, **more: Any) -> PaperKind:
    def may(key: str, by: Actor, at: datetime) -> Verdict:
        return find(key, by, at).may

    def facts(key: str, by: Actor, at: datetime) -> PaperFacts:
        seen = find(key, by, at)
        return PaperFacts(say(seen, by, at), name=_name(seen), subject=str(seen.task.round))

    return PaperKind(form, where, may, facts, **more)


def _name(seen: Seen) -> str:
    """Round, organisation and number: never who was talked to, or what it is about."""
    of = f"{seen.task.round.code}_{seen.task.org.shown}"
    if isinstance(seen.thing, Interviewee):
        return f"{of}_{seen.thing.pk}"
    return of if seen.thing is seen.task else f"{of}_{seen.thing}"


def _transferred(key: str, by: Actor, at: datetime) -> Seen:
    seen = finding.closed_thing(Clue)(key, by, at)
    if seen.may and not seen.thing.document:
        not_yet = Verdict.no("线索还没有移交", "线索专管员移交以后再出移交函")
        return Seen(seen.thing, seen.task, seen.standing, not_yet)
    return seen


def _announcement() -> PaperKind:
    """Offered by the room before this one; the code on it leads here."""

    def may(key: str, by: Actor, at: datetime) -> Verdict:
        return may_office(task_for(key, by), by)

    def facts(key: str, by: Actor, at: datetime) -> PaperFacts:
        task = task_for(key, by)
        said = saying_daily.announcement_with_code(task, at)
        return PaperFacts(said, name=f"{task.round.code}_{task.org.shown}", subject=str(task.round))

    return PaperKind(ANNOUNCEMENT, "任务的“进驻前还缺什么”、受理二维码", may, facts, needs=OFFICE)


_closed = finding.closed_thing
PAPERS = (
    _announcement(),
    _kind(
        talks.TALK_OUTLINE,
        "谈话列表、谈话页面",
        finding.to_talk_to,
        saying.outline_facts,
        confidential=True,
    ),
    _kind(talks.TALK, "谈话页面", _closed(Talk), saying.talk_facts, confidential=True),
    _kind(talks.COMPLAINT, "信访页面", _closed(Complaint), saying.complaint_facts, confidential=True),
    _kind(daily.DRAFT, "底稿页面", _closed(Draft), saying.draft_facts, confidential=True),
    _kind(daily.MIDTERM, "中期汇报页面", _closed(Midterm), saying.midterm_facts, confidential=True),
    _kind(clues.CLUES, "线索列表", finding.of_the_clues, saying.clues_facts, confidential=True),
    _kind(clues.HAND_OVER, "线索页面", _transferred, saying.hand_over_facts, confidential=True),
    _kind(daily.REQUESTS, "调阅资料、给我单位的", finding.of_the_list, saying_daily.requests_facts),
    _kind(daily.LOANS, "调阅资料", finding.of_the_ledgers, saying_daily.loans_facts),
    _kind(
        daily.IMMEDIATE,
        "立行立改通知书、给我单位的",
        finding.notice,
        saying_daily.immediate_facts,
    ),
)
