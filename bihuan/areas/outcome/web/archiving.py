"""归档 of a round: what it left behind, who gave back, what still keeps it from the archive."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from bihuan.areas.inspection.models import Member, Round, Task
from bihuan.areas.outcome.actions.archive import archive
from bihuan.areas.outcome.actions.hand_over_papers import hand_over_papers
from bihuan.areas.outcome.actions.hand_over_task import hand_over_task, usual_secrecy
from bihuan.areas.outcome.actions.note_given_back import note_given_back
from bihuan.areas.outcome.policies.archiving import archive_gates, may_archive, may_hand_over
from bihuan.areas.outcome.reads.archiving import Behind, behind_of
from bihuan.areas.outcome.words import ARCHIVE_KINDS, ARCHIVE_SECRECY
from bihuan.documents.reads import menu_of
from bihuan.kernel.refused import Refused
from bihuan.org.permissions import Permission as P
from bihuan.ui.access import view
from bihuan.ui.act import act_page


class HandOverForm(forms.Form):
    secrecy = forms.ChoiceField(label="知悉范围", choices=ARCHIVE_SECRECY)
    pages = forms.IntegerField(label="页数", min_value=1)
    place = forms.CharField(label="存放位置", max_length=80, help_text="如：巡察办档案柜 3 层")


class HandAllForm(forms.Form):
    """Pages of each kind that was not handed over yet, and one place for all."""

    def __init__(self, *args, lines, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        secrecy = dict(ARCHIVE_SECRECY)
        for kind, label, number in lines:
            self.fields[kind] = forms.IntegerField(
                label=f"{label} {number} 份，页数",
                min_value=1,
                required=False,
                help_text=secrecy[usual_secrecy(kind)],
            )
        self.fields["place"] = forms.CharField(
            label="存放位置", max_length=80, help_text="如：巡察办档案柜 3 层"
        )

    def pages(self, cleaned: dict) -> dict[str, int]:
        return {kind: number for kind, number in cleaned.items() if kind != "place" and number}


def _page(round: Round) -> str:
    return reverse("outcome:archive", args=[round.code])


def _trail(round: Round) -> list[tuple[str, str]]:
    return [("巡后", "/outcome/"), (f"{round}归档", _page(round))]


@require_safe
@view(needs=(P.INSPECTION_PLAN, P.INSPECTION_DECIDE))
def page(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Round.objects.visible_to(request.actor), code=code)
    behind = behind_of(found)
    gates = archive_gates(behind)
    labels = dict(ARCHIVE_KINDS)
    context = {
        "page_title": f"{found.name}归档",
        "round": found,
        "gates": gates,
        "holding": behind.holding,
        "tasks": [
            (one.task, [(kind, labels[kind], *rest) for kind, *rest in one.lines], any(row[2] is None for row in one.lines))
            for one in behind.tasks
        ],
        "may_hand_over": may_hand_over(found, request.actor),
        "papers": menu_of(_catalogues(behind), request.actor),
        "archive": may_archive(found, gates, request.actor),
    }  # fmt: skip
    return render(request, "outcome/archive.html", context)


def _catalogues(behind: Behind) -> list[tuple[str, int, str]]:
    """Of each task of which something was handed over; one organisation may have two."""
    ready = [one.task for one in behind.tasks if one.items]
    return [("outcome.archive", task.pk, f"{task.org.shown}{task.get_mode_display()}") for task in ready]


@view(needs=P.INSPECTION_PLAN)
def hand_over(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    task = get_object_or_404(Task.objects.visible_to(request.actor).select_related("round", "org"), pk=pk)
    if kind not in dict(ARCHIVE_KINDS):
        raise Http404

    def do(cleaned: dict) -> None:
        hand_over_papers(task=task, kind=kind, by=request.actor, at=request.at, **cleaned)

    form = HandOverForm(request.POST or None, initial={"secrecy": usual_secrecy(kind)})
    return act_page(
        request, form, do, title=f"移交{dict(ARCHIVE_KINDS)[kind]}：{task}", button="移交", back=_page(task.round),
        done="记进归档目录了", crumbs=_trail(task.round), lead="份数由系统统计。",
    )  # fmt: skip


@view(needs=P.INSPECTION_PLAN)
def hand_over_all(request: HttpRequest, pk: int) -> HttpResponse:
    task = get_object_or_404(Task.objects.visible_to(request.actor).select_related("round", "org"), pk=pk)
    left = next((one for one in behind_of(task.round).tasks if one.task.pk == pk), None)
    if left is None:
        raise Http404
    labels = dict(ARCHIVE_KINDS)
    lines = [(kind, labels[kind], number) for kind, number, item in left.lines if item is None]
    form = HandAllForm(request.POST or None, lines=lines)

    def do(cleaned: dict) -> None:
        said = {"pages": form.pages(cleaned), "place": cleaned["place"]}
        hand_over_task(task=task, by=request.actor, at=request.at, **said)

    return act_page(
        request, form, do, title=f"一次移交：{task}", button="移交", back=_page(task.round), crumbs=_trail(task.round),
        done="记进归档目录了", lead="份数由系统统计，知悉范围照惯例；要改范围的、放在别处的留空，在那一行单独移交。",
    )  # fmt: skip


@view(needs=P.INSPECTION_PLAN)
@require_POST
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    member = get_object_or_404(
        Member.objects.visible_to(request.actor).select_related("round", "person"), pk=pk
    )
    return _act(
        request,
        member.round,
        lambda: note_given_back(member=member, by=request.actor, at=request.at),
        "记下了",
    )


@view(needs=P.INSPECTION_PLAN)
@require_POST
def close(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Round.objects.visible_to(request.actor), code=code)
    return _act(
        request,
        found,
        lambda: archive(round=found, by=request.actor, at=request.at),
        "归档了，巡察组从现在起不能再看",
    )


def _act(request: HttpRequest, round: Round, do, done: str) -> HttpResponse:
    try:
        do()
        messages.success(request, done)
    except Refused as refused:
        messages.error(request, f"{refused.reason}。{refused.todo}")
    return HttpResponseRedirect(_page(round))
