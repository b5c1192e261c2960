"""改登记内容: what was registered is corrected, field by field, with what stood there before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid, Refused
from bihuan.org.models import Unit
from bihuan.problems import words
from bihuan.problems.advance import advance
from bihuan.problems.models import Problem
from bihuan.problems.policies.amending import may_amend, worked_on

from .index_words import index_words
from .join import join
from .set_measures import MeasureDraft, set_measures

#: columns that hold what was registered; the life of a problem is none of them
COLUMNS = (
    "statement", "place", "equipment", "basis", "category", "grade", "demand", "cause", "goal", "timing",
    "progress", "found_on", "found_by_name", "unit", "unit_text", "lead", "lead_text", "supervisor", "due_on",
)  # fmt: skip
#: words that may be people's names: the event says that they changed, not what they were
_NAMES = ("lead_text", "found_by_name")
_SEARCHED = {"statement", "place", "equipment", "category", "unit", "unit_text", "lead", "lead_text"}


@dataclass(frozen=True, slots=True)
class Amendment:
    """What is to stand there. `extras`: label → words, "" takes one away. None leaves measures or units alone."""

    columns: Mapping[str, Any] = field(default_factory=dict)
    extras: Mapping[str, str] = field(default_factory=dict)
    measures: tuple[MeasureDraft, ...] | None = None
    assisting: tuple[Unit, ...] | None = None
    guessed: Mapping[str, str] = field(default_factory=dict)

    @property
    def fields(self) -> dict[str, Any]:
        """Everything it touches, by the names the rules know."""
        found = dict(self.columns)
        found.update({name: value for name, value in self._lists() if value})
        return found

    def _lists(self) -> tuple[tuple[str, Any], ...]:
        measures = None if self.measures is None else self.measures or ((),)
        return (("extras", self.extras), ("measures", measures), ("assisting", self.assisting is not None))


@transaction.atomic
def amend(
    *,
    problem: Problem,
    amendment: Amendment,
    reason: str,
    by: Actor,
    at: datetime,
    worked: bool | None = None,
) -> Problem:
    """Change what is registered. Conditional on the version the caller has seen: Stale when it moved on.

    Raises Invalid when there is nothing to change or a column is none of COLUMNS, Refused with the reason for
    the first field this actor may not change. `worked` saves the question where many are amended at once.
    """
    wanted = amendment.fields
    unknown = set(amendment.columns) - set(COLUMNS)
    if not wanted or unknown:
        raise Invalid("没有要改的登记内容" if not unknown else f"{'、'.join(sorted(unknown))}不是登记内容")
    if not str(amendment.columns.get("statement", problem.statement)).strip():
        raise Invalid("问题表述不能空着", "写上问题表述，或留着原来的", field="statement")
    worked = bool(worked_on([problem.pk])) if worked is None else worked
    for name, value in wanted.items():
        may = may_amend(problem, name, value, by, worked=worked)
        if not may:
            raise Refused(may.reason, may.todo)
    changes = _changes(problem, amendment)
    data = {"changes": _said(problem, amendment), "text": reason.strip()[:500], **_handed(problem, amendment)}
    advance("amend", problem, by=by, at=at, changes=changes, data=data)
    _follow(problem, amendment)
    return problem


def _changes(problem: Problem, amendment: Amendment) -> dict[str, Any]:
    """The columns of the update. The first deadline is set once and never moved."""
    changes = dict(amendment.columns)
    if "due_on" in changes:
        changes["due_note"] = words.FROM_LEDGER if changes["due_on"] else ""
        if changes["due_on"] and problem.first_due_on is None:
            changes["first_due_on"] = changes["due_on"]
    if amendment.extras:
        kept = {**problem.extras, **amendment.extras}
        changes["extras"] = {label: text for label, text in kept.items() if text}
    if amendment.columns or amendment.guessed:
        still = {name: why for name, why in problem.guessed.items() if name not in amendment.columns}
        changes["guessed"] = {**still, **amendment.guessed}
    return changes


def _said(problem: Problem, amendment: Amendment) -> dict[str, list[Any]]:
    """Old and new by field, for the event: values and ids, no names of people."""
    said: dict[str, list[Any]] = {}
    for name, value in amendment.columns.items():
        old = getattr(problem, f"{name}_id", None) if _is_link(name) else getattr(problem, name)
        new = getattr(value, "pk", None) if _is_link(name) else value
        said[name] = [] if name in _NAMES else [_plain(old), _plain(new)]
    if amendment.measures is not None:
        old_ones = list(problem.measures.order_by("order").values_list("text", flat=True))
        said["measures"] = ["\n".join(old_ones), "\n".join(draft.text for draft in amendment.measures)]
    if amendment.assisting is not None:
        before = sorted(problem.assisting.values_list("pk", flat=True))
        said["assisting"] = [before, sorted(unit.pk for unit in amendment.assisting)]
    said.update({f"extras.{label}": [] for label in amendment.extras})
    return said


def _handed(problem: Problem, amendment: Amendment) -> dict[str, int | None]:
    """Owner and unit under the keys every reader of a thread knows, where they change."""
    data: dict[str, int | None] = {}
    if "lead" in amendment.columns:
        data |= {"old": problem.lead_id, "new": getattr(amendment.columns["lead"], "pk", None)}
    if "unit" in amendment.columns:
        data |= {"from_unit": problem.unit_id, "unit": amendment.columns["unit"].pk}
    return data


def _is_link(name: str) -> bool:
    return name in ("unit", "lead", "supervisor")


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _follow(problem: Problem, amendment: Amendment) -> None:
    if amendment.measures is not None:
        set_measures(problem=problem, drafts=amendment.measures)
    if amendment.assisting is not None:
        problem.assisting.set(amendment.assisting)
    if lead := amendment.columns.get("lead"):
        join(problem=problem, person_id=lead.pk, side="rectify")
    if _SEARCHED & set(amendment.columns):
        index_words(problem=problem)
