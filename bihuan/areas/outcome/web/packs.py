"""佐证包: ask for one, see how far it is, fetch it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bihuan.areas.outcome.actions.ask_pack import ask_pack, job_key
from bihuan.areas.outcome.actions.fetch_pack import fetch_pack
from bihuan.areas.outcome.models import EvidencePack
from bihuan.areas.outcome.policies.checking import looks
from bihuan.areas.outcome.reads.checking import checked_of, visits_open_to
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.org.permissions import Permission as P
from bihuan.record.models import Job
from bihuan.record.reads import file_response
from bihuan.ui.access import confidential, view
from bihuan.ui.act import act_page
from bihuan.ui.picks import Picks

OPENS = (P.INSPECTION_CHECK, P.INSPECTION_PLAN, P.INSPECTION_DECIDE)


class PackForm(forms.Form):
    def __init__(self, *args, lines, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        named = [(one.problem.number, f"{one.problem.number}　{one.problem.statement[:60]}") for one in lines]
        self.fields["numbers"] = forms.MultipleChoiceField(
            label="哪些问题", choices=named, widget=Picks, required=False, help_text="一件也不勾就是全部"
        )


def pack_line(pack: EvidencePack) -> dict[str, Any]:
    """For `ui/parts/job.html`."""
    job = None if pack.made_on else Job.objects.filter(key=job_key(pack)).first()
    dead = job is not None and job.state in (Job.State.DEAD, Job.State.CANCELLED)
    ready = pack.made_on is not None
    return {
        "label": pack.name or f"{pack.task.org.shown}整改佐证包，{len(pack.numbers) or '全部'} 件问题",
        "running": not ready and not dead,
        "done": job.done_steps if job else 0,
        "total": job.total_steps if job else 0,
        "message": f"{pack.entries} 个文件，每次下载都记下"
        if ready
        else (job.trouble or job.message)
        if job
        else "",
        "state_word": "可以取" if ready else "没有做成",
        "tone": "good" if ready else "late",
        "poll_url": reverse("outcome:pack-progress", args=[pack.pk]),
        "result_url": reverse("outcome:pack-file", args=[pack.pk]) if ready else "",
        "result_label": "下载",
    }


def _pack(request: HttpRequest, pk: int) -> EvidencePack:
    """One's own, or for the office any: while one may look at the visit at all."""
    day = local_day(request.at)
    open_now = visits_open_to(request.actor, day).values("pk")
    rows = EvidencePack.objects.select_related("visit", "task__org", "file").filter(visit__in=open_now)
    pack = get_object_or_404(rows, pk=pk)
    if not _is_theirs(pack, request.actor, day):
        raise Http404
    confidential(request)
    return pack


def _is_theirs(pack: EvidencePack, by: Actor, day) -> bool:
    return pack.asked_by_id == by.person_id or not looks(pack.visit, by, day)


@view(needs=OPENS)
def ask(request: HttpRequest, pk: int, task: int) -> HttpResponse:
    visit = get_object_or_404(visits_open_to(request.actor, local_day(request.at)), pk=pk)
    seen = get_object_or_404(visit.tasks.select_related("org", "round"), pk=task)
    back = reverse("outcome:check", args=[pk])

    def do(cleaned: dict) -> None:
        ask_pack(visit=visit, task=seen, numbers=cleaned["numbers"], by=request.actor, at=request.at)

    form = PackForm(request.POST or None, lines=checked_of(seen).lines)
    return act_page(
        request, form, do, title=f"要佐证包：{seen.org.shown}", button="在后台做", back=f"{back}#packs",
        done="正在做，可以离开本页", crumbs=[("现场验证", "/outcome/checks/"), (visit.body, back)],
        lead="目录、每件问题的原文、办理过程和佐证，附每个文件的 sha256。到期或终止以后不能再下载。",
    )  # fmt: skip


@require_safe
@view(needs=OPENS)
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    line = pack_line(_pack(request, pk))
    return render(request, "ui/parts/job.html", {"job": line, "poll_url": line["poll_url"]})


@require_safe
@view(needs=OPENS)
def file(request: HttpRequest, pk: int) -> HttpResponse:
    pack = _pack(request, pk)
    stored = fetch_pack(pack=pack, by=request.actor, at=request.at)
    return file_response(stored, name=pack.name, which="original")
