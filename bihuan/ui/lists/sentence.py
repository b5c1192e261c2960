"""The one sentence above a list that says what is listed; the same sentence heads the export."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .paging import count_words


@dataclass(frozen=True, slots=True)
class Highlight:
    """A figure at the end of the sentence that opens its rows: 逾期 [4 件]."""

    words: str
    count: int
    url: str = ""
    tone: str = ""

    @property
    def count_words(self) -> str:
        """Counts are capped like that of the list itself."""
        return count_words(self.count)


@dataclass(frozen=True)
class Sentence:
    """现在列出 86 件：炼铁厂、焦化厂等 4 家，2026年7月以来发现，尚未销号，早到期的在前；逾期 4 件。"""

    count: int
    noun: str
    phrases: Sequence[str]
    order: str
    highlights: Sequence[Highlight] = field(default=())

    @property
    def count_words(self) -> str:
        return f"{count_words(self.count)} {self.noun}"

    @property
    def lead(self) -> str:
        return "现在列出" if self.phrases else "现在列出全部"

    @property
    def middle(self) -> str:
        """What follows the count, without the highlights."""
        if self.phrases:
            return "：" + "，".join([*self.phrases, self.order])
        return f"，{self.order}"

    @property
    def text(self) -> str:
        """The whole as plain text, for the head of an export."""
        tail = "".join(
            f"{'；' if i == 0 else '，'}{h.words} {h.count_words} {self.noun}"
            for i, h in enumerate(self.highlights)
        )
        return f"{self.lead} {self.count_words}{self.middle}{tail}。"
