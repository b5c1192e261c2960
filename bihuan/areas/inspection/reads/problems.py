"""The problems of a round, and those that could be taken into it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from bihuan.areas.inspection.models import Finding, Round, Task
from bihuan.kernel.actor import Actor
from bihuan.org.models import PartyLink, Unit
from bihuan.problems.models import Problem


@dataclass(frozen=True, slots=True)
class Counts:
    """How far the problems of a round are. Basically done is not done."""

    total: int
    done: int
    basically: int

    @property
    def rest(self) -> int:
        return self.total - self.done - self.basically

    @property
    def percent(self) -> str:
        return f"{100 * self.done / self.total:.2f}%" if self.total else "—"


def problems_of_round(code: str) -> QuerySet[Finding]:
    """Ids of the problems that the round with this code found: for `pk__in`."""
    return Finding.objects.filter(task__round__code=code).values("problem_id")


def counts_of(round: Round, actor: Actor) -> Counts:
    """One query, over what this reader may see."""
    seen = Problem.objects.visible_to(actor).live().filter(pk__in=problems_of_round(round.code))
    said = seen.aggregate(
        total=Count("pk"),
        done=Count("pk", filter=Q(progress="done")),
        basically=Count("pk", filter=Q(progress="basically_done")),
    )
    return Counts(**said)


def adoptable(task: Task, actor: Actor) -> QuerySet[Problem]:
    """Problems of the units this organisation covers that no round has, found while the team was there."""
    paths = PartyLink.objects.filter(party_org=task.org_id).values_list("unit__path", flat=True)
    below = Unit.objects.none()
    for path in paths:
        below = below | Unit.objects.under(path or "")
    found = Problem.objects.visible_to(actor).live().filter(unit__in=below.values("pk"))
    if task.entered_on is not None:
        found = found.found_between(task.entered_on, task.left_on)
    return found.exclude(pk__in=Finding.objects.values("problem_id"))
