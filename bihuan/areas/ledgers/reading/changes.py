"""What became of each value of a row: the last version of a ledger, this one, and what stands here. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from .facets import EMPTY, Facet

SAME, CHANGED, CONFLICT = "same", "changed", "conflict"
#: what a problem always has
_ALWAYS = frozenset(("unit", "grade"))


@dataclass(frozen=True, slots=True)
class Change:
    """One value of a problem: what the last version said, what this one says, what stands here now.

    `kind` is changed or conflict (it was changed here, too, and differently).
    """

    code: str
    old: Facet
    new: Facet
    ours: Facet
    kind: str


def compare(
    base: dict[str, Facet], new: dict[str, Facet], ours: dict[str, Facet], *, fields: Sequence[str] = ()
) -> list[Change]:
    """What the newer row changes. A value the newer file has no column for is not touched.

    A value that was never in a ledger before is new where nothing stands here, and a conflict where something else
    does. What was changed here and not in the ledger stays, and is no change. Nor is the same value under another
    name, nor an empty cell where a problem always has a value.
    """
    found = []
    renamed = _renamed(base, new)
    for code, value in new.items():
        if (fields and code not in fields) or code in renamed or _says_nothing(code, base.get(code), value):
            continue
        kind = _kind(base.get(code), value, ours.get(code))
        if kind != SAME:
            here = ours.get(code)
            found.append(
                Change(code, base.get(code, here or EMPTY), value, here or base.get(code, EMPTY), kind)
            )
    return found


def _renamed(base: dict[str, Facet], new: dict[str, Facet]) -> set[str]:
    """Codes that only the newer file says, with words the older one said under a name that is gone: the column was
    called otherwise, or understood otherwise (整改要求 and 整改措施)."""
    gone: dict[str, list[str]] = defaultdict(list)
    for code, facet in base.items():
        if code not in new and not facet.empty:
            gone[facet.norm].append(code)
    found = set()
    for code, value in new.items():
        if base.get(code, EMPTY).empty and gone.get(value.norm):
            gone[value.norm].pop()
            found.add(code)
    return found


def _says_nothing(code: str, base: Facet | None, new: Facet) -> bool:
    """An empty cell sends no problem to another unit and takes no grade away; 未开始 is what an empty state means."""
    if code == "progress" and base is not None:
        return {base.norm, new.norm} <= {"", "not_started"}
    return code in _ALWAYS and new.empty


def _kind(base: Facet | None, new: Facet, ours: Facet | None) -> str:
    if base is not None and base.same(new):
        return SAME
    if ours is not None and ours.same(new):
        return SAME
    if base is None:
        nothing = ours is None or ours.empty
        return SAME if nothing and new.empty else CHANGED if nothing else CONFLICT
    return CHANGED if ours is None or ours.same(base) else CONFLICT
