"""One line of 我要办的."""

from __future__ import annotations

from dataclasses import dataclass

from bihuan.kernel.clock import Clock


@dataclass(frozen=True, slots=True)
class Todo:
    """`url` is where the button leads, `page` where the text leads; `form` opens at the side."""

    verb: str
    label: str
    clock: Clock
    unit: str
    text: str
    url: str
    page: str
    form: bool = True
