"""Schemes of evaluation as they ship, and what deductions come to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from bihuan.areas.outcome.models import Deduction, Feedback

from .clock import concentrated_end
from .clock_days import day_of

_SHIPPED = Path(__file__).resolve().parent.parent / "schemes"


@cache
def _read(code: str) -> str:
    return (_SHIPPED / f"{code}.json").read_text(encoding="utf-8")


def scheme_of(code: str) -> dict[str, Any]:
    """The scheme as it ships now, anew each time: it is kept with each evaluation."""
    return json.loads(_read(code))


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator with what was taken off, never more than it has."""

    code: str
    title: str
    looks: str
    points: Decimal
    waits: str
    deductions: list[Deduction]

    @property
    def left(self) -> Decimal:
        return max(Decimal(0), self.points - sum((one.points for one in self.deductions), Decimal(0)))


def indicators_in(scheme: Mapping[str, Any], deductions: Iterable[Deduction]) -> list[Indicator]:
    rows = list(deductions)
    return [
        Indicator(
            one["code"], one["title"], one["looks"], Decimal(one["points"]), one.get("waits", ""),
            [row for row in rows if row.indicator == one["code"]],
        )
        for one in scheme["indicators"]
    ]  # fmt: skip


def score_in(indicators: Iterable[Indicator]) -> Decimal:
    return sum((one.left for one in indicators), Decimal(0))


def grade_in(scheme: Mapping[str, Any], score: Decimal) -> str:
    """The first grade whose line the score reaches; lines go down, and the last is nought."""
    return next(one["title"] for one in scheme["grades"] if score >= one["from"])


def window_of(feedback: Feedback) -> tuple[date, date | None]:
    """From the end of the concentrated period to the last day the pack gives, or None where it gives none."""
    last = day_of(feedback, "evaluation")
    return concentrated_end(feedback), last.latest_on if last else None
