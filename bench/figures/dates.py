"""Reading a deadline column: it must never be what an import waits for."""

from __future__ import annotations

from datetime import date, datetime

from bench.contract import Figure, milliseconds
from bihuan.kernel.dates import read_date

BASE = date(2026, 9, 1)
WRITTEN = (
    "2024.10.28",
    "2024年10月28日",
    "10月底前",
    "3月9日",
    "下周五",
    "本月底",
    "45593",
    "立行立改",
    "长期坚持",
    "２０２６-０３-０１",
)


def _ours() -> float:
    def thousand() -> None:
        for number in range(1000):
            read_date(WRITTEN[number % len(WRITTEN)], base=BASE, order="future")

    return milliseconds(thousand, times=5, warm=1)


def _one_known_layout() -> float:
    def thousand() -> None:
        for _ in range(1000):
            datetime.strptime("2024-10-28", "%Y-%m-%d").date()

    return milliseconds(thousand, times=5, warm=1)


FIGURES = (Figure("dates", "读 1000 个写法各异的日期", "ms", 400, ours=_ours, baseline=_one_known_layout),)
