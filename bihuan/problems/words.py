"""Sentences that become data: kept with a problem, so they stand in one place."""

from __future__ import annotations

from datetime import date

GIVEN_ON_ASSIGNMENT = "下达时指定"
GIVEN_ON_REOPENING = "重新打开时指定"
LONG_TERM = "长期坚持，按阶段目标检查"
FROM_LEDGER = "原台账载明"


def by_rule(start: str, amount: str, pack: object, due: date, latest: date) -> str:
    """Where a deadline comes from, for the panel 期限是怎么来的."""
    later = f"，逢休息日，最迟 {latest:%Y-%m-%d}" if latest != due else ""
    return f"{start}之日起 {amount}{later}（{pack}）"


def extended(new: date, times: int) -> str:
    return f"准予延期至 {new:%Y-%m-%d}（第 {times} 次）"
