"""What stands here now, in the terms of a ledger's row: the third side when two versions are compared."""

from __future__ import annotations

from datetime import date
from typing import Any

from bihuan.areas.ledgers.reading.facets import KEPT_, Facet, facets
from bihuan.areas.ledgers.reading.fields import FIELDS, label_of
from bihuan.areas.ledgers.words import ASSIST_RAW, GRADE_RAW, whole
from bihuan.kernel.text import fold
from bihuan.problems import states
from bihuan.problems.models import Problem

_PLAIN = {
    "statement": "statement", "place": "place", "equipment": "equipment", "basis": "basis", "category": "category",
    "demand": "demand", "cause": "cause", "result_standard": "goal", "timing": "timing", "progress": "progress",
    "found_by": "found_by_name",
}  # fmt: skip
#: what an import keeps under its label: everything of a row that has no column in the loop
_ASIDE = frozenset(FIELDS) - set(_PLAIN) - {
    "unit", "person", "due", "found_at", "supervise_unit", "assist_units", "measure", "closed_state", "grade",
    "seq_no", "project", "done_at",
}  # fmt: skip


def ours(problem: Problem) -> dict[str, Facet]:
    """The problem as a row. Words that were cut for their column stand whole under （全文）."""
    extras = problem.extras
    values: dict[str, Any] = {
        code: extras.get(whole(label_of(code))) or getattr(problem, name) for code, name in _PLAIN.items()
    }
    values["found_at"], values["due"] = _day(problem.found_on), _day(problem.due_on)
    values["due_text"] = extras.get(label_of("due_text"), "")
    values["grade"] = "" if extras.get(GRADE_RAW) else problem.grade
    values["grade_text"] = extras.get(GRADE_RAW, "")
    values["closed_state"] = "closed" if problem.closure in states.DONE_WITH else "open"
    values["done_at"] = _day(problem.stated_closed_on) or extras.get(label_of("done_at"), "")
    values["person"] = problem.lead_text or (problem.lead.name if problem.lead else "")
    values["measures"] = _measures(problem)
    values.update({code: extras.get(label_of(code), "") for code in _ASIDE if code not in values})
    found = facets(values, FIELDS)
    found.update(_named(problem))
    found.update({f"{KEPT_}{header}": Facet(fold(text), text) for header, text in extras.items()})
    return found


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _measures(problem: Problem) -> list[dict[str, str]]:
    lines = [
        {
            "measure": measure.text,
            "person": measure.owner_text or (measure.owner.name if measure.owner else ""),
            "due": _day(measure.due_on),
            "result_standard": measure.standard,
        }
        for measure in sorted(problem.measures.all(), key=lambda one: one.order)
    ]
    return lines or [{}]


def _named(problem: Problem) -> dict[str, Facet]:
    """Units and people: the same id is the same, however the ledger writes the name."""
    lead, supervisor = problem.lead, problem.supervisor
    person = problem.lead_text or (lead.name if lead else "")
    found = {
        "unit": Facet(fold(problem.unit_text or problem.unit.name), problem.unit.shown, str(problem.unit_id)),
        "person": Facet(fold(person), lead.name if lead else person, str(problem.lead_id or "")),
        "supervise_unit": Facet(
            fold(supervisor.name) if supervisor else "",
            supervisor.shown if supervisor else "",
            str(problem.supervisor_id or ""),
        ),
    }
    units = sorted(problem.assisting.all(), key=lambda unit: str(unit.pk))
    said = problem.extras.get(ASSIST_RAW, "") or "、".join(unit.shown for unit in units)
    names = "、".join(sorted(fold(part) for part in said.split("、") if part))
    found["assist_units"] = Facet(names, said, ",".join(sorted(str(unit.pk) for unit in units)))
    return found
