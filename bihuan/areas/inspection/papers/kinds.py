"""Which papers there are now, with who may have each of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from bihuan.areas.inspection import states
from bihuan.areas.inspection.models import Briefing, Member, Round, Task, Team, Term, YearPlan
from bihuan.areas.inspection.querysets import VIEW, sees_ties
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Missing
from bihuan.kernel.verdict import Verdict
from bihuan.paper.form import Form
from bihuan.registry.papers import PaperFacts, PaperKind

from . import before, opening, planning, saying, saying_teams, teams

Find = Callable[[str, Actor], Any]
OFFICE = (states.PLAN, states.DECIDE)


def _one(rows: QuerySet, **key: str) -> Any:
    """The row, or Missing: what one may not see does not exist."""
    if not all(value.isdecimal() for name, value in key.items() if name in ("pk", "year")):
        raise Missing()
    found = rows.filter(**key).first()
    if found is None:
        raise Missing()
    return found


def _term(key: str, by: Actor) -> Term:
    return _one(Term.objects.visible_to(by), pk=key)


def _year(key: str, by: Actor) -> YearPlan:
    return _one(YearPlan.objects.visible_to(by).select_related("term"), year=key)


def _round(key: str, by: Actor) -> Round:
    return _one(Round.objects.visible_to(by).select_related("plan"), code=key)


def _team(key: str, by: Actor) -> Team:
    return _one(Team.objects.visible_to(by).select_related("round"), pk=key)


def task_for(key: str, by: Actor) -> Task:
    seen = Task.objects.visible_to(by)
    return _one(
        seen.select_related(
            "round__plan",
            "org",
            "framework",
            "given__team",
            "notice",
            "announcement",
            "entry_meeting__secretary",
        ),
        pk=key,
    )


def _member(key: str, by: Actor) -> Member:
    seen = Member.objects.visible_to(by).standing()
    return _one(seen.select_related("team", "round", "person__unit"), pk=key)


def _briefing(key: str, by: Actor) -> Briefing:
    seen = Briefing.objects.visible_to(by)
    return _one(seen.select_related("task__round__rule_pack", "task__org", "unit"), pk=key)


def _told(briefing: Briefing, by: Actor) -> Verdict:
    """Whoever sees it may have it, once the department answered."""
    if briefing.answers.exists():
        return Verdict.yes()
    return Verdict.no("部门还没有报", "报来以后再出情况通报单")


def may_office(thing: Any, by: Actor) -> Verdict:
    if any(by.may(code) for code in OFFICE):
        return Verdict.yes()
    return Verdict.not_yours("这份文书由巡察办出", "请巡察办办理")


def _any(thing: Any, by: Actor) -> Verdict:
    return Verdict.yes()


def _own(member: Member, by: Actor) -> Verdict:
    """What somebody declared or signed: their own affair, and that of those who check."""
    if member.person_id == by.person_id or sees_ties(by):
        return Verdict.yes()
    return Verdict.not_yours("只有本人、巡察办和领导小组能看", "请本人在“我的巡察”里办理")


def _kind(
    form: Form, where: str, find: Find, who: Callable[[Any, Actor], Verdict], say: Callable[..., dict],
    *, opens: bool = False, **more: Any,
) -> PaperKind:  # fmt: skip
    """`opens`: what it says is closed, and whoever says it writes down who read it."""

    def may(key: str, by: Actor, at: datetime) -> Verdict:
        return who(find(key, by), by)

    def facts(key: str, by: Actor, at: datetime) -> PaperFacts:
        thing = find(key, by)
        said = say(thing, by, at) if opens else say(thing, at)
        return PaperFacts(said, name=_name(thing), subject=_subject(thing))

    return PaperKind(form, where, may, facts, **more)


def _name(thing: Any) -> str:
    """In the name of the file: a member by round, team and number, never by name."""
    if isinstance(thing, Member):
        return f"{thing.round.code}_{thing.team}_{thing.pk}"
    if isinstance(thing, Team):
        return f"{thing.round.code}_{thing}"
    if isinstance(thing, Briefing):
        return f"{thing.task.round.code}_{thing.task.org.shown}_{thing.unit.shown}"
    return f"{thing.round.code}_{thing.org.shown}" if isinstance(thing, Task) else str(thing)


def _subject(thing: Any) -> str:
    if isinstance(thing, Briefing):
        return str(thing.task.round)
    return str(thing if isinstance(thing, Term | YearPlan | Round) else thing.round)


_PAGE, _TEAM, _GATES, _HOME, _MINE = (
    "轮次页面",
    "轮次页面的巡察组",
    "任务的“进驻前还缺什么”",
    "巡察首页",
    "巡察组、我的巡察",
)

PAPERS = (
    _kind(planning.TERM, _HOME, _term, _any, saying.term_facts, needs=VIEW),
    _kind(planning.YEAR, _HOME, _year, _any, saying.year_facts, needs=VIEW),
    _kind(planning.ROUNDS, _PAGE, _round, _any, saying.round_facts, needs=VIEW),
    _kind(teams.DECISION, _PAGE, _round, may_office, saying_teams.decision_facts, needs=OFFICE),
    _kind(teams.SIGN_IN, _PAGE, _round, may_office, saying_teams.sign_in_facts, needs=OFFICE),
    _kind(teams.AUTHORITY, _TEAM, _team, may_office, saying_teams.authority_facts, needs=OFFICE),
    _kind(teams.RECUSAL, _MINE, _member, _own, saying_teams.recusal_facts, confidential=True),
    _kind(teams.PLEDGE, _MINE, _member, _own, saying_teams.pledge_facts),
    _kind(
        before.BRIEFING,
        "情况通报页面",
        _briefing,
        _told,
        before.briefing_facts,
        opens=True,
        confidential=True,
    ),
    _kind(opening.NOTICE, _GATES, task_for, may_office, saying_teams.notice_facts, needs=OFFICE),
    _kind(before.HOST, _GATES, task_for, may_office, before.host_facts, needs=OFFICE),
    _kind(before.SPEECH, _GATES, task_for, may_office, before.speech_facts, needs=OFFICE),
)
