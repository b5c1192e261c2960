"""取回以前的导出: what one asked for, its progress, and the file for thirty days."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from bihuan.org.permissions import Permission
from bihuan.problems.exports import LABELS, ask_export, own_exports
from bihuan.record.models import Job, StoredFile
from bihuan.record.reads import file_response
from bihuan.ui.access import view

_STATES = {"done": ("可以取", "good"), "dead": ("没有办成", "late"), "cancelled": ("已取消", "calm")}


@view(needs=Permission.EXPORT)
def exports(request: HttpRequest) -> HttpResponse:
    """The list of one's own exports; POST asks for a new one."""
    if request.method == "POST" and request.POST.get("layout") != "back":
        layout, query = request.POST.get("layout", ""), request.POST.get("query", "")
        ask_export(layout=layout, query=query, by=request.actor, at=request.at)
        messages.info(request, "正在导出，可以离开本页，30 天内都能回来取。")
    if request.method == "POST":
        return redirect("problems:exports")
    lines = [line_of(job) for job in own_exports(request.actor, request.at)[:100]]
    return render(request, "problems/exports.html", {"lines": lines, "page_title": "取回以前的导出"})


@view(needs=Permission.EXPORT)
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The file. Somebody else's, an old one and one that never was look alike: 404."""
    job = get_object_or_404(own_exports(request.actor, request.at), pk=pk)
    if job.state != Job.State.DONE:
        return redirect("problems:exports")
    stored = StoredFile.objects.filter(pk=job.result.get("file")).first()
    if stored is None:
        raise Http404
    return file_response(stored, name=job.result["name"], which="original", request=request)


@view(needs=Permission.EXPORT)
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; the part of the page that asks for itself until it is done."""
    job = get_object_or_404(own_exports(request.actor, request.at), pk=pk)
    line = line_of(job)
    return render(request, "ui/parts/job.html", {"job": line, "poll_url": line["poll_url"]})


def line_of(job: Job) -> dict[str, Any]:
    """One export for `ui/parts/job.html`."""
    word, tone = _STATES.get(job.state, ("", ""))
    done = job.state == Job.State.DONE
    return {
        "label": LABELS.get(job.payload.get("layout", ""), "导出"),
        "asked": job.requested_at,
        "running": not job.is_finished,
        "done": job.done_steps,
        "total": job.total_steps,
        "message": f"{job.result.get('rows', 0)} 件"
        if done
        else job.trouble
        if job.state == Job.State.DEAD
        else job.message,
        "state_word": word,
        "tone": tone,
        "poll_url": reverse("problems:export-progress", args=[job.pk]),
        "result_url": reverse("problems:export", args=[job.pk]) if done else "",
        "result_label": "下载",
    }
