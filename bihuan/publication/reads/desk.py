"""What stands on a desk because of publication: looks to take, things to make public, opinions to answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from bihuan.kernel.actor import Actor
from bihuan.publication import states, words
from bihuan.publication.models import Opinion, Publication
from bihuan.publication.querysets import within
from bihuan.registry.lines import DeskLine

_VERBS = {states.HEAD: words.CHECK, states.OFFICE: words.REVIEW, states.LEAD: words.APPROVE}


def _looks(actor: Actor) -> QuerySet[Publication]:
    """Those that wait for a look this person may take."""
    rows = Publication.objects.none()
    for state, (_, permission) in states.LOOK_STEPS.items():
        if actor.may(permission):
            rows = rows | Publication.objects.filter(within(actor, permission), state=state)
    return rows.not_mine(actor) if actor.person_id else rows


def _own(actor: Actor) -> QuerySet[Publication]:
    """What this person drafted, and was returned or may now be made public."""
    waiting = Publication.objects.filter(drafted_by_id=actor.person_id or 0)
    returned = waiting.filter(state=states.DRAFT, returned_at__isnull=False)
    return returned | waiting.filter(state=states.APPROVED)


def _opinions(actor: Actor) -> QuerySet[Opinion]:
    if not (actor.may(states.MAY_DRAFT) or actor.may(states.MAY_CHECK)):
        return Opinion.objects.none()
    return Opinion.objects.to_answer_by(actor)


def desk_rows(actor: Actor) -> list[QuerySet]:
    return [_looks(actor), _own(actor), _opinions(actor)] if actor.is_person else []


def desk_lines(actor: Actor, at: datetime) -> Iterator[DeskLine]:
    """Three queries at most."""
    for one in _looks(actor).select_related("unit").order_by("pk"):
        yield _line(_VERBS[one.state], one)
    for one in _own(actor).select_related("unit").order_by("pk"):
        yield _line(words.PUBLISH if one.state == states.APPROVED else words.REDRAFT, one)
    opinions = _opinions(actor).select_related("publication__unit").order_by("due_on", "pk")
    for opinion in opinions:
        verb = words.DECIDE if opinion.kind == "objection" else words.ANSWER
        text = words.opinion_on(opinion.kind, opinion.publication.title)
        url = reverse("publication:opinion", args=[opinion.pk])
        yield DeskLine(verb, text, url, opinion.due_on, opinion.publication.unit.shown)


def _line(verb: str, one: Publication) -> DeskLine:
    return DeskLine(verb, one.title, one.get_absolute_url(), None, one.unit.shown)
