"""Pairs that look alike and wait for a person's word, as one reader may see them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import F, QuerySet

from bihuan.kernel.actor import Actor
from bihuan.kernel.likeness import Share
from bihuan.org.models import Unit
from bihuan.problems.models import Likeness, Problem
from bihuan.record.models import Job

from .find import SHOWN, Draft, Found, compared, word_share

#: who says whether a problem is a repeat: whoever hands problems of the unit out, or looks back at them
JUDGES = ("problem.recheck", "problem.assign")
PER_PAGE = 20
#: the job that looks for repeats among what an import brought
LOOK = "problems.likes"


@dataclass(frozen=True, slots=True)
class Pair:
    """A problem and what looks like it, the nearest first, three at most."""

    problem: Problem
    likes: list[Found]


def waiting_for(problem: Problem, actor: Actor) -> list[Found]:
    """What still looks like this problem and waits for an answer. One query where there is nothing."""
    if problem.repeat_of_id is not None:
        return []
    ids = list(
        Likeness.objects.filter(problem=problem, verdict="")
        .order_by("-percent")
        .values_list("like_id", flat=True)
    )
    return _explained(problem, _seen(ids, actor), ids, word_share()) if ids else []


def _seen(ids: list[int], actor: Actor) -> dict[int, Problem]:
    """By id, without what this reader may not see and what was voided meanwhile."""
    return Problem.objects.visible_to(actor).live().select_related("unit").in_bulk(ids)


def _explained(problem: Problem, seen: dict[int, Problem], ids: list[int], share: Share) -> list[Found]:
    draft = Draft.of(problem)
    found = [compared(draft, seen[pk], share) for pk in ids if pk in seen]
    found.sort(key=lambda one: one.rank, reverse=True)
    return found[:SHOWN]


def _to_judge(actor: Actor) -> QuerySet[Problem]:
    reaches = tuple(reach for code in JUDGES for reach in actor.reaches_for(code))
    within = Problem.objects.visible_to(actor).live().filter(repeat_of=None)
    return within if actor.is_system else within.filter(unit__in=Unit.objects.in_reach(reaches).values("pk"))


def _waiting(actor: Actor, first: int | None, last: int | None) -> QuerySet[Likeness]:
    """Pairs this actor may judge, of problems with ids from `first` to `last`."""
    seen = Problem.objects.visible_to(actor).live().values("pk")
    pairs = Likeness.objects.filter(verdict="", problem__in=_to_judge(actor).values("pk"), like__in=seen)
    pairs = pairs if first is None else pairs.filter(problem__gte=first)
    return pairs if last is None else pairs.filter(problem__lte=last)


def waiting_within(actor: Actor, first: int, last: int) -> int:
    """How many problems of this span of ids look like repeats: what an import brought."""
    return _waiting(actor, first, last).values("problem").distinct().count()


def still_looking(last: int) -> bool:
    """True while the worker has not compared all of the import that ends with this id."""
    under_way = (Job.State.WAITING, Job.State.RUNNING)
    return Job.objects.filter(kind=LOOK, state__in=under_way, payload__last=last).exists()


def waiting_list(
    actor: Actor, *, first: int | None = None, last: int | None = None, before: int | None = None
) -> tuple[list[Pair], int | None]:
    """A page of problems with what they look like, the newest first, and where the next page begins."""
    pairs = _waiting(actor, first, last)
    pairs = pairs if before is None else pairs.filter(problem__lt=before)
    wanted = list(pairs.order_by("-problem").values_list("problem", flat=True).distinct()[: PER_PAGE + 1])
    shown = wanted[:PER_PAGE]
    of: dict[int, list[int]] = defaultdict(list)
    for problem, like in pairs.filter(problem__in=shown).order_by("-percent").values_list("problem", "like"):
        of[problem].append(like)
    problems = Problem.objects.for_page().in_bulk(shown)
    seen = _seen([like for likes in of.values() for like in likes], actor)
    share = word_share()
    rows = [Pair(problems[pk], _explained(problems[pk], seen, of[pk], share)) for pk in shown]
    return rows, shown[-1] if len(wanted) > PER_PAGE else None


def later_repeats(problem: Problem, actor: Actor) -> list[Problem]:
    """Those confirmed as repeats of this one that the actor may see, newest first."""
    seen = Problem.objects.visible_to(actor).live().filter(repeat_of=problem)
    lean = seen.select_related("unit").only(
        "number", "statement", "secrecy", "found_on", "unit__name", "unit__short_name"
    )
    return list(lean.order_by(F("found_on").desc(nulls_last=True), "-id"))
