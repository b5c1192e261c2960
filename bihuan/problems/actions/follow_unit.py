"""单位合并: the open problems of a unit that goes follow it into the unit that stays."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import SYSTEM, Actor
from bihuan.org.models import Unit
from bihuan.problems import words
from bihuan.problems.advance import advance
from bihuan.problems.models import Letter, Problem

from .end_letters import end_letters
from .index_words import index_words


@transaction.atomic
def follow_unit(*, from_unit_id: int, to_unit_id: int, by: Actor, at: datetime) -> int:
    """Move every open problem of the one unit to the other. Returns how many; closed ones keep their unit.

    Whether units may merge was decided in `org`; here the system follows, and the event names who decided.
    """
    heir = Unit.objects.get(pk=to_unit_id)
    moving = Problem.objects.open().filter(unit_id=from_unit_id).select_related("unit", "lead", "rule_pack")
    for problem in moving.order_by("id"):
        advance(
            "reown", problem, by=SYSTEM, at=at, changes={"unit_id": heir.pk},
            data={
                "from_unit": from_unit_id, "to_unit": heir.pk, "decided_by": by.person_id,
                "text": words.UNIT_MERGED,
            },
        )  # fmt: skip
        problem.unit = heir
        end_letters(problem=problem, why=Letter.Ended.UNIT, by=SYSTEM, at=at)
        index_words(problem=problem)
    return len(moving)
