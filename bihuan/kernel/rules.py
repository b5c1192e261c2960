"""Numbers that come from documents: rule values, the deadlines they make, and packs of them.

A pack is a value: a new version is a new pack. Whoever uses one keeps its version, so nothing is recomputed
behind anybody's back when a document changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from bihuan.kernel.calendar import DAY_TYPE_LABELS, WorkCalendar

CERTAINTY_LABELS = {"H": "有原文", "M": "有转述", "L": "待核实", "memory": "凭记忆，待核实"}


@dataclass(frozen=True, slots=True)
class DueRule:
    """Base event + amount + day type; `roll_forward` if the document itself moves a rest day on."""

    event: str
    amount: int
    day_type: str
    roll_forward: bool = False

    def __post_init__(self) -> None:
        if self.day_type not in DAY_TYPE_LABELS:
            raise ValueError(f"unknown day type {self.day_type!r}")

    def due(self, base: date, calendar: WorkCalendar) -> date:
        """The deadline if the event happened on `base`, which is not counted itself."""
        day = calendar.add(base, self.amount, self.day_type)
        return calendar.actual_latest(day) if self.roll_forward else day

    def deadline(self, base: date, calendar: WorkCalendar) -> Deadline:
        """The deadline with how it came about, for the panel 期限是怎么来的."""
        due = self.due(base, calendar)
        return Deadline(base, due, calendar.actual_latest(due), self, calendar.knows(due))

    @property
    def words(self) -> str:
        return f"{self.amount} {DAY_TYPE_LABELS[self.day_type]}"


@dataclass(frozen=True, slots=True)
class Deadline:
    """`due` counts; `actual_latest` differs from it when `due` is a rest day and the rule does not roll.

    `certain` is False where the holiday table does not reach `due`.
    """

    base: date
    due: date
    actual_latest: date
    rule: DueRule
    certain: bool


@dataclass(frozen=True, slots=True)
class RuleValue:
    """One number of a document: `value` in `unit`, `source` names document and clause.

    `certainty` is H (text seen), M (quoted by others), L (doubtful) or memory. `start_event` and `day_type`
    are set where the value is a time limit.
    """

    key: str
    label: str
    value: Any
    unit: str
    source: str
    certainty: str
    start_event: str = ""
    day_type: str = ""

    def __post_init__(self) -> None:
        if self.certainty not in CERTAINTY_LABELS:
            raise ValueError(f"{self.key}: unknown certainty {self.certainty!r}")
        if self.day_type and self.day_type not in DAY_TYPE_LABELS:
            raise ValueError(f"{self.key}: unknown day type {self.day_type!r}")

    def due_rule(self, *, roll_forward: bool = False) -> DueRule:
        """The value as a time limit. ValueError if it has no day type or is not a whole number."""
        if not self.day_type or isinstance(self.value, bool) or not isinstance(self.value, int):
            raise ValueError(f"{self.key} is not a time limit")
        return DueRule(self.start_event, self.value, self.day_type, roll_forward)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


class Pack(Mapping[str, RuleValue]):
    """Rule values by key, in the order given. ValueError if a key occurs twice."""

    def __init__(self, values: Iterable[RuleValue] = ()) -> None:
        self._values: dict[str, RuleValue] = {}
        for value in values:
            if value.key in self._values:
                raise ValueError(f"rule {value.key} occurs twice")
            self._values[value.key] = value

    @classmethod
    def from_dicts(cls, rows: Iterable[Mapping[str, Any]]) -> Pack:
        """A pack as stored: rows of `RuleValue` fields. TypeError if a row has another field."""
        return cls(RuleValue(**row) for row in rows)

    def as_dicts(self) -> list[dict[str, Any]]:
        return [value.as_dict() for value in self._values.values()]

    def __getitem__(self, key: str) -> RuleValue:
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def value(self, key: str, default: Any = None) -> Any:
        """The bare value of a rule, `default` if the pack is silent."""
        rule = self._values.get(key)
        return default if rule is None else rule.value

    def replaced(self, *values: RuleValue) -> Pack:
        """A new pack in which these values take the place of their namesakes or are added at the end."""
        return Pack({**self._values, **{value.key: value for value in values}}.values())

    def changes_from(self, older: Pack) -> list[tuple[RuleValue | None, RuleValue | None]]:
        """(before, after) of every rule that differs, None where it did not exist: what a new version says."""
        keys = list(dict.fromkeys([*older, *self]))
        pairs = [(older.get(key), self.get(key)) for key in keys]
        return [(before, after) for before, after in pairs if before != after]
