"""What a series is. A file in `soak/series/` holds `SERIES = Series(...)`; growth adds files."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Budget:
    """How long a series may take and where it stands: a round has a number, the number is its seed."""

    seconds: float
    first: int = 1
    rounds: int = 0
    faults: list[str] = field(default_factory=list)
    started: float = field(default_factory=time.monotonic)
    #: under which conditions it ran, for the report
    note: str = ""

    def numbers(self) -> Iterator[int]:
        """Round after round until the time is over; at least one."""
        while self.rounds == 0 or time.monotonic() - self.started < self.seconds:
            number = self.first + self.rounds
            yield number
            self.rounds += 1

    def fault(self, number: int, text: str) -> None:
        """Keep what went wrong with the number that brings it back: `python -m soak NAME --round NUMBER`."""
        self.faults.append(f"round {number}: {text}")


@dataclass(frozen=True)
class Series:
    """`run(budget)` goes through `budget.numbers()` and reports to `budget.fault`."""

    name: str
    what: str
    run: Callable[[Budget], None]


class Place:
    """Where a series was left, so that the next run goes on instead of doing the same again."""

    def __init__(self, folder: Path, name: str) -> None:
        self.path = folder / f"{name}.json"

    def next_round(self) -> int:
        return int(json.loads(self.path.read_text())["next"]) if self.path.exists() else 1

    def keep(self, budget: Budget) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(json.dumps({"next": budget.first + budget.rounds}))
