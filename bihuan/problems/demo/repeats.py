"""Some of what looks like a repeat is decided by the inspection office; the rest waits on the desk."""

from __future__ import annotations

from datetime import datetime, timedelta

from bihuan.org.demo.group import Group
from bihuan.problems.actions.confirm_repeat import confirm_repeat
from bihuan.problems.actions.refuse_repeat import refuse_repeat
from bihuan.problems.likeness import waiting_for
from bihuan.problems.models import Likeness, Problem
from bihuan.problems.policies import verdict

_CONFIRMED, _REFUSED = 6, 2


def repeats(group: Group, at: datetime) -> None:
    """Yesterday afternoon's round: the nearest pairs confirmed, two said to be none."""
    by, when = group.actor(group.person("高文静")), at - timedelta(hours=18)
    nearest = Likeness.objects.filter(verdict="", problem__raised_at__lt=when).order_by(
        "-percent", "problem_id"
    )
    ids = list(dict.fromkeys(nearest.values_list("problem_id", flat=True)))
    confirmed = refused = 0
    for problem in (Problem.objects.select_related("unit", "rule_pack").get(pk=pk) for pk in ids):
        found = waiting_for(problem, by)
        if not found or not verdict("refuse_repeat", problem, by=by, at=when):
            continue
        told = {"problem": problem, "like": found[0].problem, "by": by, "at": when}
        if confirmed < _CONFIRMED and not found[0].problem.is_open:
            confirm_repeat(kind=found[0].likely, **told)
            confirmed += 1
        elif refused < _REFUSED and confirmed == _CONFIRMED:
            refuse_repeat(text="不是同一处，原因也不同", **told)
            refused += 1
        if refused == _REFUSED:
            return
