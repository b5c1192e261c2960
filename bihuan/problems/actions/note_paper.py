"""生成材料: that a paper was made of a problem is written down, apart from its thread."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.problems.models import Problem
from bihuan.record.actions.append import append


@transaction.atomic
def note_paper(*, problem: Problem, kind: str, by: Actor, at: datetime) -> None:
    append(
        stream=f"papers:{problem.pk}", kind="paper.made", by=by, at=at, unit_id=problem.unit_id,
        subject=problem.number, data={"kind": kind},
    )  # fmt: skip
