"""What the planner is asked with: who is left in the term, how urgent, and which rounds there are still."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max

from bihuan.areas.inspection import words
from bihuan.areas.inspection.models import Proposal, Round, ScopeOrg, Task, Term
from bihuan.kernel.actor import Actor
from bihuan.org.models import PartyLink, PartyOrg
from bihuan.problems.models import Problem

YEAR = 365.25
LOOK_BACK = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Slot:
    """One round that may still be planned."""

    year: int
    number: int

    @property
    def shown(self) -> str:
        return words.slot_of(self.year, self.number)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An organisation that is still to be inspected in the term: what is known of it. `years` is None where no team
    was ever there; `rank` is its place by problems of the last year."""

    org: PartyOrg
    years: float | None
    problems: int
    rank: int
    industry: str

    def why(self, *, by_hand: bool) -> str:
        return words.why_there(self.years, self.problems, self.rank, self.industry, by_hand=by_hand)


def slots_left(term: Term, day: date, per_year: int) -> list[Slot]:
    """Rounds of this and later years of the term, but those that stand already."""
    there = Counter(Round.objects.standing().filter(plan__term=term).values_list("plan__year", flat=True))
    years = range(max(term.first_year, day.year), term.last_year + 1)
    return [Slot(year, n) for year in years for n in range(there[year] + 1, per_year + 1)]


def waiting_in(term: Term, day: date, by: Actor) -> list[Waiting]:
    """In scope, and in no round of the term yet. Six queries."""
    taken = Task.objects.standing().filter(round__plan__term=term).values("org")
    rows = ScopeOrg.objects.standing(day).filter(term=term).exclude(org__in=taken)
    orgs = [row.org for row in rows.select_related("org").order_by("org__order", "org_id")]
    last = dict(Task.objects.entered().values_list("org").annotate(last=Max("entered_on")).order_by())
    paths, industry = covered(org.pk for org in orgs)
    found = Problem.objects.visible_to(by).filter(found_on__gt=day - LOOK_BACK)
    counted = list(found.values_list("unit__path").annotate(n=Count("pk")).order_by())
    problems = {
        org.pk: sum(n for path, n in counted if path and path.startswith(paths.get(org.pk, ("-",))))
        for org in orgs
    }
    ranked = {pk: place for place, pk in enumerate(sorted(problems, key=lambda pk: (-problems[pk], pk)), 1)}
    return [
        Waiting(
            org, (day - last[org.pk]).days / YEAR if org.pk in last else None, problems[org.pk], ranked[org.pk],
            industry.get(org.pk, ""),
        )
        for org in orgs
    ]  # fmt: skip


def covered(org_ids: Iterable[int]) -> tuple[dict[int, tuple[str, ...]], dict[int, str]]:
    """Where the units of each stand in the tree, and their industry (the first that says one)."""
    paths: dict[int, tuple[str, ...]] = {}
    industry: dict[int, str] = {}
    rows = PartyLink.objects.filter(party_org__in=list(org_ids), unit__path__isnull=False).order_by("pk")
    for pk, path, trade in rows.values_list("party_org_id", "unit__path", "unit__industry"):
        paths[pk] = (*paths.get(pk, ()), path)
        industry.setdefault(pk, trade)
    return paths, industry


def kept_proposal(term: Term) -> Proposal | None:
    """The newest that somebody kept."""
    return Proposal.objects.filter(term=term).select_related("made_by").order_by("-pk").first()
