"""One problem as the check sees it: the words, the measures, what was done step by step, the files; and its verdict."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bihuan.areas.inspection.models import Task
from bihuan.areas.outcome.actions.note_check_read import note_check_read
from bihuan.areas.outcome.actions.say_check_verdict import say_check_verdict
from bihuan.areas.outcome.actions.settle_check_verdict import settle_check_verdict
from bihuan.areas.outcome.models import CheckVerdict
from bihuan.areas.outcome.policies.checking import may_say_verdict, may_settle
from bihuan.areas.outcome.reads.checking import problem_in
from bihuan.areas.outcome.words import CHECK_VERDICTS, NO_SECRETS
from bihuan.kernel.moment import CHINA, local_day
from bihuan.org.permissions import Permission as P
from bihuan.problems.lists import look_of
from bihuan.problems.lists.telling import Named, told_of
from bihuan.problems.models import Attachment, Problem
from bihuan.problems.reads import Thread, ThreadRow, events_of, thread_of, with_its_rows
from bihuan.record.reads import file_response
from bihuan.ui.access import view
from bihuan.ui.act import act_page

from .checking import LOOKS, OPENS, Visiting, at_task, page_of, trail, visit_for

_CAPTIONS = {"before": "整改前", "after": "整改后", "evidence": "佐证", "paper": "附件"}
ANSWERS = (("no", "不重新整改，写清核实的情况"), ("yes", "重新整改：按回头看不合格办"))


class VerdictForm(forms.Form):
    verdict = forms.ChoiceField(label="结论", choices=CHECK_VERDICTS, widget=forms.RadioSelect)
    note = forms.CharField(
        label="看到的情况", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=f"部分属实、不实的必须写。{NO_SECRETS}",
    )  # fmt: skip


class SettleForm(forms.Form):
    reopen = forms.ChoiceField(label="怎样处理", choices=ANSWERS, widget=forms.RadioSelect)
    answer = forms.CharField(
        label="处理情况", max_length=300, widget=forms.Textarea(attrs={"rows": 4}), help_text=NO_SECRETS
    )


def _here(request: HttpRequest, pk: int, number: str) -> tuple[Visiting, Task, Problem]:
    found = visit_for(request, pk)
    seen = problem_in(found.visit, number)
    if seen is None:
        raise Http404
    return found, *seen


def _at(found: Visiting, problem: Problem) -> str:
    return reverse("outcome:check-problem", args=[found.visit.pk, problem.number])


@require_safe
@view(needs=OPENS)
def page(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    found, task, problem = _here(request, pk, number)
    note_check_read(visit=found.visit, page="problem", by=request.actor, at=request.at, number=problem.number)
    events = events_of(problem)
    problem = with_its_rows(problem, events)
    thread = thread_of(problem, events, request.actor)
    known = CheckVerdict.objects.filter(visit=found.visit, problem=problem).select_related("said_by").first()
    day = local_day(request.at)
    context = {
        "page_title": problem.number, "visit": found.visit, "inside": found.inside, "problem": problem,
        "crumbs": trail(found.visit, at_task(found.visit, task)), "look": look_of(problem),
        "measures": list(problem.measures.all()), "items": [_item(row, found, problem, thread) for row in thread.rows],
        "known": known, "known_look": LOOKS[known.verdict] if known else None,
        "may_say": may_say_verdict(found.visit, known, request.actor, day),
    }  # fmt: skip
    return render(request, "outcome/check_problem.html", context)


def _item(row: ThreadRow, found: Visiting, problem: Problem, thread: Thread) -> dict[str, Any]:
    """One step for `ui/parts/thread.html`, its files at addresses of this visit."""
    told = told_of(row.event, Named(thread.people, thread.units, thread.others))
    local = row.event.occurred_at.astimezone(CHINA)
    unit = row.by.unit.shown if row.by and row.by.unit else ""
    hand = (
        row.by.name if row.by else "系统",
        unit,
        f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}",
    )
    files = [
        (file, reverse("outcome:check-file", args=[found.visit.pk, problem.number, file.pk]))
        for file in row.files
    ]
    return {
        "key": f"e{row.event.seq}", "title": told.title, "tone": told.tone, "icon": told.icon, "note": told.note,
        "text": told.text, "who": "，".join(part for part in hand if part), "late": row.event.late,
        "photos": [
            {"url": url, "thumb": f"{url}thumb/", "caption": _CAPTIONS[file.role], "words": ""}
            for file, url in files if file.file.is_image
        ],
        "files": [
            {"url": url, "name": file.name, "icon": "file", "note": ""} for file, url in files if not file.file.is_image
        ],
    }  # fmt: skip


def _attachment(request: HttpRequest, pk: int, number: str, file: int) -> tuple[Visiting, Attachment]:
    found, _, problem = _here(request, pk, number)
    return found, get_object_or_404(Attachment.objects.select_related("file"), problem=problem, pk=file)


@require_safe
@view(needs=OPENS)
def file(request: HttpRequest, pk: int, number: str, file: int) -> HttpResponse:
    found, row = _attachment(request, pk, number, file)
    about = {"number": number, "name": row.name}
    note_check_read(visit=found.visit, page="file", by=request.actor, at=request.at, **about)
    return file_response(row.file, name=row.name, which="shown", inline=True, request=request)


@require_safe
@view(needs=OPENS)
def thumb(request: HttpRequest, pk: int, number: str, file: int) -> HttpResponse:
    """Small pictures of a page that was noted itself."""
    _, row = _attachment(request, pk, number, file)
    return file_response(row.file, name=row.name, which="thumb", inline=True, request=request)


@view(needs=P.INSPECTION_CHECK)
def verdict(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    found, task, problem = _here(request, pk, number)
    if not found.inside:
        raise Http404
    known = CheckVerdict.objects.filter(visit=found.visit, problem=problem).first()
    initial = {"verdict": known.verdict, "note": known.note} if known else None

    def do(cleaned: dict) -> None:
        say_check_verdict(visit=found.visit, number=number, by=request.actor, at=request.at, **cleaned)

    return act_page(
        request, VerdictForm(request.POST or None, initial=initial), do, title=f"记结论：{problem.number}",
        button="记结论", back=_at(found, problem), done="记下了", lead=problem.statement,
        crumbs=trail(found.visit, at_task(found.visit, task)), checks=("期限内", "巡察办还没有处理"),
    )  # fmt: skip


@view(needs=P.INSPECTION_PLAN)
def settle(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    found, _, problem = _here(request, pk, number)
    row = get_object_or_404(
        CheckVerdict.objects.select_related("problem__unit"), visit=found.visit, problem=problem
    )
    row.visit = found.visit
    may = may_settle(row, request.actor)
    if may.hidden:
        raise Http404

    def do(cleaned: dict) -> None:
        settle_check_verdict(
            verdict=row,
            reopen=cleaned["reopen"] == "yes",
            answer=cleaned["answer"],
            by=request.actor,
            at=request.at,
        )

    return act_page(
        request, SettleForm(request.POST or None, initial={"reopen": "no"}), do, title=f"处理不实：{problem.number}",
        button="记处理", back=page_of(found.visit), done="处理了", lead=f"检查组看到的情况：{row.note}",
        crumbs=trail(found.visit), checks=("重新整改的：已经销号，您没有参加过整改和核验",),
    )  # fmt: skip
