"""Clues that were handed to a body, for who handles them there: what the table (`access.TABLE`) says one by one, asked
of all tasks at once."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from bihuan.areas.onsite.access import Data
from bihuan.areas.onsite.models import Clue, Handed
from bihuan.kernel.actor import Actor
from bihuan.org.models import PartyLink

from .standing import BODY_GRANTS


def clues_to(actor: Actor) -> QuerySet[Clue]:
    """Before a body has received one, whoever speaks for it; afterwards its handler alone. Nobody of the organisation it
    comes from."""
    bodies = [body for body, permission in BODY_GRANTS if actor.may(permission)]
    if not bodies or not actor.is_person:
        return Clue.objects.none()
    handed = Handed.objects.filter(kind=Data.CLUE, thing=OuterRef("key"), body__in=bodies)
    mine = Q(handler_id=None) | Q(handler_id=actor.person_id)
    own = PartyLink.objects.filter(party_org=OuterRef("task__org"), unit__in=actor.home_ids)
    return Clue.objects.filter(mine, Exists(handed)).exclude(Exists(own))
