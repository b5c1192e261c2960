"""From the values of a row to what the loop takes over: pure translation, no database."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from bihuan.kernel.text import fold
from bihuan.org.models import Person, Unit
from bihuan.problems.actions.set_measures import MeasureDraft
from bihuan.problems.actions.take_over import OldRow, Stated

from .reading.fields import label_of
from .words import ASSIST_RAW, GRADE_RAW, RAW, UNIT_ROLES, whole

#: fields that have no column of their own in the loop: kept with the problem under their Chinese label
_ASIDE = (
    "source_name",
    "origin_no",
    "seq_no",
    "shift",
    "found_unit",
    "check_item",
    "leader",
    "assist_people",
    "progress_text",
    "deduction",
    "amount",
    "remark",
    "verified_at",
    "due_text",
)
#: columns of the loop with a limited length: field of the ledger, name in the loop, most characters
_LIMITED = (
    ("found_by", "found_by_name", 200),
    ("unit", "unit_text", 200),
    ("person", "lead_text", 120),
    ("place", "place", 200),
    ("equipment", "equipment", 120),
    ("basis", "basis", 300),
    ("category", "category", 60),
)
#: further words that are cut where they are kept: field, most characters
_CUT = (("verifier", 120), ("closed_raw", 40), ("progress_raw", 40), ("result_standard", 200))
_LIMITS = (*((field, most) for field, _, most in _LIMITED), *_CUT)


def origin_keys(rows: Iterable[dict[str, Any]], *, home: int) -> list[str]:
    """The key of each row within its source: the same row of a newer file has the same key.

    Made of what does not change while a problem is worked on: responsible unit as written, statement, day of
    finding, place. Without a unit the unit of the ledger (`home`) stands in: two mills whose ledgers say the same
    on the same day have two problems. Twins in one file get a counter, so that none is lost.
    """
    seen: Counter[str] = Counter()
    keys = []
    for values in rows:
        unit = fold(text(values, "unit")) or f"#{home}"
        parts = (unit, fold(text(values, "statement")), text(values, "found_at"), fold(text(values, "place")))
        digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:40]
        seen[digest] += 1
        keys.append(digest if seen[digest] == 1 else f"{digest}-{seen[digest]}")
    return keys


def text(values: dict[str, Any], code: str) -> str:
    value = values.get(code)
    if type(value) is str:
        return value.strip()
    if isinstance(value, list):
        return "、".join(str(part) for part in value)
    return "" if value is None else str(value).strip()


def _day(values: dict[str, Any], code: str) -> date | None:
    value = text(values, code)
    return date.fromisoformat(value[:10]) if value else None


def stated_of(values: dict[str, Any], *, has_closure_column: bool) -> Stated:
    """What the ledger says about the end. Without a column for closure, 已完成 is all it can say."""
    closed = values.get("closed_state") == "closed"
    if not has_closure_column:
        closed = values.get("progress") == "done"
    words = text(values, "closed_raw") or text(values, "progress_raw")
    return Stated(
        closed=closed,
        words=words[:40],
        closed_on=_day(values, "verified_at") or _day(values, "done_at"),
        verifier=text(values, "verifier")[:120],
    )


def old_row(
    values: dict[str, Any],
    guessed: list[dict[str, str]],
    *,
    key: str,
    unit: Unit,
    people: dict[str, Person],
    units: dict[str, Unit],
    title: str,
    has_closure_column: bool,
) -> OldRow:
    """One row for `take_over`. `people` and `units` are by the ids the reading gave, as text."""
    person = people.get(text(values, "person_id"))
    due = _day(values, "due")
    details: dict[str, Any] = {
        "origin_title": title[:200],
        "lead": person,
        "supervisor": units.get(text(values, "supervise_unit_id")),
        "demand": text(values, "demand"),
        "cause": text(values, "cause"),
        "goal": text(values, "result_standard"),
        "timing": text(values, "timing") or "time_limited",
        "progress": text(values, "progress") or "not_started",
        "grade": text(values, "grade") or "general",
        "extras": _extras(values),
        "guessed": {guess["field"]: guess["why"] for guess in guessed},
    }
    details.update({name: _whole(values, field)[:limit] for field, name, limit in _LIMITED})
    return OldRow(
        origin_key=key,
        unit=unit,
        statement=text(values, "statement"),
        stated=stated_of(values, has_closure_column=has_closure_column),
        found_on=_day(values, "found_at"),
        due_on=due,
        measures=_measures(values, person),
        details=details,
        assisting=tuple(units[name] for name in values.get("assist_ids", []) if name in units),
    )


def _whole(values: dict[str, Any], field: str) -> str:
    """The words of a field; a project stands in front of its place."""
    words = text(values, field)
    return f"{text(values, 'project')} {words}".strip() if field == "place" and "project" in values else words


def _measures(values: dict[str, Any], person: Person | None) -> tuple[MeasureDraft, ...]:
    """One measure, or several where a problem takes up several lines of the ledger.

    Only the first line's person was matched to the organisation; the others stay as words.
    """
    lines = values.get("measures") or [values]
    return tuple(
        MeasureDraft(
            text(line, "measure"),
            text(line, "result_standard")[:200],
            person.pk if person and place == 0 and text(line, "person") == text(values, "person") else None,
            text(line, "person")[:120],
            _day(line, "due"),
        )
        for place, line in enumerate(lines)
        if text(line, "measure")
    )


def _extras(values: dict[str, Any]) -> dict[str, str]:
    """Everything that has no field of its own, under the words of the ledger. Nothing is dropped."""
    extras = {label_of(code): words for code in _ASIDE if (words := text(values, code))}
    if text(values, "grade_text") and not text(values, "grade"):
        extras[GRADE_RAW] = text(values, "grade_text")
    if roles := values.get("unit_roles"):
        extras[UNIT_ROLES] = "、".join(f"{role}：{name}" for role, name in roles.items())
    if assist := text(values, "assist_units"):
        extras[ASSIST_RAW] = assist
    for header, cell in (values.get("kept") or {}).items():
        extras[header] = str(cell)
    for field, most in _LIMITS:
        if len(words := _whole(values, field)) > most:
            extras[whole(RAW.get(field) or label_of(field))] = words
    return extras
