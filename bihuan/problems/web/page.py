"""One problem: everything about it on one page, in the order people ask."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.problems import states
from bihuan.problems.lists import clock_of, look_of, source_label
from bihuan.problems.lists.telling import ISO, day_words
from bihuan.problems.models import Guarantees, Problem
from bihuan.problems.policies import Check, checks_before
from bihuan.problems.policies.sides import rectifies
from bihuan.problems.reads import (
    Thread,
    doers_of,
    due_story,
    events_of,
    pending_of,
    relapsed,
    stated_of,
    thread_of,
    with_its_rows,
)
from bihuan.registry import shelf
from bihuan.ui.access import SIGNED_IN, view

from .bar import bar_of
from .finding import problem_for
from .likeness import likeness_context
from .side import papers_context
from .thread import show_thread

_CHECKED = {
    states.PLAN_REVIEW: ("approve", "批方案前检查（四不放过）"),
    states.RECTIFYING: ("submit", "申请销号前检查"),
    states.VERIFYING: ("close", "销号前检查"),
}
_STAGES = ("提出", "下达", "认领", "方案", "整改", "核验", "销号", "回头看")
_STAGE = {
    states.RAISED: 1, states.ASSIGNED: 2, states.PLANNING: 3, states.PLAN_REVIEW: 3, states.RECTIFYING: 4,
    states.VERIFYING: 5, states.CLOSED: 6, states.CONFIRMED: 7,
}  # fmt: skip
_TODO = {
    states.RAISED: "下达",
    states.ASSIGNED: "认领",
    states.PLANNING: "报整改方案",
    states.PLAN_REVIEW: "批方案",
    states.RECTIFYING: "整改，报进度，办完申请销号",
    states.VERIFYING: "看佐证，核验销号",
}
_FIVE = (
    ("duty", "责任"), ("measures", "措施"), ("funds", "资金"), ("time_limit", "时限"), ("emergency_plan", "预案"),
    ("interim_controls", "临时防范措施"), ("authority_report", "向监管部门报告"), ("congress_report", "向职代会报告"),
)  # fmt: skip


@require_safe
@view(needs=SIGNED_IN)
def page(request: HttpRequest, number: str) -> HttpResponse:
    """The page of one problem; 404 for whoever may not see it."""
    problem = problem_for(request, number)
    events = events_of(problem)
    problem = with_its_rows(problem, events)
    day = local_day(request.at)
    thread = thread_of(problem, events, request.actor)
    step, checks_head = _CHECKED.get(problem.closure, ("", ""))
    checks = checks_before(step, problem) if step else []
    bar = bar_of(problem, by=request.actor, at=request.at, checks=checks)
    context = {
        "problem": problem,
        "page_title": f"{problem.number} {problem.statement[:30]}",
        "bar": bar,
        "look": look_of(problem, relapsed=problem.round > 1 and relapsed(problem)),
        "clock_now": clock_of(problem, day),
        "checks": [*_own_checks(problem, bar, request.actor), *checks],
        "checks_head": checks_head,
        "checks_note": _checks_note(problem, bar),
        "axes": axes_of(problem),
        "source": source_label(problem),
        "thread": show_thread(
            problem, thread, day, request.GET.get("show", ""), whole="print" in request.GET
        ),
        **measures_context(problem, thread),
        **side_context(problem, request.actor, day, bar),
        **papers_context(problem),
        "origin_url": origin_of(problem),
        "due_lines": due_lines(problem, thread),
        **likeness_context(request, problem),
    }
    return render(request, "problems/page.html", context)


def _own_checks(problem: Problem, bar, by: Actor) -> list[Check]:
    """Whether this person may be the second pair of eyes, shown to those who would close."""
    if problem.closure != states.VERIFYING or not any(b.step == "close" for b in bar.front):
        return []
    why = rectifies(problem, by)
    return [
        Check("核验人不是申请人", problem.submitted_by_id != by.person_id),
        Check("不在整改组", not why or why == "销号是你申请的", why),
    ]


def _checks_note(problem: Problem, bar) -> str:
    if problem.closure == states.VERIFYING and any(b.step == "close" for b in bar.front):
        return "销号人须在申请人和整改组之外，佐证按每条措施的结果标准逐件核对。"
    return ""


def axes_of(problem: Problem) -> list[dict[str, Any]]:
    """The three axes, kept apart: what class it is, what the unit says, what was proven."""
    codes = [code for code, _ in states.PROGRESS]
    said = codes.index(problem.progress)
    stage = _STAGE.get(problem.closure, -1)
    proven = problem.closure in states.DONE_WITH and problem.closed_by_id is not None
    short = {"basically_done": "基本完成"}
    return [
        {
            "label": "整改类型",
            "steps": [(word, "here" if code == problem.timing else "") for code, word in states.TIMING],
        },
        {
            "label": "整改进度",
            "note": "责任单位自报",
            "proven": proven,
            "steps": [
                (short.get(c, w), "past" if i < said else "here" if i == said else "")
                for i, (c, w) in enumerate(states.PROGRESS)
            ],
        },
        {
            "label": "销号环节",
            "proven": proven,
            "note": "已作废"
            if stage < 0
            else "原台账载明，未在本系统核验"
            if problem.taken_over and not proven and not problem.is_open
            else "",
            "steps": [
                (w, "past" if i < stage else "here" if i == stage else "") for i, w in enumerate(_STAGES)
            ],
        },
    ]


def measures_context(problem: Problem, thread: Thread) -> dict[str, Any]:
    """Measures with what proves each; with one measure the general evidence is its own."""
    measures = list(problem.measures.all())
    general = thread.evidence.get(None, []) if len(measures) == 1 else []
    closed = problem.closure in states.DONE_WITH and problem.closed_by_id is not None
    rows = [
        (m, [*thread.evidence.get(m.pk, []), *general], "已核验" if closed else f"自报 {m.percent}%")
        for m in measures
    ]
    done, proven = sum(m.progress == "done" for m in measures), sum(bool(files) for _, files, _ in rows)
    return {
        "measures": rows,
        "measure_tone": "good" if closed else "busy",
        "measures_words": f"{len(rows)} 条，自报完成 {done} 条，有佐证 {proven} 条",
    }


def side_context(problem: Problem, by: Actor, day: date, bar) -> dict[str, Any]:
    """The side column: who must act, where the deadline comes from, what else is kept with it."""
    may_remind = next((b for b in bar.more if b.step == "remind"), None)
    kept = (
        Guarantees.objects.filter(problem=problem).select_related("evaluated_by").first()
        if problem.is_major
        else None
    )
    return {
        "doers": doers_of(problem, day, me=by.person_id),
        "todo": _TODO.get(problem.closure, ""),
        "remind": may_remind,
        "me": by.person_id,
        "due": due_story(problem),
        "pending": pending_of(problem, by),
        "stated": stated_of(problem),
        "may_see_rules": by.may("rules.view"),
        "assisting": list(problem.assisting.all()),
        "extras": list((problem.extras or {}).items()),
        "guesses": guess_lines(problem),
        "guarantees": kept,
        "five": five_of(kept) if problem.is_major else [],
    }


def five_of(kept: Guarantees | None) -> list[tuple[str, str]]:
    """The guarantees of a major hazard, those not yet written included: an empty line is the message."""
    stop = {True: "停产停用", False: "不停"}.get(kept.stops_production) if kept else None
    return [
        *((word, getattr(kept, name) if kept else "") for name, word in _FIVE),
        ("停产停用", stop or "未定"),
    ]


def due_lines(problem: Problem, thread: Thread) -> list[str]:
    """How the deadline came about: what was said when it was first given, and what holds now if that is another."""
    given = [
        row.event.data.get("why", "") for row in reversed(thread.rows) if row.event.kind == "problem.assigned"
    ]
    now = "" if problem.extended_times and given else problem.due_note
    said = dict.fromkeys(line for line in (*given[:1], now) if line)
    return [ISO.sub(lambda day: day_words(day[0]), line) for line in said]


def guess_lines(problem: Problem) -> list[tuple[str, str]]:
    """(field, what was assumed): marks of the import that a person has not yet confirmed."""
    names = {f.name: str(f.verbose_name) for f in Problem._meta.concrete_fields}
    return [
        (names.get(name.removesuffix("_id"), name), str(said))
        for name, said in (problem.guessed or {}).items()
    ]


def origin_of(problem: Problem) -> str:
    """The address of the row it came from, where its source knows one."""
    source = shelf.sources().get(problem.source)
    return (
        source.origin_url(problem.origin_key) if source and source.origin_url and problem.origin_key else ""
    )
