"""Filters of a list: each is a name in the address, a method of the queryset, a chip and a phrase."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.http import QueryDict

from bihuan.kernel.actor import Actor

from .spans import Span, read_span

MOST_VALUES = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """`words` is what the sentence says when it is more than the label (未销号 -> 尚未销号)."""

    value: str
    label: str
    words: str = ""


@dataclass(frozen=True)
class Filter:
    """Declares one filter.

    `name` is the key in the address and, unless `method` says otherwise, the method of the queryset that is
    called with the value: choice -> tuple[str, ...] (or str when not `multiple`), text -> str, date -> Span,
    flag -> True, number -> int. `choices` are (value, label) pairs, `Choice`s, or a callable of the actor.
    A long list is `lazy`: it is fetched when its chip is opened, and `labels(values)` names the chosen ones.
    `phrase` is what the sentence says, with {} for the value ("来自{}"); `more` puts it behind 更多条件;
    `hidden` filters have no form, they only come with an address (the rows behind a figure).
    """

    name: str
    label: str
    kind: str = "choice"
    choices: Iterable[Any] | Callable[[Actor], Iterable[Any]] = ()
    method: str = ""
    multiple: bool = True
    phrase: str = ""
    more: bool = False
    lazy: bool = False
    labels: Callable[[list[str]], Mapping[str, str]] | None = None
    hidden: bool = False

    def options(self, actor: Actor) -> list[Choice]:
        given = self.choices(actor) if callable(self.choices) else self.choices
        return [one if isinstance(one, Choice) else Choice(str(one[0]), one[1]) for one in given]


def _no_key(text: str) -> bool:
    """True for figures that no row's key can be, which a database would choke on: 99 digits, or a ²."""
    return text.isdigit() and not (text.isdecimal() and len(text) <= 18)


class Active:
    """One filter as this request has it: unset, set to a value, or set to something unreadable (`problem`)."""

    def __init__(self, filter: Filter, params: QueryDict, actor: Actor, today: date) -> None:
        self.filter = filter
        self.actor = actor
        self.problem = ""
        self.raw = self._raw(params)
        self.value: Any = None
        try:
            self.value = self._read(today) if self.raw else None
        except ValueError as wrong:
            self.problem = f"{filter.label}：{wrong}，没有按它筛选"
            self.raw = []

    def _raw(self, params: QueryDict) -> list[str]:
        given = (one.replace("\x00", "").strip() for one in params.getlist(self.filter.name))
        raw = [text for text in given if text and not (self.filter.lazy and _no_key(text))]
        if self.filter.kind == "date" and not raw:
            start, end = (params.get(f"{self.filter.name}.{side}", "").strip() for side in ("from", "to"))
            raw = [f"{start}..{end}"] if start or end else []
        return list(dict.fromkeys(raw))[:MOST_VALUES]

    def _read(self, today: date) -> Any:
        kind = self.filter.kind
        if kind == "date":
            return read_span(self.raw[0], today)
        if kind == "number":
            if not self.raw[0].isdecimal():
                raise ValueError(f"“{self.raw[0]}”不是数")
            return int(self.raw[0])
        if kind == "flag":
            return True
        if kind == "text":
            return self.raw[0][:100]
        return self._chosen()

    def _chosen(self) -> Any:
        if not self.filter.lazy:
            known = {choice.value for choice in self.options}
            self.raw = [value for value in self.raw if value in known]
            if not self.raw:
                raise ValueError("没有这个选项")
        return tuple(self.raw) if self.filter.multiple else self.raw[0]

    @property
    def on(self) -> bool:
        return self.value is not None

    @cached_property
    def options(self) -> list[Choice]:
        return self.filter.options(self.actor)

    def narrow(self, rows):
        """The queryset with this filter applied."""
        return getattr(rows, self.filter.method or self.filter.name)(self.value) if self.on else rows

    def _labels(self) -> list[str]:
        if self.filter.labels:
            named = self.filter.labels(self.raw)
            return [named.get(value, value) for value in self.raw]
        known = {choice.value: choice.label for choice in self.options}
        return [known.get(value, value) for value in self.raw]

    @cached_property
    def words(self) -> str:
        """The value for the chip: 炼铁厂、焦化厂等 4 个."""
        if not self.on:
            return ""
        if isinstance(self.value, Span):
            return self.value.words
        if self.filter.kind == "flag":
            return "是"
        if self.filter.kind != "choice":
            return str(self.value)
        labels = self._labels()
        return "、".join(labels) if len(labels) <= 2 else f"{'、'.join(labels[:2])}等 {len(labels)} 个"

    @cached_property
    def said(self) -> str:
        """The phrase for the sentence."""
        if self.filter.kind == "choice" and len(self.raw) == 1 and not self.filter.lazy:
            own = next((choice.words for choice in self.options if choice.value == self.raw[0]), "")
            if own:
                return own
        if self.filter.phrase:
            return self.filter.phrase.format(self.words)
        return self.filter.label if self.filter.kind == "flag" else f"{self.filter.label}{self.words}"

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """How the address says it."""
        return [(self.filter.name, value) for value in self.raw] if self.on else []

    @property
    def start_text(self) -> str:
        return self.value.start.isoformat() if isinstance(self.value, Span) and self.value.start else ""

    @property
    def end_text(self) -> str:
        return self.value.end.isoformat() if isinstance(self.value, Span) and self.value.end else ""
