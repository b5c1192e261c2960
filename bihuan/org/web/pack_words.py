"""Rule packs as a page shows them: in words, with who confirmed what, and what changed between versions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bihuan.kernel.calendar import DAY_TYPE_LABELS, WORKING_DAYS
from bihuan.kernel.rules import CERTAINTY_LABELS, RuleValue
from bihuan.org.models import PackVersion, RuleConfirmation
from bihuan.org.reads import values_of

_TONES = {"H": "good", "M": "busy", "L": "soon", "memory": "soon"}
_ICONS = {"H": "circle-check", "M": "eye-check", "L": "help-circle", "memory": "help-circle"}
_GRADES = {"general": "一般", "serious": "较大", "major": "重大"}
_TO = {"owner": "发责任人", "head": "发单位负责人", "leader": "发分管领导", "supervisor": "发督办部门"}
_COLOURS = {"blue": "蓝", "yellow": "黄", "orange": "橙", "red": "红"}
_WHEN = {"before": "整改前", "after": "整改后"}


@dataclass(frozen=True, slots=True)
class PackRow:
    rule: RuleValue
    words: str
    certainty: str
    tone: str
    icon: str
    confirmation: RuleConfirmation | None

    @property
    def open(self) -> bool:
        """Nobody stands for it yet."""
        return self.rule.certainty != "H" and self.confirmation is None


def in_words(rule: RuleValue) -> str:
    """`15 天，自下达起` · `7、3、1、0 天前`."""
    amount = _plain(rule.value)
    if isinstance(rule.value, list) and rule.value and isinstance(rule.value[0], dict):
        return f"{amount}，自{rule.start_event or '期限'}起"
    unit = f" {rule.unit}" if rule.unit and rule.unit != "%" else rule.unit
    start = f"，自{rule.start_event}起" if rule.start_event and rule.day_type else ""
    return f"{amount}{unit}{start}"


def _plain(value: Any) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "，".join(_step(row) for row in value)
    if isinstance(value, list):
        return "、".join(_GRADES.get(str(one), str(one)) for one in value) or "无"
    if isinstance(value, dict):
        return "，".join(f"{_WHEN.get(key, key)} {one}" for key, one in value.items())
    return str(value)


def _step(row: dict[str, Any]) -> str:
    """提醒 1 个工作日（发责任人） · 预警 15 个工作日（发单位负责人，橙，签发后发出）."""
    notes = [_TO.get(row.get("to", ""), ""), _COLOURS.get(row.get("colour", ""), "")]
    notes += ["签发后发出"] if row.get("release") else []
    said = "，".join(note for note in notes if note)
    days = DAY_TYPE_LABELS.get(row.get("day_type", ""), DAY_TYPE_LABELS[WORKING_DAYS])
    return f"{row['label']} {row['after_days']} {days.strip()}" + (f"（{said}）" if said else "")


def pack_table(version: PackVersion) -> list[PackRow]:
    """Every value of a version. Two queries."""
    confirmed = {c.key: c for c in version.confirmations.select_related("confirmed_by")}
    return [
        PackRow(
            rule,
            in_words(rule),
            CERTAINTY_LABELS[rule.certainty],
            _TONES[rule.certainty],
            _ICONS[rule.certainty],
            confirmed.get(rule.key),
        )
        for rule in values_of(version).values()
    ]


@dataclass(frozen=True, slots=True)
class ShelfRow:
    """`state` is in force, to come, or past; `waiting` counts values nobody stands for."""

    version: PackVersion
    state: str
    tone: str
    count: int
    waiting: int


def pack_shelf(day: date) -> list[tuple[str, list[ShelfRow]]]:
    """(title, versions newest first) of every pack."""
    rows: dict[str, list[ShelfRow]] = {}
    force: set[str] = set()
    for version in PackVersion.objects.order_by("pack", "-effective_from", "-id").prefetch_related(
        "confirmations"
    ):
        ended = version.effective_to is not None and version.effective_to < day
        if version.effective_from > day:
            state, tone = "还没生效", "calm"
        elif ended or version.pack in force:
            state, tone = "历史版本", "calm"
        else:
            state, tone = "现行", "good"
            force.add(version.pack)
        confirmed = {c.key for c in version.confirmations.all()}
        waiting = sum(v["certainty"] != "H" and v["key"] not in confirmed for v in version.values)
        rows.setdefault(version.title, []).append(
            ShelfRow(version, state, tone, len(version.values), waiting)
        )
    return list(rows.items())


def changes_between(older: PackVersion, newer: PackVersion) -> list[tuple[str, str, str]]:
    """(label, before, after) of every rule that differs; an empty side where it did not exist."""
    pairs = values_of(newer).changes_from(values_of(older))
    return [
        ((after or before).label, in_words(before) if before else "", in_words(after) if after else "")
        for before, after in pairs
    ]
