"""The pages people live in: the list with filter and search, one problem, one step with its event."""

from __future__ import annotations

from itertools import count
from typing import Any

from bench.contract import Figure, milliseconds
from bench.place import house

_NUMBERS = count(1)


def _get(address: str) -> float:
    client = house().client()

    def once() -> None:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)

    return milliseconds(once, times=20)


def _plain_list(**narrow: Any) -> float:
    """The same fifty rows the usual way: count all, OFFSET into the middle, a query for every row's unit."""
    from bihuan.problems.models import Problem

    house()

    def once() -> None:
        rows = Problem.objects.filter(**narrow).order_by("-raised_at", "-id")
        middle = rows.count() // 2
        for row in rows[middle : middle + 50]:
            row.unit.name  # noqa: B018 the query is what is measured

    return milliseconds(once, times=20)


def _kilobytes() -> float:
    return len(house().client().get("/problems/").content) / 1024


def _bare_page() -> float:
    """A page of the frame alone: what any page costs before its own content."""
    return _get("/notices/")


def _some_problem() -> str:
    from bihuan.problems.models import Problem

    house()
    return f"/problems/{Problem.objects.open().order_by('id').first().number}/"


def _raised() -> Any:
    """A fresh problem that waits to be handed down."""
    from bihuan.problems.actions.raise_problem import raise_problem

    place = house()
    return raise_problem(
        source="daily_check", unit=place.world.unit("hot_mill"), statement=f"测量用第 {next(_NUMBERS)} 件",
        found_on=place.at.date(), by=place.by, at=place.at,
    )  # fmt: skip


def _step() -> float:
    from bihuan.problems.actions.assign import assign

    place = house()
    waiting = [_raised() for _ in range(25)]

    def once() -> None:
        assign(problem=waiting.pop(), lead=place.world.person("worker_a"), by=place.by, at=place.at)

    return milliseconds(once, times=20)


def _plain_step() -> float:
    """The row saved whole, and one line of history, without rules, guards or a check who was faster."""
    from django.db import transaction

    from bihuan.record.models import Event

    waiting = [_raised() for _ in range(25)]
    template = Event.objects.order_by("-id").first()

    def once() -> None:
        problem = waiting.pop()
        problem.closure = "assigned"
        with transaction.atomic():
            problem.save()
            template.pk, template.stream = None, f"plain:{problem.pk}"
            template.save(force_insert=True)

    return milliseconds(once, times=20)


FIGURES = (
    Figure("list", "台账第一页，五十行", "ms", 60, ours=lambda: _get("/problems/"), baseline=_plain_list),
    Figure("list-size", "台账第一页的大小", "KB", 80, ours=_kilobytes),
    Figure(
        "filter", "台账按环节和类别筛选", "ms", 60,
        ours=lambda: _get("/problems/?stage=open&category=起重&sort=due"),
        baseline=lambda: _plain_list(is_open=True, category__contains="起重"),
    ),
    Figure(
        "search", "台账搜“行车”，百件里有三件", "ms", 60,
        ours=lambda: _get("/problems/?q=行车"), baseline=lambda: _plain_list(statement__contains="行车"),
    ),
    Figure(
        "search-rare", "台账搜“磨煤机”，万件里有七件", "ms", 60,
        ours=lambda: _get("/problems/?q=磨煤机"), baseline=lambda: _plain_list(statement__contains="磨煤机"),
    ),
    Figure(
        "search-none", "台账搜“天车”，一件也没有", "ms", 60,
        ours=lambda: _get("/problems/?q=天车"), baseline=lambda: _plain_list(statement__contains="天车"),
    ),
    Figure("problem", "问题页", "ms", 25, ours=lambda: _get(_some_problem()), baseline=_bare_page),
    Figure("step", "下达一个问题，连同事件", "ms", 40, ours=_step, baseline=_plain_step),
)  # fmt: skip
