"""Drawing by lot so that anybody can draw again, and who may look at what was drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from math import ceil

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.rules import Pack
from bihuan.kernel.verdict import Verdict
from bihuan.problems.models import LookbackDraw

RECHECK = "problem.recheck"


@dataclass(frozen=True, slots=True)
class DrawRule:
    """The numbers of a rule pack: days after closing, share in percent, most per draw, days to look."""

    after_days: int
    share: int
    most: int
    due_amount: int
    due_day_type: str

    @classmethod
    def of(cls, pack: Pack) -> DrawRule:
        """What an older pack does not say is what the shipped one writes down."""
        due = pack.get("recheck.due")
        return cls(
            after_days=int(pack.value("recheck.after_days", 60)),
            share=min(max(int(pack.value("recheck.share", 20)), 0), 100),
            most=max(int(pack.value("recheck.most", 50)), 0),
            due_amount=int(due.value) if due else 10,
            due_day_type=(due.day_type if due else "") or "working_days",
        )

    def size(self, pool: int) -> int:
        """How many of a pool are drawn: the share, rounded up, and not more than can be looked at."""
        return min(ceil(pool * self.share / 100), self.most)


def draw(numbers: Iterable[str], seed: str, count: int) -> list[str]:
    """The first `count` of the numbers in the order of sha256("<seed>:<number>"), smallest first.

    No generator of any language is in it: whoever has the list and the seed gets the same with sha256sum.
    """
    return sorted(numbers, key=lambda number: (lot(seed, number), number))[:count]


def lot(seed: str, number: str) -> str:
    return sha256(f"{seed}:{number}".encode()).hexdigest()


def fingerprint(numbers: Sequence[str]) -> str:
    """The sha256 of the pool as a text file of one number a line."""
    return sha256("".join(f"{number}\n" for number in numbers).encode()).hexdigest()


def may_draw(by: Actor) -> Verdict:
    """追加抽查: whoever arranges look-backs."""
    if by.is_system or by.may(RECHECK):
        return Verdict.yes()
    return Verdict.not_yours("只有安排回头看的部门能抽查")


def drawn_this_month(at: datetime) -> bool:
    return LookbackDraw.objects.filter(month=month_of(at), kind=LookbackDraw.Kind.MONTHLY).exists()


def month_of(at: datetime) -> str:
    return f"{local_day(at):%Y-%m}"
