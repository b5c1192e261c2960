"""A problem as the API shows it: the same reads as the page, in values instead of words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.org.models import Person, Unit
from bihuan.problems import states
from bihuan.problems.forms.taking import mendable
from bihuan.problems.lists import clock_of, look_of, source_label
from bihuan.problems.lists.telling import Named, told_of
from bihuan.problems.models import Attachment, Measure, Problem
from bihuan.problems.policies import buttons, checks_before
from bihuan.problems.reads import Thread, doers_of, events_of, relapsed, thread_of, with_its_rows

_CHECKED = {states.PLAN_REVIEW: "approve", states.RECTIFYING: "submit", states.VERIFYING: "close"}


def url_of(number: str) -> str:
    return reverse("api:problem", args=[number])


def named(one: Person | Unit | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {"id": one.pk, "name": one.shown if isinstance(one, Unit) else one.name}


def row_of(
    problem: Problem, day: Any, *, relapse: bool = False, measures: tuple[int, int] = (0, 0)
) -> dict[str, Any]:
    """A line of the list. `measures` are those done and all."""
    clock = clock_of(problem, day)
    return {
        "number": problem.number,
        "url": url_of(problem.number),
        "page": reverse("problems:page", args=[problem.number]),
        "statement": problem.statement,
        "unit": named(problem.unit),
        "lead": named(problem.lead),
        "lead_text": problem.lead_text,
        "supervisor": named(problem.supervisor),
        "source": problem.source,
        "source_label": source_label(problem),
        "state": problem.closure,
        "state_label": look_of(problem, relapsed=relapse)[0],
        "restricted": problem.secrecy != "normal",
        "clock": {"tone": clock.tone, "days": clock.days, "words": clock.words},
        "measures": {"done": measures[0], "count": measures[1]},
        "repeated": problem.repeat_of_id is not None,
        **{name: getattr(problem, name) for name in _PLAIN},
    }


_PLAIN = (
    "is_open", "timing", "progress", "grade", "place", "category", "found_on", "due_on", "first_due_on", "round",
    "taken_over", "raised_at", "changed_at", "version",
)  # fmt: skip
_MORE = (
    "origin_title", "equipment", "basis", "demand", "cause", "goal", "stage_goals", "due_note", "found_by_name",
    "extras", "guessed",
)  # fmt: skip


def whole_of(problem: Problem, *, by: Actor, at: datetime) -> dict[str, Any]:
    """Everything about one problem, as its page shows it to this reader."""
    day = local_day(at)
    events = events_of(problem)
    problem = with_its_rows(problem, events)
    thread, measures = thread_of(problem, events, by), list(problem.measures.all())
    step = _CHECKED.get(problem.closure, "")
    done = sum(m.progress == "done" for m in measures)
    return {
        **row_of(
            problem, day, relapse=problem.round > 1 and relapsed(problem), measures=(done, len(measures))
        ),
        **{name: getattr(problem, name) for name in _MORE},
        "repeat_of": _seen_number(problem.repeat_of_id, by),
        "assisting": [named(unit) for unit in problem.assisting.all()],
        "measure_list": [_measure(m, thread, only=len(measures) == 1) for m in measures],
        "files": [file_of(problem, file) for row in reversed(thread.rows) for file in row.files],
        "thread": _thread(thread),
        "steps": steps_of(problem, by=by, at=at),
        "checks": [
            {"label": c.label, "ok": c.ok, "detail": c.detail, "todo": c.todo}
            for c in (checks_before(step, problem) if step else ())
        ],
        "waiting_for": [named(person) for person in doers_of(problem, day, me=by.person_id).people],
    }


def _seen_number(pk: int | None, by: Actor) -> str | None:
    """The number of another problem, if this reader may know of it."""
    if pk is None:
        return None
    return Problem.objects.visible_to(by).filter(pk=pk).values_list("number", flat=True).first()


def steps_of(problem: Problem, *, by: Actor, at: datetime) -> list[dict[str, Any]]:
    """The steps this person has to do with now: possible, possible with files, or why not."""
    return [
        {
            "step": step,
            "label": label,
            "url": f"{url_of(problem.number)}/{states.NOUNS[step]}",
            "ok": may.ok,
            "reason": may.reason,
            "todo": may.todo,
            "needs_files": mendable(step, problem, may),
        }
        for step, label, may in buttons(problem, by=by, at=at)
        if step in states.NOUNS
    ]


def file_of(problem: Problem, file: Attachment) -> dict[str, Any]:
    return {
        "id": file.pk,
        "name": file.name,
        "role": file.role,
        "measure": file.measure.order if file.measure_id and file.measure else None,
        "round": file.round,
        "mime": file.file.mime,
        "size": file.file.size,
        "sha256": file.file.sha256,
        "url": reverse("api:file", args=[problem.number, file.pk]),
        "added_at": file.added_at,
        "added_by": named(file.added_by),
    }


def _measure(measure: Measure, thread: Thread, *, only: bool) -> dict[str, Any]:
    """With one measure the general evidence is its own."""
    files = [*thread.evidence.get(measure.pk, []), *(thread.evidence.get(None, []) if only else [])]
    return {
        "order": measure.order,
        "text": measure.text,
        "standard": measure.standard,
        "owner": named(measure.owner),
        "due_on": measure.due_on,
        "progress": measure.progress,
        "percent": measure.percent,
        "document_no": measure.document_no,
        "files": [file.pk for file in files],
    }


def _thread(thread: Thread) -> list[dict[str, Any]]:
    who = Named(thread.people, thread.units, thread.others)
    lines = []
    for row in thread.rows:
        told = told_of(row.event, who)
        lines.append(
            {
                "seq": row.event.seq,
                "kind": row.event.kind,
                "title": told.title,
                "note": told.note,
                "text": told.text,
                "by": named(row.by),
                "by_kind": row.event.by_kind,
                "occurred_at": row.event.occurred_at,
                "recorded_at": row.event.recorded_at,
                "late": row.event.late,
                "files": [file.pk for file in row.files],
            }
        )
    return lines


def outcome_of(problem: Problem) -> dict[str, Any]:
    """Where a problem stands after it was raised or a step was taken."""
    return {
        "number": problem.number,
        "state": problem.closure,
        "state_label": look_of(problem)[0],
        "version": problem.version,
        "url": url_of(problem.number),
        "page": reverse("problems:page", args=[problem.number]),
    }
