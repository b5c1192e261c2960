"""Say many things to many people: each once, ordinary ones gathered, urgent ones at once but few."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import SYSTEM, Actor
from bihuan.kernel.moment import local_day
from bihuan.notify.models import Line, Message, Notice
from bihuan.org.models import Person

from .tell_urgently import tell_urgently

_BATCH = 500


@transaction.atomic
def tell_all(*, notices: Iterable[Notice], at: datetime, by: Actor = SYSTEM) -> int:
    """Returns how many lines were new. Nobody is told what they did themselves, nor after they left.

    An ordinary line joins the one digest of the person's day; constraints decide between two that say the
    same at the same moment, and the loser is simply not said.
    """
    fresh = _not_yet_said(notices, at, by)
    _into_digests([notice for notice in fresh if not notice.urgent], at)
    for notice in fresh:
        if notice.urgent:
            tell_urgently(notice=notice, at=at)
    return len(fresh)


def _not_yet_said(notices: Iterable[Notice], at: datetime, by: Actor) -> list[Notice]:
    once = {(n.person_id, n.key): n for n in reversed(list(notices)) if n.person_id != by.person_id}
    people, keys = {person for person, _ in once}, {key for _, key in once}
    if not once:
        return []
    here = set(Person.objects.here_on(local_day(at)).filter(pk__in=people).values_list("pk", flat=True))
    said = set(Line.objects.filter(person_id__in=people, key__in=keys).values_list("person_id", "key"))
    return [n for pair, n in reversed(once.items()) if pair not in said and n.person_id in here]


def _into_digests(notices: list[Notice], at: datetime) -> None:
    if not notices:
        return
    day, kind = local_day(at), Message.Kind.DIGEST
    people = {notice.person_id for notice in notices}
    today = Message.objects.filter(person_id__in=people, day=day, kind=kind)
    missing = people - set(today.values_list("person_id", flat=True))
    Message.objects.bulk_create(
        [Message(person_id=person, day=day, kind=kind, opened_on=at) for person in sorted(missing)],
        ignore_conflicts=True,
        batch_size=_BATCH,
    )
    message_of = dict(today.values_list("person_id", "pk"))
    Line.objects.bulk_create(
        [notice.line_in(message_of[notice.person_id], at) for notice in notices],
        ignore_conflicts=True,
        batch_size=_BATCH,
    )
