"""What a person still answers for in the loop: asked when they move or leave, so that nothing is orphaned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import Resolver404, resolve, reverse

from bihuan.kernel.actor import Actor
from bihuan.problems import words
from bihuan.problems.models import Lookback, Measure, Problem
from bihuan.registry.lines import WorkLine

#: keys are `p<problem id>` for a problem in charge, `m<measure id>` for a measure in somebody else's, `k<id>`
#: for a look-back that was given to the person
PROBLEM, MEASURE, LOOKBACK = "p", "m", "k"


def open_work(person_id: int, at: datetime) -> Iterator[WorkLine]:
    """Open problems the person is in charge of, then unfinished measures they own in others. Three queries."""
    for problem in Problem.objects.open().filter(lead_id=person_id).order_by("due_on", "id"):
        yield _line(problem)
    measures = (
        Measure.objects.filter(owner_id=person_id, problem__is_open=True)
        .exclude(progress="done")
        .exclude(problem__lead_id=person_id)
        .select_related("problem")
    )
    for measure in measures.order_by("due_on", "id"):
        problem = measure.problem
        yield WorkLine(
            f"{MEASURE}{measure.pk}",
            words.measure_of(problem.number, measure.order),
            _url(problem),
            measure.due_on,
            problem.unit_id,
            words.excerpt(measure.text, problem.secrecy)[:60],
        )
    looks = Lookback.objects.filter(assignee_id=person_id, is_open=True).select_related("problem")
    for look in looks.order_by("due_on", "id"):
        label = words.lookback_of(look.problem.number)
        yield WorkLine(f"{LOOKBACK}{look.pk}", label, _url(look.problem), look.due_on, look.problem.unit_id)


def _line(problem: Problem) -> WorkLine:
    said = words.excerpt(problem.statement, problem.secrecy)
    return WorkLine(
        f"{PROBLEM}{problem.pk}", problem.number, _url(problem), problem.due_on, problem.unit_id, said
    )


def _url(problem: Problem) -> str:
    return reverse("problems:page", args=[problem.number])


def unit_work(unit_id: int, at: datetime) -> Iterator[WorkLine]:
    """Open problems a unit still answers for: a unit with any is not closed. One query."""
    for problem in Problem.objects.open().filter(unit_id=unit_id).order_by("due_on", "id"):
        yield _line(problem)


def opens(reader: Actor, urls: set[str]) -> set[str]:
    """Which of these addresses are the page of a problem that the reader may see. One query."""
    numbers = {url: number for url in urls if (number := _number_in(url))}
    if not numbers:
        return set()
    asked = Problem.objects.visible_to(reader).filter(number__in=set(numbers.values()))
    seen = set(asked.values_list("number", flat=True))
    return {url for url, number in numbers.items() if number in seen}


def _number_in(url: str) -> str:
    try:
        found = resolve(url.partition("?")[0].partition("#")[0])
    except Resolver404:
        return ""
    return found.kwargs.get("number", "") if found.app_name == "problems" else ""
