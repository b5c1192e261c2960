"""The matrix as rows, who holds which body, and the lines an office edits it as."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import Q
from django.urls import reverse

from bihuan.areas.inspection.models import ScopeOrg
from bihuan.areas.inspection.reads import term_on
from bihuan.areas.joint import states, words
from bihuan.areas.joint.models import BodyHolder, Matrix
from bihuan.kernel.refused import Invalid
from bihuan.org.models import Unit
from bihuan.org.reads import people_who

_SHIPPED = Path(__file__).parent.parent / "matrices" / "leading_group.json"
_LABELS, _PARTS = dict(words.BODIES), dict(words.PARTS)
_BODY_CODES = {label: code for code, label in words.BODIES}
_PART_CODES = {label: code for code, label in words.PARTS}


@dataclass(frozen=True, slots=True)
class Holder:
    """One of the seven kinds of bodies and who it is in this house. `said` is for bodies that are not mapped by hand."""

    code: str
    label: str
    rows: tuple[BodyHolder, ...]
    said: str = ""
    url: str = ""


def shipped() -> dict[str, Any]:
    """The matrix that comes with the product: a sample to be checked, with the source of every line."""
    return json.loads(_SHIPPED.read_text("utf-8"))


def matrix_on(day: date) -> Matrix | None:
    """The version in force: the newest that has begun."""
    return Matrix.objects.filter(from_day__lte=day).order_by("-from_day", "-number").first()


def matrix_rows(duties: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Per duty a cell for each body; `first` marks the first duty of a stage."""
    stage, rows = "", []
    for duty in duties:
        cells = [(code, _PARTS.get(duty["parts"].get(code, ""), "")) for code, _ in words.BODIES]
        rows.append(
            {**duty, "cells": cells, "first": duty["stage"] != stage, "sure": duty["certainty"] == "H"}
        )
        stage = duty["stage"]
    return rows


def holders_on(day: date) -> list[Holder]:
    """Five queries. The leading group is whoever decides; the inspected are those in scope of the present term."""
    standing = BodyHolder.objects.filter(Q(to_day=None) | Q(to_day__gt=day), from_day__lte=day)
    rows = list(standing.select_related("unit", "org").order_by("pk"))
    root = Unit.objects.filter(parent=None).first()
    leaders = people_who(states.DECIDE, root.path or "", day=day) if root else []
    term = term_on(day)
    inside = ScopeOrg.objects.filter(term=term).standing(day).count() if term else 0
    said = {
        "leading_group": ("、".join(person.name for person in leaders), ""),
        "inspected": (words.inspected(inside) if inside else "", reverse("inspection:coverage")),
    }
    return [
        Holder(code, label, tuple(row for row in rows if row.body == code), *said.get(code, ("", "")))
        for code, label in words.BODIES
    ]


def spelled(duties: Sequence[dict[str, Any]]) -> str:
    """The matrix as lines to edit: 阶段|职责|巡察办=牵头，党委=审定|来源|H."""
    return "\n".join(
        "|".join(
            (
                duty["stage"],
                duty["title"],
                "，".join(f"{_LABELS[body]}={_PARTS[part]}" for body, part in duty["parts"].items()),
                duty["source"],
                duty["certainty"],
            )
        )
        for duty in duties
    )


def unspelled(text: str) -> list[dict[str, Any]]:
    """The lines read back. Raises Invalid with the first that cannot be read."""
    duties = []
    for number, line in enumerate((one for one in text.splitlines() if one.strip()), 1):
        cells = [cell.strip() for cell in line.replace("｜", "|").split("|")]
        if len(cells) != 5:
            raise Invalid(
                f"第 {number} 行不是五段", "用竖线隔开：阶段|职责|谁=做什么|来源|可信度", field="duties"
            )
        stage, title, who, source, certainty = cells
        duties.append(
            {"stage": stage, "title": title, "parts": _parts(who, number), "source": source, "certainty": certainty}
        )  # fmt: skip
    return duties


def _parts(text: str, number: int) -> dict[str, str]:
    found = {}
    for pair in filter(None, (one.strip() for one in text.replace(",", "，").split("，"))):
        body, _, part = (side.strip() for side in pair.partition("="))
        if body not in _BODY_CODES or part not in _PART_CODES:
            known = "、".join(_PART_CODES)
            raise Invalid(
                f"第 {number} 行“{pair}”读不出来",
                f"等号前写七类主体之一，等号后写{known}之一",
                field="duties",
            )
        found[_BODY_CODES[body]] = _PART_CODES[part]
    return found
