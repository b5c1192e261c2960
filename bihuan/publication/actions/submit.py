"""Send a draft to be looked at."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.org.reads import people_who
from bihuan.publication import states
from bihuan.publication.advance import advance
from bihuan.publication.models import Publication
from bihuan.publication.policies import text_verdict


@transaction.atomic
def submit(*, publication: Publication, by: Actor, at: datetime) -> Publication:
    """To the first look of its chain. Refused when one of its looks has nobody who could take it."""
    may = text_verdict("submit", publication, by)
    if may:
        _somebody_looks(publication, at)
    target = states.after(states.DRAFT, publication.chain)
    values = {"returned_at": None, "returned_by_id": None, "why_returned": ""}
    advance("submit", publication, may, by=by, at=at, target=target, changes=values)
    return publication


def _somebody_looks(publication: Publication, at: datetime) -> None:
    hands = {publication.made_by_id, publication.drafted_by_id}
    for letter, state in states.LOOKS:
        _, permission = states.LOOK_STEPS[state]
        if letter not in publication.chain:
            continue
        able = people_who(permission, publication.unit.path or "", day=local_day(at))
        if not any(person.pk not in hands for person in able):
            label = dict(states.LOOK_LABELS)[letter]
            raise Refused(f"“{label}”这一关没有人能看", "请安全管理员授权，或换一个人起草")
