"""我的文书: ask for a paper, see how far it is, fetch it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from bihuan.documents.actions.ask_paper import ask_paper, job_key
from bihuan.documents.actions.fetch_paper import fetch_paper
from bihuan.documents.models import MadePaper
from bihuan.documents.reads import own_papers
from bihuan.record.models import Job
from bihuan.registry import shelf
from bihuan.ui.access import SIGNED_IN, confidential, view

MOST = 50


@require_POST
@view(needs=SIGNED_IN)
def ask(request: HttpRequest) -> HttpResponse:
    """`want` is what a button of the menu says: format, kind, thing."""
    which, kind, about = ([*request.POST.get("want", "").split(":", 2), "", ""])[:3]
    ask_paper(kind=kind, about=about, which=which, by=request.actor, at=request.at)
    messages.info(request, "正在做，可以离开本页，30 天内都能回来取。")
    return redirect("documents:mine")


@require_safe
@view(needs=SIGNED_IN)
def mine(request: HttpRequest) -> HttpResponse:
    made = list(own_papers(request.actor, request.at)[:MOST])
    jobs = {job.key: job for job in Job.objects.filter(key__in=[job_key(one) for one in made])}
    lines = [_line(one, jobs.get(job_key(one))) for one in made]
    return render(request, "documents/mine.html", {"lines": lines, "page_title": "我的文书"})


@require_safe
@view(needs=SIGNED_IN)
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; the part of the page that asks for itself until it is done."""
    made = get_object_or_404(own_papers(request.actor, request.at), pk=pk)
    line = _line(made, Job.objects.filter(key=job_key(made)).first())
    return render(request, "ui/parts/job.html", {"job": line, "poll_url": line["poll_url"]})


@require_safe
@view(needs=SIGNED_IN)
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file. Somebody else's, an old one and one that never was look alike: 404."""
    made = get_object_or_404(own_papers(request.actor, request.at).select_related("file"), pk=pk)
    found = fetch_paper(made=made, by=request.actor, at=request.at)
    confidential(request)
    response = HttpResponse(found.data, content_type=found.mime)
    response["Content-Disposition"] = content_disposition_header(True, found.name)
    response["Cache-Control"] = "private, no-store"
    return response


def _line(made: MadePaper, job: Job | None) -> dict[str, Any]:
    """One paper for `ui/parts/job.html`."""
    kind = shelf.papers().get(made.kind)
    dead = job is not None and job.state in (Job.State.DEAD, Job.State.CANCELLED)
    ready = made.made_on is not None
    return {
        "label": made.name or f"{kind.form.label if kind else made.kind}（{made.get_which_display()}）",
        "asked": made.asked_at,
        "running": not ready and not dead and job is not None,
        "done": 0 if ready or job is None else job.done_steps,
        "total": 0 if ready or job is None else job.total_steps,
        "message": "保密，每次取都记下" if ready and made.confidential else "" if ready or job is None else job.trouble or job.message,
        "state_word": "可以取" if ready else "没有做成",
        "tone": "good" if ready else "late",
        "poll_url": reverse("documents:progress", args=[made.pk]),
        "result_url": reverse("documents:file", args=[made.pk]) if ready else "",
        "result_label": "下载",
    }  # fmt: skip
