"""What a department was asked by the office and by teams, which clues it handles, which plans it reviews. Each room says
what is addressed to this person (`asked_of`, `asks_to`, `clues_to`, `reviews_of`); here it is one department's share."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Case, F, Q, QuerySet, When
from django.urls import reverse

from bihuan.areas.inspection import states as inspection
from bihuan.areas.inspection.models import Briefing
from bihuan.areas.joint import states, words
from bihuan.areas.onsite import states as onsite
from bihuan.areas.onsite.models import Ask, Clue
from bihuan.areas.onsite.reads.addressed import asks_to
from bihuan.areas.onsite.reads.handed import clues_to
from bihuan.areas.outcome.models import PlanReview
from bihuan.areas.outcome.reads.reviewing import reviews_of
from bihuan.kernel.actor import Actor
from bihuan.kernel.clock import Clock, read_clock
from bihuan.kernel.moment import local_day
from bihuan.org.models import Unit

from .section import MOST, Line, Section, section_of

_BY_RIGHT = (("discipline", states.DISCIPLINE), ("personnel", states.PERSONNEL))


def bodies_of(actor: Actor, unit: Unit) -> set[str]:
    """As which body of the table this person stands for the unit they work in: never another's."""
    return {code for code, right in _BY_RIGHT if unit.pk == actor.unit_id and actor.may(right)}


def _owed_first(rows: QuerySet, owed: Q) -> QuerySet:
    """What waits for the department, soonest first; then the newest."""
    waits = Case(When(owed, then=F("due_on")))
    return rows.order_by(waits.asc(nulls_last=True), "-due_on", "-pk")


def _clock(due: date | None, day: date, *, runs: bool) -> Clock | None:
    return read_clock(due, day) if runs and due else None


def _look(label: str, stage: str) -> tuple[str, str, str]:
    return (label, *words.STAGES[stage])


def briefings(actor: Actor, unit: Unit, at: datetime) -> Section:
    """巡前情况通报 asked of it; two queries."""
    rows = Briefing.objects.asked_of(actor).filter(unit=unit).select_related("task__org", "task__round")
    lines = tuple(
        _briefing(row, local_day(at)) for row in _owed_first(rows, Q(state__in=inspection.OWED))[:MOST]
    )
    return section_of("briefings", lines, rows.count(), reverse("inspection:briefings"))


def _briefing(row: Briefing, day: date) -> Line:
    owes = row.state in inspection.OWED
    runs = owes and row.task.round.state in inspection.ALIVE
    page = "inspection:briefing-answer" if runs else "inspection:briefing"
    stage = "done" if not owes else "owed" if runs else "off"
    return Line(
        words.briefing_of(row.task.org.shown),
        words.briefing_on(str(row.task.round), len(row.items)),
        reverse(page, args=[row.pk]),
        _look(row.get_state_display(), stage),
        _clock(row.due_on, day, runs=runs),
    )


def asks(actor: Actor, unit: Unit, at: datetime) -> Section:
    """提请协助 and 巡中促 of teams: their numbers, as everywhere outside the team; two queries."""
    rows = asks_to(actor).filter(to=unit)
    lines = tuple(_ask(row, local_day(at)) for row in _owed_first(rows, Q(state=onsite.ASKED))[:MOST])
    return section_of("asks", lines, rows.count(), reverse("onsite:inbox") if lines else "")


def _ask(row: Ask, day: date) -> Line:
    stage = {onsite.ASKED: "owed", onsite.ANSWERED: "going"}.get(row.state, "done")
    return Line(
        words.ask_of(str(row)),
        words.ask_on(row.get_kind_display(), local_day(row.asked_at), row.sent_back),
        reverse("onsite:inbox-ask", args=[row.pk]),
        _look(row.get_state_display(), stage),
        _clock(row.due_on, day, runs=row.state == onsite.ASKED),
    )


def clues(actor: Actor, unit: Unit, at: datetime) -> Section | None:
    """Clues that were handed to it, for who handles them: number, state, clock. A department that is no body of the
    table has no such section; two queries."""
    bodies = bodies_of(actor, unit)
    if not bodies:
        return None
    rows = clues_to(actor).filter(body__in=bodies)
    owed = Q(state__in=onsite.WITH_BODY)
    lines = tuple(_clue(row, local_day(at)) for row in _owed_first(rows, owed).defer("sealed")[:MOST])
    return section_of("clues", lines, rows.count())


def _clue(row: Clue, day: date) -> Line:
    with_body = row.state in onsite.WITH_BODY
    return Line(
        str(row),
        words.clue_on(row.document),
        reverse("onsite:clue", args=[row.pk]),
        _look(row.get_state_display(), "owed" if with_body else "done"),
        _clock(row.due_on, day, runs=with_body),
    )


def plan_reviews(actor: Actor, unit: Unit, at: datetime) -> Section:
    """Plans of rectification it was asked to review, an edition a line; two queries."""
    rows = _reviews(actor, unit, bodies_of(actor, unit))
    shown = rows.select_related("edition__plan__feedback__task__org", "edition__plan__feedback__task__round")
    lines = tuple(_review(row, local_day(at)) for row in shown.order_by("verdict", "-pk")[:MOST])
    return section_of("reviews", lines, rows.count())


def _reviews(actor: Actor, unit: Unit, bodies: Collection[str]) -> QuerySet[PlanReview]:
    return reviews_of(actor).filter(Q(unit=unit) | Q(body__in=bodies))


def _review(row: PlanReview, day: date) -> Line:
    feedback, since = row.edition.plan.feedback, local_day(row.edition.pledged_at)
    page, pk = ("plan-review", row.pk) if row.is_open else ("rectification", feedback.pk)
    waited = (day - since).days if row.is_open else 0
    return Line(
        words.plan_of(feedback.task.org.shown),
        words.plan_on(str(feedback.task.round), str(row.edition), since, waited),
        reverse(f"outcome:{page}", args=[pk]),
        _review_look(row),
    )


def _review_look(row: PlanReview) -> tuple[str, str, str]:
    if row.verdict:
        return _look(row.get_verdict_display(), "done")
    return _look(words.REVIEW_WAITS, "owed") if row.is_open else _look(words.REVIEW_MISSED, "off")
