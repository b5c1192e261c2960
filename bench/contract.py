"""What a figure is. A file in `bench/figures/` holds `FIGURES = (Figure(...), …)`; growth adds files."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """`ours()` and `baseline()` return one number in `unit`; `target` is what 7-stack or an issue promises.

    The baseline does the same work the plainest way on the same machine in the same run: without it a number
    says more about the machine than about us. `better` is `less` (time, size) or `more` (rate).
    """

    name: str
    what: str
    unit: str
    target: float
    ours: Callable[[], float]
    baseline: Callable[[], float] | None = None
    better: str = "less"

    def holds(self, value: float) -> bool:
        return value <= self.target if self.better == "less" else value >= self.target


def milliseconds(work: Callable[[], object], *, times: int = 30, warm: int = 3) -> float:
    """The median time of one call in ms, after warming up."""
    for _ in range(warm):
        work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)
