"""How far the problems of a feedback are. Done is what was verified and closed; what the unit says is not enough."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from bihuan.areas.outcome.models import FeedbackItem
from bihuan.problems import states as loop
from bihuan.problems.models import Problem


@dataclass(frozen=True, slots=True)
class Figures:
    """`done` closed by somebody who verified it; `basically` says of itself that it goes on; `said` says done and nobody
    has verified it yet, so it is not."""

    total: int
    done: int
    basically: int
    said: int
    late: int = 0

    @property
    def rest(self) -> int:
        return self.total - self.done - self.basically

    @property
    def percent(self) -> str:
        """Of the done ones alone: basically done is not done."""
        return f"{100 * self.done / self.total:.2f}%" if self.total else "—"


_DONE = Q(closure__in=loop.DONE_WITH, closed_by__isnull=False)


def figures_of(feedbacks: Iterable[int], day=None) -> Figures:
    """One query over the problems of these feedbacks, without void ones."""
    items = FeedbackItem.objects.filter(feedback__in=list(feedbacks), problem__isnull=False)
    late = Q(is_open=True, due_on__lt=day) & ~Q(timing="long_term") if day else Q(pk__in=())
    found = (
        Problem.objects.live()
        .filter(pk__in=items.values("problem"))
        .aggregate(
            total=Count("pk"),
            done=Count("pk", filter=_DONE),
            basically=Count("pk", filter=Q(progress="basically_done") & ~_DONE),
            said=Count("pk", filter=Q(progress="done") & ~_DONE),
            late=Count("pk", filter=late),
        )
    )
    return Figures(**found)
