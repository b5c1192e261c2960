"""A day somebody wrote down: not before what it follows, not in the future."""

from __future__ import annotations

from datetime import date, datetime

from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused


def check_day(*, on: date, since: date | None, what: str, at: datetime) -> None:
    """Raises Refused at the field `on`. `what` names what the day may not come before."""
    if on > local_day(at):
        raise Refused("日期在今天以后", "办完当天再记", field="on")
    if since is not None and on < since:
        raise Refused(f"早于{what}（{since:%Y-%m-%d}）", "核对日期", field="on")
