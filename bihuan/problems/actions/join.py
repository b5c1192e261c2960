"""Write down on which side a person stands in this round."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from bihuan.kernel.refused import Refused
from bihuan.problems.models import Part, Problem


def join(*, problem: Problem, person_id: int | None, side: str) -> None:
    """Put the person on one side of the problem's present round. Raises Refused if they stand on the other.

    The unique constraint decides between two people who act at the same moment; the savepoint keeps the
    outer transaction usable on PostgreSQL.
    """
    if person_id is None:
        return
    kept = Part.objects.filter(problem=problem, round=problem.round, person_id=person_id).first()
    if kept is None:
        try:
            with transaction.atomic():
                Part.objects.create(problem=problem, round=problem.round, person_id=person_id, side=side)
            return
        except IntegrityError:
            kept = Part.objects.get(problem=problem, round=problem.round, person_id=person_id)
    if kept.side != side:
        raise Refused("同一轮里，整改和核验不能是同一个人", "请另一人办理")
