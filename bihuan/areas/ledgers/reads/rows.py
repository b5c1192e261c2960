"""The rows of an import as the page lists them: verdict, what to look at, one thing to do, and the sum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bihuan.areas.ledgers.models import LedgerImport, LedgerRow
from bihuan.areas.ledgers.words import (
    ALL_READ,
    CHANGE,
    FIXES,
    LOOK,
    NOT_CHANGED,
    OUTCOMES,
    SAME_ROW,
    VERDICTS,
)

from .changes import summary

#: how many rows of each verdict stand in the first look: enough to see what there is, few enough to be read
FIRST_LOOK = {"fix": 8, "conflict": 3, "changed": 3, "guessed": 4, "present": 1, "skip": 1, "ok": 1}
PAGE = 40


@dataclass(frozen=True, slots=True)
class RowLine:
    """One row of the dry run: what to look at first, and the word of the one thing to do about it."""

    row: LedgerRow
    word: str
    tone: str
    icon: str
    message: str
    statement: str
    fix: str
    more: int


@dataclass(frozen=True, slots=True)
class Sum:
    """The rows by verdict, with the sum written out so that it can be checked."""

    parts: list[tuple[str, str, str, str, int]]
    total: int
    words: str
    shares: list[tuple[int, str]]


def first_look(ledger: LedgerImport) -> list[RowLine]:
    """Some rows of every verdict, those to mend first; of alike guesses only the first."""
    found: list[RowLine] = []
    rows = ledger.rows.order_by("order").select_related("problem").prefetch_related("matches")
    for code, most in FIRST_LOOK.items():
        if not ledger.counts.get(code):
            continue
        seen: set[str] = set()
        for row in rows.filter(verdict=code)[: most * 12 if code == "guessed" else most]:
            line = line_of(row, ledger.state)
            kind = row.guessed[0]["field"] if code == "guessed" and row.guessed else str(row.pk)
            if kind not in seen and len(seen) < most:
                seen.add(kind)
                found.append(line)
    return found


def page_of(ledger: LedgerImport, verdict: str, after: int) -> tuple[list[RowLine], int]:
    """PAGE rows of one verdict behind the row `after`; and the row to go on from, 0 at the end."""
    rows = ledger.rows.order_by("order").select_related("problem").prefetch_related("matches")
    rows = rows.filter(order__gt=after)
    found = list((rows.filter(verdict=verdict) if verdict else rows)[: PAGE + 1])
    lines = [line_of(row, ledger.state) for row in found[:PAGE]]
    return lines, found[PAGE - 1].order if len(found) > PAGE else 0


def line_of(row: LedgerRow, state: str) -> RowLine:
    word, tone, icon = OUTCOMES.get(row.outcome) or VERDICTS[row.verdict]
    todo = next((p for p in row.problems if p["blocking"]), None) or next(iter(row.problems), None)
    message = ALL_READ
    if changes := [change for match in row.matches.all() for change in match.changes]:
        return _changed_line(row, changes, state)
    if row.verdict == "present":
        message = NOT_CHANGED if row.matches.all() else SAME_ROW
    elif todo is not None:
        message = todo["message"]
    elif row.guessed:
        message = row.guessed[0]["why"]
    more = max(len(row.problems) + len(row.guessed) - 1, 0)
    open_ = state == LedgerImport.State.DRAFT
    return RowLine(
        row,
        word,
        tone,
        icon,
        message,
        str(row.values.get("statement") or ""),
        _fix(row, todo) if open_ else LOOK,
        more,
    )


def _changed_line(row: LedgerRow, changes: list[dict[str, Any]], state: str) -> RowLine:
    """A row of a problem that is here already: what this version says otherwise."""
    word, tone, icon = OUTCOMES.get(row.outcome) or VERDICTS[row.verdict]
    blocking = next((p for p in row.problems if p["blocking"]), None)
    message = blocking["message"] if blocking and row.verdict == "fix" else summary(changes)
    fix = _fix(row, blocking) if state == LedgerImport.State.DRAFT else LOOK
    return RowLine(row, word, tone, icon, message, str(row.values.get("statement") or ""), fix, 0)


def _fix(row: LedgerRow, todo: dict[str, Any] | None) -> str:
    if row.verdict == "fix" and todo is not None:
        return FIXES.get(todo["code"], CHANGE)
    return CHANGE if row.verdict == "guessed" else LOOK


def sum_of(ledger: LedgerImport) -> Sum:
    order = ("ok", "guessed", "changed", "conflict", "present", "skip", "fix")
    parts = [(code, *VERDICTS[code], ledger.counts.get(code, 0)) for code in order]
    shown = [part for part in parts if part[4]]
    total = ledger.counts.get("all", 0)
    words = " + ".join(str(part[4]) for part in shown) + f" = {total}" if shown else ""
    return Sum(shown, total, words, [(part[4], part[2]) for part in shown])
