"""A body of supervision signs for a clue and names who deals with it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.onsite import states
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.advance import advance
from bihuan.areas.onsite.models import Clue
from bihuan.areas.onsite.policies import clue_verdict
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.org.models import Person
from bihuan.org.reads import actor_for

#: what an officer of each body may
PERMISSIONS = {"discipline": states.DISCIPLINE, "personnel": states.PERSONNEL}


@transaction.atomic
def receive_clue(*, clue: Clue, handler: Person, standing: Standing, by: Actor, at: datetime) -> Clue:
    """From now on nobody of the body reads it but the handler."""
    may = clue_verdict("receive", clue, standing)
    if may and not actor_for(handler, at=at).may(PERMISSIONS[clue.body]):
        raise Refused(f"{handler}不在承办机构里", "选本机构的承办人", field="handler")
    changes = {"handler_id": handler.pk, "received_by_id": by.person_id, "received_at": at}
    data = {"handler": handler.pk, "on": local_day(at).isoformat()}
    advance(states.CLUE["receive"], clue, may, by=by, at=at, changes=changes, data=data)
    return clue
