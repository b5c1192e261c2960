"""A newer version of a ledger beside the last one and beside what stands here: row by row, before anything is taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bihuan.areas.ledgers.models import LedgerImport, LedgerRow, RowMatch
from bihuan.areas.ledgers.reading.changes import CONFLICT, Change, compare
from bihuan.areas.ledgers.reading.facets import label
from bihuan.areas.ledgers.reading.versions import Line, match, of_others
from bihuan.kernel.actor import Actor
from bihuan.kernel.verdict import Verdict
from bihuan.problems import states
from bihuan.problems.models import Problem
from bihuan.problems.policies.amending import is_proven, may_amend, may_restate, moved_here, worked_on

from .former import SHARE, Former, candidates, fields_of, line_of
from .ours import ours

Kind = RowMatch.Kind
PRESENT = "present"
_CHUNK = 500
#: fields whose change the loop has a rule for: code of the ledger → column
RULED = {
    "unit": "unit", "measure": "measures", "progress": "progress", "person": "lead", "due": "due_on",
    "timing": "timing", "grade": "grade",
}  # fmt: skip
#: what a ledger says about the end of a problem
ENDS = ("closed_state", "done_at", "verified_at", "verifier")


@dataclass(slots=True)
class Comparison:
    """`matches` are unsaved; those of the new file's rows carry them. `hidden` rows are known but not this reader's."""

    previous: LedgerImport
    matches: list[RowMatch]
    hidden: int = 0

    @property
    def gone(self) -> list[RowMatch]:
        return [one for one in self.matches if one.kind == Kind.GONE]


def compare_versions(ledger: LedgerImport, rows: Sequence[LedgerRow], by: Actor) -> Comparison | None:
    """Set-based, whatever the number of rows: a few questions per five hundred. Marks the rows with their verdict.

    None when no ledger that this reader may see is an earlier version of it.
    """
    live = [row for row in rows if row.verdict != "skip" and row.values.get("statement")]
    if not live:
        return None
    mapped = fields_of(ledger)
    news: list[Line] = []
    for former in candidates(ledger, live, by):
        news = news or [line_of(place, row, ledger, mapped) for place, row in enumerate(live)]
        pairs = match(former.lines, news)
        own = sum(1 for row in former.rows if row.ledger_id == former.ledger.pk)
        agree = sum(1 for new, old in pairs.items() if not of_others(former.lines[old], news[new]))
        if ledger.wishes.get("previous") or agree >= max(1, SHARE * min(len(live), own)):
            return _compared(former, live, news, pairs, mapped, by)
    return None


def _compared(
    former: Former,
    live: list[LedgerRow],
    news: list[Line],
    pairs: dict[int, int],
    mapped: set[str],
    by: Actor,
) -> Comparison:
    asked = {former.rows[old].problem_id for old in pairs.values()}
    partners = set(pairs.values())
    gone = [
        row
        for place, row in enumerate(former.rows)
        if place not in partners and row.ledger_id == former.ledger.pk
    ]
    differing = {
        former.rows[old].problem_id
        for new, old in pairs.items()
        if compare(former.lines[old].facets, news[new].facets, {})
    }
    known = _problems(asked | {row.problem_id for row in gone}, differing, by)
    rules = Rules(by, differing, closing="closed_state" in mapped)
    found = Comparison(former.ledger, [])
    for new, old in sorted(pairs.items()):
        row, base = live[new], former.rows[old]
        problem = known.get(base.problem_id or 0)
        row.verdict = row.verdict if row.verdict == "fix" else PRESENT
        if problem is None:
            found.hidden += 1
            continue
        changes = _changes(former.lines[old].facets, news[new].facets, problem, rules, differing)
        kind = _kind(changes)
        if kind != Kind.SAME and row.verdict != "fix":
            row.verdict = str(kind)
        found.matches.append(_match(problem, row, base, kind, changes))
    for base in gone:
        problem = known.get(base.problem_id or 0)
        if problem is not None and problem.closure != states.VOID:
            found.matches.append(_match(problem, None, base, Kind.GONE, []))
    _own_keys(live, pairs, former)
    return found


def _match(
    problem: Problem, row: LedgerRow | None, base: LedgerRow, kind: str, changes: list[dict[str, Any]]
) -> RowMatch:
    return RowMatch(
        problem=problem, row=row, base=base, kind=kind, changes=changes, seen_version=problem.version
    )


def _problems(ids: Iterable[int | None], differing: set[int | None], by: Actor) -> dict[int, Problem]:
    """The problems this reader may see; those that differ with everything a comparison looks at."""
    found: dict[int, Problem] = {}
    wanted = sorted(pk for pk in ids if pk)
    for start in range(0, len(wanted), _CHUNK):
        part = Problem.objects.visible_to(by).filter(pk__in=wanted[start : start + _CHUNK])
        whole = part.filter(pk__in=[pk for pk in wanted[start : start + _CHUNK] if pk in differing])
        whole = whole.select_related("unit", "lead", "supervisor").prefetch_related(
            "measures__owner", "assisting"
        )
        found.update({one.pk: one for one in whole})
        plain = part.exclude(pk__in=found).only("pk", "number", "statement", "closure", "version")
        found.update({one.pk: one for one in plain})
    return found


class Rules:
    """May this reader take a change? Asked of the loop; what it needs to know is fetched once for all problems."""

    def __init__(self, by: Actor, ids: Iterable[int | None], *, closing: bool) -> None:
        """`closing`: the file has a column for the end; without one 已完成 is how it says it."""
        wanted = [pk for pk in ids if pk]
        self.by, self.closing = by, closing
        self.worked, self.moved = worked_on(wanted), moved_here(wanted)

    def ask(self, problem: Problem, code: str, value: str) -> Verdict:
        worked = problem.pk in self.worked
        if code in ENDS:
            return self._end(problem, code)
        if code == "progress" and not self.closing and (value == "done") == problem.is_open:
            return self._end(problem, "closed_state")
        column = RULED.get(code, "extras" if code.startswith("kept:") else code)
        asked: Any = value
        if code == "due":
            asked = date.fromisoformat(value) if len(value) == 10 and value[4] == "-" else None
        return may_amend(problem, column, asked, self.by, worked=worked)

    def _end(self, problem: Problem, code: str) -> Verdict:
        if is_proven(problem):
            return Verdict.no("已在本系统核验", "台账的说法留在导入报告里")
        if problem.pk in self.moved or not problem.taken_over or problem.closure == states.VOID:
            return Verdict.no("已在本系统办理，环节不随台账改", "销号须在本系统核验")
        return may_restate(problem, self.by) if code == "closed_state" else Verdict.yes()


def _changes(
    base: dict[str, Any], new: dict[str, Any], problem: Problem, rules: Rules, differing: set[int | None]
) -> list[dict[str, Any]]:
    if problem.pk not in differing:
        return []
    return [_as_json(change, problem, rules) for change in compare(base, new, ours(problem))]


def _as_json(change: Change, problem: Problem, rules: Rules) -> dict[str, Any]:
    may = rules.ask(problem, change.code, change.new.norm)
    return {
        "code": change.code,
        "label": label(change.code),
        "old": change.old.shown,
        "new": change.new.shown,
        "ours": change.ours.shown,
        "conflict": change.kind == CONFLICT,
        "why": "" if may else "，".join(part for part in (may.reason, may.todo) if part),
    }


def _kind(changes: list[dict[str, Any]]) -> str:
    if not changes:
        return Kind.SAME
    open_ones = [one for one in changes if one["conflict"] or one["why"]]
    return Kind.CONFLICT if open_ones else Kind.CHANGED


def _own_keys(live: list[LedgerRow], pairs: dict[int, int], former: Former) -> None:
    """A new row may have the key of a problem whose own row was found elsewhere: it needs another one."""
    taken = {former.rows[old].origin_key for old in pairs.values()}
    known = {row.origin_key for row in former.rows}
    for place, row in enumerate(live):
        if place in pairs or row.origin_key not in known:
            continue
        if row.origin_key in taken:
            row.origin_key = f"{row.origin_key[:40]}-v{former.ledger.pk}.{place}"[:64]
            if row.verdict == PRESENT:
                row.verdict = "guessed" if row.guessed else "ok"
