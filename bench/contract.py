"""What a figure is. A file in `bench/figures/` holds `FIGURES = (Figure(...), …)`; growth adds files."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from bench.place import PROBLEMS

#: the targets are promised for this many problems; ten times as many may take twice as long (issue 3)
PROMISED_FOR = 100_000


@dataclass(frozen=True)
class Figure:
    """`ours()` and `baseline()` return one number in `unit`; `target` is what 7-stack or an issue promises.

    The baseline does the same work the plainest way on the same machine in the same run: without it a number
    says more about the machine than about us. `better` is `less` (time, size) or `more` (rate). `grows` is
    False where the number of problems in the house has no part in it: its target is then never doubled.
    `late` figures change the house a lot (an import) and come after the others. `profiled` is the work that
    `--profile` looks at, where `ours` only waits for another process.
    """

    name: str
    what: str
    unit: str
    target: float
    ours: Callable[[], float]
    baseline: Callable[[], float] | None = None
    better: str = "less"
    grows: bool = True
    late: bool = False
    profiled: Callable[[], object] | None = None

    @property
    def limit(self) -> float:
        """The target at the size of this run."""
        if not self.grows or PROBLEMS <= PROMISED_FOR:
            return self.target
        return self.target * 2 if self.better == "less" else self.target / 2

    def holds(self, value: float) -> bool:
        return value <= self.limit if self.better == "less" else value >= self.limit


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


def seconds(work: Callable[[], object]) -> float:
    """One call, for work that takes seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
