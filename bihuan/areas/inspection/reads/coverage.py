"""Coverage: distinct inspected organisations ÷ organisations in scope, with the list behind it.

Source: full coverage within a term of office, 《中国共产党巡视工作条例》; the fixture of the field is 12 of 39, 30.77 %.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from bihuan.areas.inspection.models import ScopeOrg, Task, Term
from bihuan.org.models import PartyOrg


@dataclass(frozen=True, slots=True)
class CoveredOrg:
    """One organisation in scope; `tasks` are those that entered it, the newest first."""

    org: PartyOrg
    tasks: list[Task]

    @property
    def inspected(self) -> bool:
        return bool(self.tasks)


@dataclass(frozen=True, slots=True)
class Coverage:
    orgs: list[CoveredOrg]

    @property
    def total(self) -> int:
        return len(self.orgs)

    @property
    def done(self) -> int:
        return sum(one.inspected for one in self.orgs)

    @property
    def percent(self) -> str:
        """Two decimals, as it is reported; a dash where nobody is in scope."""
        return f"{100 * self.done / self.total:.2f}%" if self.total else "—"


def term_on(day: date) -> Term | None:
    """The term of this day, or the last one before it."""
    return Term.objects.filter(first_year__lte=day.year).order_by("-first_year").first()


def coverage_of(
    term: Term,
    day: date,
    *,
    round_code: str = "",
    span: tuple[date | None, date | None] = (None, None),
) -> Coverage:
    """Of the whole term, of one round, or of what was entered in a span of days. Two queries."""
    rows = ScopeOrg.objects.standing(day).filter(term=term).select_related("org")
    tasks = Task.objects.entered_between(*span).filter(round__plan__term=term)
    if round_code:
        tasks = tasks.filter(round__code=round_code)
    entered: dict[int, list[Task]] = defaultdict(list)
    for task in tasks.select_related("round").order_by("-entered_on", "-id"):
        entered[task.org_id].append(task)
    return Coverage([CoveredOrg(row.org, entered[row.org_id]) for row in rows.order_by("org__order", "id")])
