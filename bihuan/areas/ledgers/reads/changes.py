"""What a newer version changes, as the page lists it: a line per value, with what is decided about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bihuan.areas.ledgers.models import LedgerImport, RowMatch
from bihuan.areas.ledgers.wishes import OURS, THEIRS, gone_reasons, taken_codes
from bihuan.areas.ledgers.words import (
    NEW_ROWS,
    NOTHING,
    VERDICTS,
    arrow,
    gone_said,
    outcome_said,
    several,
)

Kind = RowMatch.Kind
PAGE = 30
#: kind → tone, icon
LOOKS = {
    Kind.CHANGED: ("busy", "pencil"),
    Kind.CONFLICT: ("soon", "git-merge"),
    Kind.GONE: ("calm", "minus"),
    Kind.SAME: ("calm", "check"),
}


@dataclass(frozen=True, slots=True)
class ValueLine:
    """One value: what the last version said, what this one says, what stands here; and whose counts."""

    name: str
    label: str
    old: str
    new: str
    ours: str
    conflict: bool
    why: str
    taken: bool


@dataclass(slots=True)
class MatchLine:
    """One known problem. `row` is the line of this file, 0 where there is none."""

    match: RowMatch
    row: int
    reason: str = ""
    values: list[ValueLine] = field(default_factory=list)


@dataclass(slots=True)
class Versions:
    """The newer version in figures: word, tone, icon, count, kind; and the first changes to look at."""

    previous: LedgerImport
    parts: list[tuple[str, str, str, int, str]]
    first: list[tuple[MatchLine, str]]
    hidden: int


def versions_of(ledger: LedgerImport) -> Versions | None:
    """None for a ledger of its own. Three questions, whatever its size."""
    if ledger.previous is None:
        return None
    counts = dict.fromkeys(Kind, 0)
    for kind in ledger.matches.values_list("kind", flat=True):
        counts[Kind(kind)] += 1
    fresh = ledger.counts.get("ok", 0) + ledger.counts.get("guessed", 0)
    parts = [(NEW_ROWS, "good", "plus", fresh, "")]
    parts += [
        (VERDICTS[kind][0] if kind in VERDICTS else str(kind.label), *LOOKS[kind], counts[kind], str(kind))
        for kind in (Kind.CHANGED, Kind.CONFLICT, Kind.GONE)
    ]
    parts.append((str(Kind.SAME.label), *LOOKS[Kind.SAME], counts[Kind.SAME], ""))
    known = ledger.counts.get("all", 0) - fresh - ledger.counts.get("skip", 0) - ledger.counts.get("fix", 0)
    rows = sum(counts.values()) - counts[Kind.GONE]
    first = lines_of(ledger, (Kind.CONFLICT, Kind.CHANGED), 0)[0][:4]
    return Versions(
        ledger.previous, parts, [(line, summary(line.match.changes)) for line in first], max(0, known - rows)
    )


def lines_of(ledger: LedgerImport, kinds: tuple[str, ...], after: int) -> tuple[list[MatchLine], int]:
    """A page of matches of these kinds behind the one with this id; and the id to go on from, 0 at the end."""
    found = ledger.matches.filter(kind__in=kinds, pk__gt=after).order_by("pk")
    part = list(found.select_related("problem", "row", "base")[: PAGE + 1])
    reasons = gone_reasons(ledger.wishes)
    lines = [_line(ledger, one, reasons) for one in part[:PAGE]]
    return lines, part[PAGE - 1].pk if len(part) > PAGE else 0


def _line(ledger: LedgerImport, match: RowMatch, reasons: dict[int, str]) -> MatchLine:
    taken = taken_codes(ledger.wishes, match.problem_id, match.changes)
    if ledger.state != LedgerImport.State.DRAFT:
        taken = {change["code"] for change in match.done}
    values = [
        ValueLine(
            f"take-{match.pk}-{place}", one["label"], one["old"] or NOTHING, one["new"] or NOTHING,
            one["ours"] or NOTHING, one["conflict"], one["why"], one["code"] in taken,
        )
        for place, one in enumerate(match.changes)
    ]  # fmt: skip
    row = match.row.source_row if match.row else 0
    return MatchLine(match, row, reasons.get(match.problem_id, ""), values)


def summary(changes: list[dict[str, Any]]) -> str:
    """The first changes in one line: 整改期限 2026-09-30 → 2026-10-15，另 2 处."""
    return several([arrow(one["label"], one["old"], one["new"]) for one in changes])


def changes_said(match: RowMatch) -> str:
    """Every change of a problem in words, for the report: what was taken, and what was not and why."""
    if match.kind == Kind.GONE:
        return gone_said(match.done[0]["new"] if match.done else "")
    taken = {one["code"] for one in match.done}
    return several(
        [
            outcome_said(arrow(one["label"], one["old"], one["new"]), one["code"] in taken, one["why"])
            for one in match.changes
        ],
        shown=len(match.changes),
    )


def chosen_of(ledger: LedgerImport, given: dict[str, str]) -> dict[int, dict[str, str]]:
    """Decisions of a form, `take-<match>-<place>` → THEIRS or OURS, by problem and code."""
    wanted: dict[int, dict[int, str]] = {}
    for name, value in given.items():
        head, _, rest = name.partition("-")
        match, _, place = rest.partition("-")
        if head == "take" and match.isdecimal() and place.isdecimal() and value in (THEIRS, OURS):
            wanted.setdefault(int(match), {})[int(place)] = value
    found: dict[int, dict[str, str]] = {}
    for one in ledger.matches.filter(pk__in=list(wanted)):
        chosen = wanted[one.pk]
        found[one.problem_id] = {
            change["code"]: chosen[place] for place, change in enumerate(one.changes) if place in chosen
        }
    return found
