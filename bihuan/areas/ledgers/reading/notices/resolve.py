"""Units and people of a notice against the organisation: a team named below a mill's heading is sought in that mill."""

from __future__ import annotations

import re
from typing import Any

from bihuan.areas.ledgers.reading.draft import Row
from bihuan.areas.ledgers.reading.match import Matcher
from bihuan.kernel.text import similarity

from .marks import heads
from .rows import HEADING, NO_UNIT, SAY_UNIT
from .words import bare

_ALIKE = 0.6

AS_WRITTEN = "责任单位（原文）"


class NoticeMatcher(Matcher):
    def match(self, row: Row) -> None:
        self._front(row)
        self._heading(row)
        self._party(row)
        self._narrow(row)
        self._match_unit(row, "unit", blocking=True)
        self._match_unit(row, "supervise_unit", blocking=False)
        self._match_assisting(row)
        for code in ("person", "leader", "verifier"):
            if f"{code}_id" not in row.values:
                self._match_person(row, code)

    def _narrow(self, row: Row) -> None:
        """A name that is not one unit of the organisation: within the heading's unit, or else that unit itself."""
        name, above = row.text("unit"), row.text("parent_unit")
        if not name or not above or len(self._find(name)) == 1:
            return
        inside = self._find(above + name)
        parent: list[Any] = self._find(above)
        if len(inside) == 1:
            row.values["unit"] = above + name
            row.guess("unit", name, inside[0].name, f"“{name}”写在{above}下面，对上“{inside[0].name}”")
        elif len(parent) == 1:
            row.values["unit"] = above
            kept = row.values.setdefault("kept", {})
            assert isinstance(kept, dict)
            kept[AS_WRITTEN] = name
            row.guess("unit", name, above, f"组织里没有哪一家就是“{name}”，归到标题里的“{above}”，原文保留")

    def _heading(self, row: Row) -> None:
        """`（二）一炼钢` names a unit only whoever knows the organisation recognises."""
        kept = row.values.get("kept")
        if row.text("unit") or not isinstance(kept, dict):
            return
        for title in reversed(str(kept.get(HEADING, "")).split(" / ")):
            name = bare(title[next((h.length for h in heads(title) if not h.weak), 0) :])
            found = self._find(name) if 2 <= len(name) <= 12 else []
            if len(found) == 1 and similarity(name, found[0].name) >= _ALIKE:
                row.values["unit"] = name
                row.problems = [problem for problem in row.problems if problem.code != "no_unit"]
                row.guess("unit", name, found[0].name, f"没有写责任单位，按标题“{name}”记到{found[0].name}")
                return

    def _party(self, row: Row) -> None:
        """A party committee or a leading team answers for its unit."""
        name = row.text("unit")
        bare = re.sub(r"(?:党委|党总支|党支部|领导班子|班子)$", "", name)
        if bare and bare != name and not self._find(name) and len(found := self._find(bare)) == 1:
            row.values["unit"] = bare
            kept = row.values.setdefault("kept", {})
            assert isinstance(kept, dict)
            kept[AS_WRITTEN] = name
            row.guess("unit", name, found[0].name, f"“{name}”记到{found[0].name}，原文保留")

    def _front(self, row: Row) -> None:
        """A unit taken from the front of the words counts only where the organisation has exactly one of it."""
        name = row.text("front_unit")
        if not name or row.text("unit") != name or len(self._find(name)) == 1:
            return
        del row.values["unit"]
        row.guessed = [guess for guess in row.guessed if guess.field != "unit"]
        row.problem("no_unit", "unit", NO_UNIT, SAY_UNIT)
