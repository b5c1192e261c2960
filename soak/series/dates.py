"""Dates as nobody would write them: the reader answers, never breaks, and never invents a day that is not there."""

from __future__ import annotations

import random
from datetime import date, timedelta

from bihuan.kernel.dates import read_date
from soak.contract import Budget, Series

PIECES = (
    "2026", "二〇二六", "26", "年", "月", "日", "号", "3", "03", "三", "十二", "廿", "31", "底", "底前", "前", "初", "中旬",
    "上旬", "下旬", "本", "下", "上", "周", "星期", "五", "日", "季度", "半年", ".", "-", "/", "—", "至", "~", "、", " ",
    "　", "０", "９", "立行立改", "长期坚持", "持续推进", "即日", "完成", "已", "（", "）", "45593", "0", "-1", "999999999",
    "T08:00", "\n", "\u200b", "２０２６", "个", "工作日", "内", "天", "後", "之前", "A", "😀",
)  # fmt: skip
KINDS = {"day", "range", "immediate", "long_term", "month", "none"}


def judge(value: object, base: date, order: str) -> str:
    """The fault of one reading, or an empty string."""
    found = read_date(value, base=base, order=order)
    if found.kind not in KINDS:
        return f"{value!r}: kind {found.kind}"
    if found.start and found.end and found.start > found.end:
        return f"{value!r}: {found.start} after {found.end}"
    if found.kind in ("day", "range", "month") and not (found.start or found.end):
        return f"{value!r}: {found.kind} without a day"
    if found.guessed and not found.guess:
        return f"{value!r}: guessed without saying what"
    return ""


def written(chance: random.Random) -> object:
    if chance.random() < 0.1:
        return chance.choice(
            (chance.uniform(-1e6, 1e6), chance.randint(-(10**9), 10**9), float("nan"), None, True)
        )
    return "".join(chance.choices(PIECES, k=chance.randint(0, 8)))


def run(budget: Budget) -> None:
    for number in budget.numbers():
        chance = random.Random(number)
        base = date(2020, 1, 1) + timedelta(days=chance.randint(0, 4000))
        for _ in range(500):
            value, order = written(chance), chance.choice(("past", "future"))
            try:
                fault = judge(value, base, order)
            except Exception as problem:  # any exception is the fault that is looked for
                fault = f"{value!r}: {type(problem).__name__}: {problem}"
            if fault:
                budget.fault(number, fault)


SERIES = Series("dates", "乱写的日期", run)
