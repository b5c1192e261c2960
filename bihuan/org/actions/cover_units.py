"""Say which units a party organisation covers from a day on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.org.models import PartyLink, PartyOrg, Unit
from bihuan.org.policies import insist, may_manage_org
from bihuan.record.actions.append import append


@transaction.atomic
def cover_units(*, org: PartyOrg, units: Sequence[Unit], on: date, by: Actor, at: datetime) -> None:
    """The links left out end on that day, new ones begin."""
    insist(may_manage_org(by))
    wanted = {unit.pk for unit in units}
    standing = PartyLink.objects.filter(party_org=org)
    had = set(standing.filter(to_day=None).values_list("unit_id", flat=True))
    standing.filter(unit_id__in=had - wanted).update(to_day=on)
    # A unit covered once before takes its link up again: the pair is unique, its first day stays.
    standing.filter(unit_id__in=wanted - had).update(to_day=None)
    known = set(standing.values_list("unit_id", flat=True))
    PartyLink.objects.bulk_create(
        PartyLink(party_org=org, unit_id=unit, from_day=on) for unit in sorted(wanted - known)
    )
    if had != wanted:
        append(
            stream=f"party:{org.pk}",
            kind="party.covered",
            by=by,
            at=at,
            data={"old": sorted(had), "new": sorted(wanted), "on": on.isoformat()},
        )
