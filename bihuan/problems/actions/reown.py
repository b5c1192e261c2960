"""换责任人: people leave and move; the work does not. The old owner stays in the thread."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Invalid
from bihuan.org.models import Person
from bihuan.problems.advance import advance
from bihuan.problems.models import Letter, Measure, Part, Problem

from .end_letters import end_letters
from .index_words import index_words
from .join import join


@transaction.atomic
def reown(
    *,
    problem: Problem,
    lead: Person,
    reason: str,
    by: Actor,
    at: datetime,
    occurred_at: datetime | None = None,
) -> Problem:
    """Give the problem, and the measures its old owner had in it, to another person."""
    if not reason.strip():
        raise Invalid("没有写换人的原因", "写清为什么换", field="reason")
    if lead.left_on and lead.left_on <= local_day(at):
        raise Invalid(f"{lead.name}已经离开，不能作责任人", "选一名在岗的人", field="lead")
    old = problem.lead_id
    advance(
        "reown",
        problem,
        by=by,
        at=at,
        occurred_at=occurred_at,
        changes={"lead_id": lead.pk},
        data={"old": old, "new": lead.pk, "text": reason.strip()},
    )
    if old is not None:
        _stays_of_the_team(problem, old)
        Measure.objects.filter(problem=problem, owner_id=old).exclude(progress="done").update(owner=lead)
    join(problem=problem, person_id=lead.pk, side="rectify")
    end_letters(problem=problem, why=Letter.Ended.OWNER, by=by, at=at)
    index_words(problem=problem)
    return problem


def _stays_of_the_team(problem: Problem, old: int) -> None:
    """Whoever was in charge never becomes the second pair of eyes, also if they left no other trace."""
    if not Part.objects.filter(problem=problem, round=problem.round, person_id=old).exists():
        join(problem=problem, person_id=old, side="rectify")
