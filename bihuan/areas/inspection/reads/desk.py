"""What stands on a desk because of inspection: own declarations and pledges, recusals to decide, what a department is
asked and has told, whom to appraise and which appraisal came; plans and rounds are `desk_plan`'s."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from bihuan.areas.inspection import states, words
from bihuan.areas.inspection.models import Appraisal, Briefing, Member, RecusalCase, Secondment
from bihuan.kernel.actor import Actor
from bihuan.registry.lines import DeskLine

from .desk_plan import plan_lines, plan_rows


def _cases(actor: Actor) -> QuerySet[RecusalCase]:
    """Those this person may lift."""
    if not actor.may(states.DECIDE):
        return RecusalCase.objects.none()
    open_rounds = (states.DRAFT, states.APPROVED, states.ONSITE)
    rows = RecusalCase.objects.blocking().filter(member__round__state__in=open_rounds)
    return rows.exclude(person_id=actor.person_id).exclude(member__added_by_id=actor.person_id)


def desk_rows(actor: Actor) -> list[QuerySet]:
    return [Member.objects.owing(actor.person_id), _cases(actor), *plan_rows(actor), *_before(actor)]


def _before(actor: Actor) -> tuple[QuerySet[Briefing], QuerySet[Briefing], QuerySet, QuerySet]:
    """To answer, to read, to appraise, to receive."""
    answered = Briefing.objects.to_read() if actor.may(states.PLAN) else Briefing.objects.none()
    owed = Briefing.objects.asked_of(actor).owed() if _answers(actor) else Briefing.objects.none()
    return (
        owed, answered, Secondment.objects.to_appraise(actor),
        Appraisal.objects.to_receive(actor).exclude(person_id=actor.person_id),
    )  # fmt: skip


def _answers(actor: Actor) -> bool:
    return any(actor.may(code) for code in (states.DEPARTMENT, states.DISCIPLINE, states.PERSONNEL))


def desk_lines(actor: Actor, at: datetime) -> Iterator[DeskLine]:
    """Seven queries at most, besides those of plans and rounds."""
    for member in Member.objects.owing(actor.person_id).select_related("round", "team").order_by("pk"):
        owes = words.owing(member.declared_at is None, member.pledged_at is None)
        text = f"{member.round} {member.team}"
        yield DeskLine(owes, text, reverse("inspection:mine"), member.round.starts_on)
    cases = _cases(actor).select_related("person", "org", "member__team", "member__round").order_by("pk")
    for case in cases if actor.may(states.DECIDE) else ():
        text = words.tie_of(str(case.member.team), str(case.person), case.org.shown, case.reason)
        url = reverse("inspection:recusal-lift", args=[case.pk])
        yield DeskLine(words.LIFT, text, url, case.member.round.starts_on)
    yield from plan_lines(actor)
    yield from _before_lines(actor)


def _before_lines(actor: Actor) -> Iterator[DeskLine]:
    owed, answered, unwritten, sent = _before(actor)
    for one in owed.select_related("task__org", "task__round", "unit").order_by("due_on", "pk"):
        text = words.briefing_of(
            one.task.org.shown, str(one.task.round), returned=one.state == states.RETURNED
        )
        url = reverse("inspection:briefing-answer", args=[one.pk])
        yield DeskLine(words.ANSWER, text, url, one.due_on, one.unit.shown)
    for one in answered.select_related("task__org", "unit").order_by("pk"):
        text = words.told_by(one.unit.shown, one.task.org.shown)
        yield DeskLine(words.READ, text, reverse("inspection:briefing", args=[one.pk]), one.task.from_day)
    for row in unwritten.select_related("person", "round").order_by("pk"):
        text = words.lent_for(str(row.person), str(row.round))
        yield DeskLine(words.APPRAISE, text, reverse("inspection:appraisal-write", args=[row.pk]))
    for row in sent.select_related("secondment__person", "secondment__round").order_by("pk"):
        text = words.lent_for(str(row.secondment.person), str(row.secondment.round))
        yield DeskLine(words.RECEIVE, text, reverse("inspection:appraisal", args=[row.secondment_id]))
