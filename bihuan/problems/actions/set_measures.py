"""Write the measures of a problem: each with its own owner, deadline and result standard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from bihuan.problems.models import Measure, Problem

from .join import join


@dataclass(frozen=True, slots=True)
class MeasureDraft:
    """One measure as it is planned. `standard` says what result can be checked."""

    text: str
    standard: str = ""
    owner_id: int | None = None
    owner_text: str = ""
    due_on: date | None = None
    document_no: str = ""

    def as_value(self) -> dict[str, Any]:
        """The draft for a plan's row: a value, no name of a person."""
        value = asdict(self)
        value.pop("owner_text")
        value["due_on"] = str(self.due_on) if self.due_on else ""
        return value


def set_measures(*, problem: Problem, drafts: Sequence[MeasureDraft]) -> list[Measure]:
    """Replace the measures by these, keeping rows (and their evidence) whose place in the list stays.

    Owners join the rectifying side. Must run in the transaction of the step that brings the measures.
    """
    kept = {measure.order: measure for measure in problem.measures.all()}
    written = []
    for order, draft in enumerate(drafts, 1):
        measure = kept.pop(order, None) or Measure(problem=problem, order=order)
        for name, value in asdict(draft).items():
            setattr(measure, name, value)
        if draft.owner_id and not draft.owner_text:
            measure.owner_text = ""
        measure.save()
        written.append(measure)
    Measure.objects.filter(pk__in=[measure.pk for measure in kept.values()]).delete()
    for owner_id in {draft.owner_id for draft in drafts if draft.owner_id}:
        join(problem=problem, person_id=owner_id, side="rectify")
    return written
