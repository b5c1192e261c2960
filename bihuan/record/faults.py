"""What a check of the record finds: one thing that is not as it was, named for an auditor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Say = Callable[[int, int, str], Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it was. `kind`: event, stream, seal, digest, file, database or fence; `where`
    names it."""

    kind: str
    where: str
    text: str
    #: so many events are not there
    missing: int = 0

    @property
    def line(self) -> str:
        # bytes that are no text were read as lone surrogates: no screen can show those
        return f"{self.where}：{self.text}".encode("utf-8", "backslashreplace").decode()


def event_named(event: Any) -> str:
    about = f"（{event.subject}）" if event.subject else ""
    return f"事件流 {event.stream}{about} 第 {event.seq} 条 {event.kind}"
