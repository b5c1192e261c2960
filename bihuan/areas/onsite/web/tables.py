"""Lists of one task: the ledgers of its daily work."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Self

from django.http import HttpRequest

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite import states
from bihuan.areas.onsite.access import Standing
from bihuan.ui import parts
from bihuan.ui.lists import ListPage

#: how a state looks: (tone, icon)
_LOOKS = {
    states.ASKED: ("soon", "clock"),
    states.ANSWERED: ("busy", "mail"),
    states.HELD: ("busy", "archive"),
    states.RETURNED: ("good", "circle-check"),
    states.SETTLED: ("good", "circle-check"),
    states.WITHDRAWN: ("calm", "ban"),
    states.WRITTEN: ("calm", "pencil"),
    states.ISSUED: ("soon", "send"),
    states.SIGNED: ("good", "signature"),
    states.SUBMITTED: ("busy", "send"),
    states.HEARD: ("good", "circle-check"),
}


class TaskList(ListPage):
    """A list within one task, for a reader who stands to it as `standing`."""

    template = "onsite/task_list.html"
    task: Task
    standing: Standing

    @classmethod
    def at_task(cls, request: HttpRequest, task: Task, standing: Standing) -> Self:
        page = cls(actor=request.actor, at=request.at, params=request.GET, path=request.path)  # type: ignore[attr-defined]
        page.task, page.standing = task, standing
        return page


def looks(table: Iterable[tuple[str, str]]) -> dict[str, tuple[str, str, str]]:
    """For the tag `state_badge`: code -> word, tone, icon."""
    return {code: (label, *_LOOKS[code]) for code, label in table}


def state_cell(table: Iterable[tuple[str, str]]) -> Callable[[Any, Any], Any]:
    """A state, red where what was asked is overdue."""
    known = looks(table)

    def cell(row: Any, page: Any) -> Any:
        word, tone, icon = known[row.state]
        if row.state == states.ASKED and row.due_on < page.today:
            days = (page.today - row.due_on).days
            word, tone, icon = f"逾期 {days} 天", "late", "alert-circle"
        return parts.state(word, tone, icon)

    return cell
