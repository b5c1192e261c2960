"""The operations of the loop, in the order a programmer meets them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from bihuan.problems.actions.note_read import note_read
from bihuan.problems.forms.raising import usable_sources
from bihuan.problems.forms.table import PAGES
from bihuan.problems.reads import events_of, with_its_rows
from bihuan.ui.api import answers, number_in_path, router

from .files import ANY_FILE, fetch, keep
from .listing import problems
from .raising import raise_one
from .schemas import Done, FileKept, ProblemList, ProblemOut, Raised, SourceOut, StepOut
from .showing import steps_of, whole_of
from .steps import problem_for, step_operation

ROUTER = router("问题")
NUMBER = number_in_path()
WRITES = {"writes": True}


def problem(request: HttpRequest, number: str = NUMBER) -> dict[str, Any]:
    """一件问题：登记内容、措施、佐证、办理过程，现在能办哪些步骤、为什么不能。"""
    found = problem_for(request, number)
    note_read(problems=[found], by=request.actor, at=request.at, via="api")
    return whole_of(found, by=request.actor, at=request.at)


def steps(request: HttpRequest, number: str = NUMBER) -> list[dict[str, Any]]:
    """只问现在能办哪些步骤。"""
    found = problem_for(request, number)
    found = with_its_rows(found, events_of(found))
    return steps_of(found, by=request.actor, at=request.at)


def sources(request: HttpRequest) -> list[dict[str, str]]:
    """登记时能用的来源。"""
    return [{"code": code, "label": label} for code, label in usable_sources(request.actor)]


def _add(method: str, path: str, operation: Any, name: str, summary: str, **kwargs: Any) -> None:
    ROUTER.api_operation(
        [method], path, url_name=name, operation_id=f"{name}_{method.lower()}", summary=summary, **kwargs
    )(operation)


_add("GET", "/problems", problems, "problems", "台账", response=answers(ProblemList))
_add("POST", "/problems", raise_one, "problems", "登记问题", response=answers(Raised, status=201, **WRITES))
_add("GET", "/problems/{number}", problem, "problem", "一件问题", response=answers(ProblemOut))
_add("GET", "/problems/{number}/steps", steps, "steps", "能办的步骤", response=answers(list[StepOut]))
_add("GET", "/sources", sources, "sources", "来源", response=answers(list[SourceOut]))
_add("POST", "/files", keep, "files", "传文件", response=answers(FileKept, status=201, **WRITES))
_add(
    "GET",
    "/problems/{number}/files/{pk}",
    fetch,
    "file",
    "下载文件",
    response=answers(None),
    openapi_extra=ANY_FILE,
)
for _page in PAGES:
    _add(
        "POST",
        f"/problems/{{number}}/{_page.noun}",
        step_operation(_page),
        _page.noun,
        _page.label,
        response=answers(Done, **WRITES),
    )
