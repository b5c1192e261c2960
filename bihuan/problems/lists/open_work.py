"""What a person still answers for in the loop: asked when they move or leave, so that nothing is orphaned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from bihuan.problems import words
from bihuan.problems.models import Measure, Problem
from bihuan.registry.contract import WorkLine

#: keys are `p<problem id>` for a problem in charge and `m<measure id>` for a measure in somebody else's
PROBLEM, MEASURE = "p", "m"


def open_work(person_id: int, at: datetime) -> Iterator[WorkLine]:
    """Open problems the person is in charge of, then unfinished measures they own in others. Two queries."""
    for problem in Problem.objects.open().filter(lead_id=person_id).order_by("due_on", "id"):
        yield WorkLine(
            f"{PROBLEM}{problem.pk}", _label(problem), _url(problem), problem.due_on, problem.unit_id
        )
    measures = (
        Measure.objects.filter(owner_id=person_id, problem__is_open=True)
        .exclude(progress="done")
        .exclude(problem__lead_id=person_id)
        .select_related("problem")
    )
    for measure in measures.order_by("due_on", "id"):
        problem = measure.problem
        label = words.measure_of(problem.number, measure.order, measure.text, problem.secrecy)
        yield WorkLine(f"{MEASURE}{measure.pk}", label, _url(problem), measure.due_on, problem.unit_id)


def _label(problem: Problem) -> str:
    return f"{problem.number} {words.excerpt(problem.statement, problem.secrecy)}".strip()


def _url(problem: Problem) -> str:
    return reverse("problems:page", args=[problem.number])


def unit_work(unit_id: int, at: datetime) -> Iterator[WorkLine]:
    """Open problems a unit still answers for: a unit with any is not closed. One query."""
    for problem in Problem.objects.open().filter(unit_id=unit_id).order_by("due_on", "id"):
        yield WorkLine(f"{PROBLEM}{problem.pk}", _label(problem), _url(problem), problem.due_on, unit_id)
