"""Many hands at once: each in its own thread, on its own connection, from one starting line."""

from __future__ import annotations

import inspect
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connections

PATIENCE_S = 60


@dataclass
class Outcome:
    """What one racer got: `value` when it finished, `error` when it was refused or broke."""

    value: Any = None
    error: BaseException | None = None

    @property
    def won(self) -> bool:
        return self.error is None


def run_race(calls: Callable[..., Any] | Sequence[Callable[..., Any]], *, times: int = 8) -> list[Outcome]:
    """Run the calls at the same moment and return their outcomes in order.

    Use only in tests with a real transaction per call (`transaction=True`): a racer on another connection
    does not see what an open test transaction has written.
    """
    runners = list(calls) if isinstance(calls, Sequence) else [calls] * times
    outcomes = [Outcome() for _ in runners]
    line = threading.Barrier(len(runners))

    def run(number: int, call: Callable[..., Any]) -> None:
        try:
            connections["default"].ensure_connection()
            line.wait(PATIENCE_S)
            outcomes[number].value = call(number) if inspect.signature(call).parameters else call()
        except BaseException as problem:  # the test judges it, a thread must not swallow it
            outcomes[number].error = problem
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair, daemon=True) for pair in enumerate(runners)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)
    if any(thread.is_alive() for thread in threads):
        raise TimeoutError(
            f"a racer did not come back within {PATIENCE_S} s: a deadlock or a lock held too long"
        )
    return outcomes
