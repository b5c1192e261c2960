"""What a person corrected in one import, as kept in JSON, and as the reading takes it.

`{"columns": {"3": "due"}, "header_rows": {"Sheet1": [2, 3]}, "use": {"封面": false},
  "cells": [["Sheet1", 6, 7, "2026年9月30日"]], "skip": [["Sheet1", 57]],
  "paragraphs": {"27": "problem" | "not" | "more"},
  "units": {"机修": "12" | "new" | "home"}, "people": {"孟工": "7" | "new" | "text"},
  "previous": "31" | "none", "memory": "none",
  "changes": {"<problem>": {"due": "new" | "ours"}}, "gone": {"<problem>": "合并到别的项"}}`
"""

from __future__ import annotations

from typing import Any

from .reading.read import Overrides

NEW, HOME, TEXT = "new", "home", "text"
#: as `previous`: a person said that this is a ledger of its own
NO_FORMER = "none"
#: as `memory`: a person does without the remembered mapping in this import
NO_MEMORY = "none"
THEIRS, OURS = "new", "ours"


def overrides(wishes: dict[str, Any]) -> Overrides:
    """The part of the wishes that the reading itself follows."""
    return Overrides(
        columns={int(index): code for index, code in wishes.get("columns", {}).items()},
        header_rows={
            sheet: [int(row) for row in rows] for sheet, rows in wishes.get("header_rows", {}).items()
        },
        use=dict(wishes.get("use", {})),
        cells={(sheet, int(row), int(column)): text for sheet, row, column, text in wishes.get("cells", [])},
        skip=frozenset((sheet, int(row)) for sheet, row in wishes.get("skip", [])),
        paragraphs=dict(wishes.get("paragraphs", {})),
    )


def with_cell(wishes: dict[str, Any], sheet: str, row: int, column: int, text: str) -> dict[str, Any]:
    """The wishes with one cell corrected; a later correction of the same cell replaces the earlier."""
    kept = [cell for cell in wishes.get("cells", []) if cell[:3] != [sheet, row, column]]
    return {**wishes, "cells": [*kept, [sheet, row, column, text]]}


def with_skipped(wishes: dict[str, Any], rows: list[tuple[str, int]], *, skip: bool = True) -> dict[str, Any]:
    """The wishes with these rows left out, or taken back in."""
    kept = [pair for pair in wishes.get("skip", []) if tuple(pair) not in set(rows)]
    return {**wishes, "skip": [*kept, *([list(row) for row in rows] if skip else [])]}


def with_names(wishes: dict[str, Any], kind: str, chosen: dict[str, str]) -> dict[str, Any]:
    """The wishes with names of `units` or `people` decided."""
    return {**wishes, kind: {**wishes.get(kind, {}), **chosen}}


def with_paragraph(wishes: dict[str, Any], address: str, kind: str) -> dict[str, Any]:
    """The wishes with one paragraph of a notice decided; an empty kind takes the decision back."""
    kept = {key: value for key, value in wishes.get("paragraphs", {}).items() if key != address}
    return {**wishes, "paragraphs": {**kept, **({address: kind} if kind else {})}}


def with_column(wishes: dict[str, Any], index: int, code: str) -> dict[str, Any]:
    return {**wishes, "columns": {**wishes.get("columns", {}), str(index): code}}


def taken_codes(wishes: dict[str, Any], problem_id: int, changes: list[dict[str, Any]]) -> set[str]:
    """Which changes of a known problem are taken. Undecided, a change is; where it was changed here, too, what
    stands here stays. Against a rule of the loop (`why`) nobody decides.
    """
    decided = wishes.get("changes", {}).get(str(problem_id), {})
    return {
        change["code"]
        for change in changes
        if not change["why"] and decided.get(change["code"], OURS if change["conflict"] else THEIRS) == THEIRS
    }


def with_decisions(wishes: dict[str, Any], problem_id: int, chosen: dict[str, str]) -> dict[str, Any]:
    """The wishes with changes of one problem decided: code → THEIRS or OURS."""
    held = wishes.get("changes", {})
    mine = {**held.get(str(problem_id), {}), **chosen}
    return {**wishes, "changes": {**held, str(problem_id): mine}}


def with_gone(wishes: dict[str, Any], reasons: dict[int, str]) -> dict[str, Any]:
    """The wishes with the reasons why problems are no longer listed; an empty one takes a reason back."""
    held = {**wishes.get("gone", {}), **{str(pk): reason for pk, reason in reasons.items()}}
    return {**wishes, "gone": {pk: reason for pk, reason in held.items() if reason}}


def gone_reasons(wishes: dict[str, Any]) -> dict[int, str]:
    return {int(pk): reason for pk, reason in wishes.get("gone", {}).items()}


def carried_names(
    wishes: dict[str, Any], former: dict[str, Any], waiting: dict[str, Any]
) -> dict[str, Any] | None:
    """The wishes with what was decided about names in the last version, where this one waits for it again.

    What was created then is found by its name now. None when there is nothing to carry over.
    """
    carried = wishes
    for kind in ("units", "people"):
        known = wishes.get(kind, {})
        same = {
            name: chosen
            for name, chosen in former.get(kind, {}).items()
            if name in waiting.get(kind, {}) and name not in known and chosen != NEW
        }
        carried = with_names(carried, kind, same) if same else carried
    return None if carried is wishes else carried
