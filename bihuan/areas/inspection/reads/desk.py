"""What stands on a desk because of inspection: own declarations and pledges, and recusals to decide."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from bihuan.areas.inspection import states, words
from bihuan.areas.inspection.models import Member, RecusalCase
from bihuan.kernel.actor import Actor
from bihuan.registry.contract import DeskLine


def _cases(actor: Actor) -> QuerySet[RecusalCase]:
    """Those this person may lift."""
    if not actor.may(states.DECIDE):
        return RecusalCase.objects.none()
    open_rounds = (states.DRAFT, states.APPROVED, states.ONSITE)
    rows = RecusalCase.objects.blocking().filter(member__round__state__in=open_rounds)
    return rows.exclude(person_id=actor.person_id).exclude(member__added_by_id=actor.person_id)


def desk_rows(actor: Actor) -> list[QuerySet]:
    return [Member.objects.owing(actor.person_id), _cases(actor)]


def desk_lines(actor: Actor, at: datetime) -> Iterator[DeskLine]:
    """Three queries at most."""
    for member in Member.objects.owing(actor.person_id).select_related("round", "team").order_by("pk"):
        owes = words.owing(member.declared_at is None, member.pledged_at is None)
        text = f"{member.round} {member.team}"
        yield DeskLine(owes, text, reverse("inspection:mine"), member.round.starts_on)
    cases = _cases(actor).select_related("person", "org", "member__team", "member__round").order_by("pk")
    for case in cases if actor.may(states.DECIDE) else ():
        text = words.tie_of(str(case.member.team), str(case.person), case.org.shown, case.reason)
        url = reverse("inspection:recusal-lift", args=[case.pk])
        yield DeskLine(words.LIFT, text, url, case.member.round.starts_on)
