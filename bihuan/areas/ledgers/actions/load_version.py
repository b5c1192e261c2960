"""Take what was decided about a newer version: exactly those values, in the transaction of the import."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery

from bihuan.areas.ledgers.models import LedgerImport, LedgerRow, RowMatch
from bihuan.areas.ledgers.reading.facets import KEPT_
from bihuan.areas.ledgers.reading.fields import label_of
from bihuan.areas.ledgers.reads.ours import ours
from bihuan.areas.ledgers.reads.versions import Kind
from bihuan.areas.ledgers.take import old_row, text
from bihuan.areas.ledgers.wishes import gone_reasons, taken_codes
from bihuan.areas.ledgers.words import ASSIST_RAW, GRADE_RAW, RAW, UNIT_ROLES, gone_from, of_row, whole
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.org.models import Person, Unit
from bihuan.problems import states
from bihuan.problems.actions.amend import Amendment, amend
from bihuan.problems.actions.comment import comment
from bihuan.problems.actions.restate import restate
from bihuan.problems.actions.take_over import OldRow, state_of
from bihuan.problems.models import Problem
from bihuan.problems.policies.amending import is_proven, moved_here, worked_on

VERDICTS = (str(Kind.CHANGED), str(Kind.CONFLICT))
_CHUNK = 200
#: field of the ledger → column of the problem, where one holds it
_COLUMNS = {
    "place": "place", "equipment": "equipment", "basis": "basis", "category": "category", "demand": "demand",
    "cause": "cause", "result_standard": "goal", "timing": "timing", "found_by": "found_by_name",
    "supervise_unit": "supervisor",
}  # fmt: skip


@dataclass(slots=True)
class Names:
    """Units and people by the ids the reading gave, made where they were new."""

    units: dict[str, Unit]
    people: dict[str, Person]


def load_version(*, ledger: LedgerImport, names: Names, by: Actor, at: datetime) -> dict[str, int]:
    """Amend every known problem by what was decided, and say why others are gone. → {amended, gone}

    Raises Refused when a problem has changed since it was compared, in a value that is to be taken.
    """
    counts = {"amended": 0, "gone": 0}
    if ledger.previous_id is None:
        return counts
    closing = any(column["field"] == "closed_state" for column in ledger.columns)
    for matches, problems in _parts(ledger):
        ids = list(problems)
        worked, moved = worked_on(ids), moved_here(ids)
        _refuse_moved(ledger, matches, problems)
        for one in matches:
            taken = taken_codes(ledger.wishes, one.problem_id, one.changes)
            problem = problems[one.problem_id]
            if taken:
                fresh = _fresh(ledger, one.row, names, closing)
                asked = {change["code"] for change in one.changes}
                here = (problem.pk in moved, problem.pk in worked)
                step = _Step(ledger, one.row, problem, fresh, taken, closing, *here, asked)
                _take(step, by=by, at=at)
                one.done = [change for change in one.changes if change["code"] in taken]
                counts["amended"] += 1
        RowMatch.objects.bulk_update(matches, ["done"], batch_size=_CHUNK)
    _outcomes(ledger)
    counts["gone"] = _say_gone(ledger, by, at)
    return counts


def _parts(ledger: LedgerImport) -> Iterator[tuple[list[RowMatch], dict[int, Problem]]]:
    """Matches with something to decide, and their problems as they are now, in pieces."""
    wanted = ledger.matches.filter(kind__in=VERDICTS, row__verdict__in=VERDICTS).order_by("pk")
    ids = list(wanted.values_list("pk", flat=True))
    for start in range(0, len(ids), _CHUNK):
        matches = list(wanted.filter(pk__in=ids[start : start + _CHUNK]).select_related("row"))
        problems = Problem.objects.select_related("unit", "lead", "supervisor", "rule_pack")
        known = problems.prefetch_related("measures__owner", "assisting")
        yield matches, known.in_bulk([one.problem_id for one in matches])


def _refuse_moved(ledger: LedgerImport, matches: list[RowMatch], problems: dict[int, Problem]) -> None:
    """What nobody looked at is not overwritten: a value that has changed since the comparison stops the import."""
    moved = []
    for one in matches:
        problem = problems[one.problem_id]
        if problem.version == one.seen_version:
            continue
        now = ours(problem)
        taken = taken_codes(ledger.wishes, one.problem_id, one.changes)
        for change in one.changes:
            here = now.get(change["code"])
            if change["code"] in taken and here is not None and here.shown != change["ours"]:
                moved.append(problem.number)
                break
    if moved:
        said = "、".join(moved[:5]) + ("等" if len(moved) > 5 else "")
        raise Refused(f"对照以后有 {len(moved)} 件又变过：{said}", "重新对照，看过再导入")


def _fresh(ledger: LedgerImport, row: LedgerRow, names: Names, closing: bool) -> OldRow:
    return old_row(
        row.values,
        row.guessed,
        key=row.origin_key,
        unit=names.units.get(text(row.values, "unit_id"), ledger.home),
        people=names.people,
        units=names.units,
        title="",
        has_closure_column=closing,
    )


@dataclass(slots=True)
class _Step:
    """One problem with its newer row: what was decided to be taken of it."""

    ledger: LedgerImport
    row: LedgerRow
    problem: Problem
    fresh: OldRow
    taken: set[str]
    closing: bool
    moved: bool
    worked: bool
    asked: set[str]

    @property
    def ends(self) -> bool:
        """Whether the newer row's word on the end is taken at all."""
        return bool(self.taken & {"closed_state", "done_at", "verified_at", "progress"})


def _take(step: _Step, *, by: Actor, at: datetime) -> None:
    columns, extras = _columns(step), _extras(step)
    state = _new_state(step)
    if state is None and "progress" in step.taken:
        columns["progress"] = step.fresh.details["progress"]
    amendment = Amendment(
        columns,
        extras,
        step.fresh.measures if "measure" in step.taken or _follows(step) else None,
        step.fresh.assisting if "assist_units" in step.taken else None,
        {code: why for code, why in step.fresh.details["guessed"].items() if code in step.taken},
    )
    reason = of_row(step.ledger.filename, step.row.sheet, step.row.source_row)
    if amendment.fields:
        amend(problem=step.problem, amendment=amendment, reason=reason, by=by, at=at, worked=step.worked)
    if state is not None:
        stated = step.fresh.stated
        if state != states.CLOSED:
            stated = replace(stated, closed=False)
        progress = step.fresh.details["progress"]
        restate(problem=step.problem, state=state, progress=progress, stated=stated, by=by, at=at)


def _follows(step: _Step) -> bool:
    """A measure's own day, owner and standard go with those of the problem, while nobody has touched them here."""
    if step.worked or "measure" in step.asked or not step.taken & {"due", "person", "result_standard"}:
        return False
    held = [one.text for one in sorted(step.problem.measures.all(), key=lambda one: one.order)]
    return (
        bool(held) and held == [draft.text for draft in step.fresh.measures] and not is_proven(step.problem)
    )


def _new_state(step: _Step) -> str | None:
    """The state this row puts the problem into; None where nothing moves or the loop has taken over."""
    problem, fresh = step.problem, step.fresh
    if not step.ends or step.moved or not problem.taken_over or problem.closed_by_id or problem.round > 1:
        return None
    decides = "closed_state" in step.taken or (not step.closing and "progress" in step.taken)
    closed = fresh.stated.closed if decides else not problem.is_open
    state = state_of(replace(fresh, stated=replace(fresh.stated, closed=closed)))
    day = fresh.stated.closed_on if closed else None
    return state if state != problem.closure or day != problem.stated_closed_on else None


def _columns(step: _Step) -> dict[str, Any]:
    fresh, taken = step.fresh, step.taken
    found: dict[str, Any] = {
        _COLUMNS[code]: fresh.details.get(_COLUMNS[code]) for code in taken if code in _COLUMNS
    }
    for code, name, value in (
        ("statement", "statement", fresh.statement.strip()),
        ("found_at", "found_on", fresh.found_on),
        ("due", "due_on", fresh.due_on),
        ("grade", "grade", fresh.details["grade"]),
        ("unit", "unit", fresh.unit),
        ("unit", "unit_text", fresh.details["unit_text"]),
        ("person", "lead", fresh.details["lead"]),
        ("person", "lead_text", fresh.details["lead_text"]),
    ):
        if code in taken:
            found[name] = value
    return found


def _extras(step: _Step) -> dict[str, str]:
    """Words kept beside the columns: of what has no column, and of what is too long for its own."""
    now, before = step.fresh.details["extras"], step.problem.extras
    labels: set[str] = set()
    for code in step.taken:
        if code.startswith(KEPT_):
            labels.add(code.removeprefix(KEPT_))
        elif code not in _COLUMNS:
            labels.add(label_of(code))
        labels.add(whole(RAW.get(code) or label_of(code)))
    if step.taken & {"unit", "assist_units"}:
        labels |= {UNIT_ROLES, ASSIST_RAW}
    labels |= {GRADE_RAW} if "grade" in step.taken else set()
    labels |= {label_of("due_text")} if "due" in step.taken else set()
    found = {label: now.get(label, "") for label in labels if now.get(label, "") != before.get(label, "")}
    if "done_at" in step.taken and step.problem.is_open:
        found[label_of("done_at")] = text(step.row.values, "done_at")
    return found


def _outcomes(ledger: LedgerImport) -> None:
    """Every row of a known problem finds it, whether something was taken of it or not."""
    mine = RowMatch.objects.filter(row=OuterRef("pk")).values("problem")
    known = ledger.rows.filter(verdict__in=(*VERDICTS, "present"), matches__isnull=False)
    rows = LedgerRow.objects.filter(pk__in=known.values("pk"))
    rows.update(outcome=LedgerRow.Outcome.PRESENT, problem=Subquery(mine[:1]))
    taken = ledger.matches.exclude(done=[]).filter(row__isnull=False).values("row")
    LedgerRow.objects.filter(pk__in=taken).update(outcome=LedgerRow.Outcome.UPDATED)


def _say_gone(ledger: LedgerImport, by: Actor, at: datetime) -> int:
    """Problems the newer version leaves out stay; who knows why has said so, and the thread keeps it."""
    reasons = gone_reasons(ledger.wishes)
    matches = list(ledger.matches.filter(kind=Kind.GONE, problem__in=list(reasons)).select_related("problem"))
    for one in matches:
        reason = gone_from(ledger.filename, reasons[one.problem_id])
        comment(problem=one.problem, text=reason, by=by, at=at)
        one.done = [{"code": "gone", "label": "", "old": "", "new": reasons[one.problem_id], "ours": ""}]
    RowMatch.objects.bulk_update(matches, ["done"], batch_size=_CHUNK)
    return len(matches)
