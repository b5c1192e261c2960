"""Take in people from a sheet, with their place in the party; roles are granted from it by another office."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.org.policies import Row, insist_none_wrong, judge_people

from .add_person import NewPerson, add_people
from .join_party_org import join_party_org


@transaction.atomic
def import_people(*, rows: Sequence[Row], on: date, by: Actor, at: datetime) -> int:
    """All rows or none. Raises Refused while any row is wrong. Returns how many people are new."""
    verdicts, fields = judge_people(rows)
    insist_none_wrong(verdicts)
    places = [(one.pop("party"), one.pop("duty")) for one in fields]
    made = add_people(people=[NewPerson(**one) for one in fields], on=on, by=by, at=at) if fields else []
    for person, (party, duty) in zip(made, places, strict=True):
        if party is not None:
            join_party_org(person=person, org=party, duty=duty, on=on, by=by, at=at)
    return len(made)
