"""The jobs page: what waits, runs, is done or dead, and how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from bihuan.record.actions.cancel_job import cancel_job
from bihuan.record.actions.restart_job import restart_job
from bihuan.record.models import Job, WorkerSeen
from bihuan.record.policies import JOB_MANAGE, may_cancel, may_restart, may_see
from bihuan.registry import shelf
from bihuan.ui import parts
from bihuan.ui.access import SIGNED_IN, view
from bihuan.ui.lists import Column, Filter, ListPage, Order, View
from bihuan.ui.templatetags.ui import moment

LOOKS = {
    "waiting": ("等待", "calm", "clock"),
    "running": ("进行中", "busy", "progress"),
    "done": ("已办完", "good", "circle-check"),
    "dead": ("办不成", "late", "alert-circle"),
    "cancelled": ("已取消", "calm", "ban"),
}
#: A worker that has not been seen for this long is not counted as working.
SILENT = timedelta(minutes=2)


def label_of(job: Job) -> str:
    kind = shelf.jobs().get(job.kind)
    return kind.label if kind else job.kind


def _kinds(actor: Any) -> list[tuple[str, str]]:
    return sorted(
        ((kind.code, kind.label) for kind in shelf.jobs().values() if kind.show), key=lambda pair: pair[1]
    )


def _progress_cell(job: Job, page: Any) -> Any:
    if job.state == Job.State.RUNNING and job.total_steps:
        return parts.bar(job.done_steps, job.total_steps)
    return f"{job.done_steps}/{job.total_steps}" if job.total_steps else ""


def _words_cell(job: Job, page: Any) -> Any:
    words = job.error or job.message
    again = f"，已办 {job.attempts} 次" if job.attempts > 1 else ""
    return format_html("{}{}", words, again) if words or again else ""


class JobList(ListPage):
    model = Job
    title = "后台任务"
    noun = "项"
    filters = (
        Filter("state", "状态", choices=[(k, v[0]) for k, v in LOOKS.items()], method="in_states"),
        Filter("kind", "种类", choices=_kinds, method="of_kinds"),
    )
    columns = (
        Column(
            "state",
            "状态",
            value="get_state_display",
            cell=lambda job, page: parts.state(*LOOKS[job.state]),
            width=100,
            phone="top",
            fixed=True,
        ),
        Column("kind", "任务", value=label_of, width=170, link=True, phone="title", fixed=True),
        Column("progress", "进度", value="percent", cell=_progress_cell, width=150, phone="end"),
        Column("words", "进展或原因", value="error", cell=_words_cell, phone="note"),
        Column("asked_by", "发起人", value=lambda job: job.asked_by, width=90, soft=True),
        Column("asked", "发起时间", value=lambda job: moment(job.requested_at), width=120, soft=True),
    )
    orders = (Order("new", "新发起的在前", "-id"),)
    views = (
        View("all", "全部", counted=False),
        View("dead", "办不成", "state=dead"),
        View("open", "等待和进行中", "state=waiting&state=running"),
    )
    template = "record/jobs.html"
    empty_title = "没有后台任务。"
    empty_text = "导入、导出、发通知这些要花时间的事，会排在这里由工作进程办理。"

    def queryset(self) -> Any:
        return Job.objects.worth_showing(kind.code for kind in shelf.jobs().values() if not kind.show)

    def prepare(self, rows: list[Job]) -> list[Job]:
        names = shelf.names({row.requested_by_id for row in rows if row.requested_by_id})
        for row in rows:
            row.asked_by = _asker(row, names)  # type: ignore[attr-defined]
        return rows

    def row_url(self, row: Job) -> str:
        return f"/jobs/{row.pk}/"

    def row_css(self, row: Job) -> str:
        return "is-blocked" if row.state == Job.State.DEAD else ""


def _asker(job: Job, names: Mapping[int, str]) -> str:
    if job.requested_by_id is None:
        return "系统"
    return names.get(job.requested_by_id, f"编号 {job.requested_by_id}")


def workers_at_work(at: Any) -> int:
    return WorkerSeen.objects.filter(seen_at__gte=at - SILENT).count()


@view(needs=JOB_MANAGE)
def jobs(request: HttpRequest) -> HttpResponse:
    return JobList.of(request).response(request, workers=workers_at_work(request.at))  # type: ignore[attr-defined]


def _visible(request: HttpRequest, pk: int) -> Job:
    """The job, for whoever asked for it and whoever looks after jobs; to others it does not exist."""
    job = Job.objects.filter(pk=pk).first()
    if job is None or not may_see(job, by=request.actor):  # type: ignore[attr-defined]
        raise Http404
    return job


def shown(job: Job) -> dict[str, Any]:
    """What `ui/parts/job.html` needs. `result["url"]` of a finished job (an address of ours) is offered."""
    word, tone, _ = LOOKS[job.state]
    url = job.result.get("url", "")
    return {
        "label": label_of(job),
        "done": job.done_steps,
        "total": job.total_steps,
        "message": job.trouble or job.message,
        "running": not job.is_finished,
        "state_word": word,
        "tone": tone,
        "result_url": url if url.startswith("/") and not url.startswith("//") else "",
        "result_label": job.result.get("label", ""),
    }


@view(needs=SIGNED_IN)
def job(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _visible(request, pk), request.actor  # type: ignore[attr-defined]
    context = {
        "page_title": label_of(found),
        "found": found,
        "job": shown(found),
        "error": found.error if by.may(JOB_MANAGE) else "",
        "cancelling": may_cancel(found, by=by),
        "restarting": may_restart(found, by=by),
        "asked_by": _asker(found, shelf.names({found.requested_by_id} if found.requested_by_id else set())),
        "manages": by.may(JOB_MANAGE),
    }
    return render(request, "record/job.html", context)


@view(needs=SIGNED_IN)
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The fragment a page asks for again and again while the work runs."""
    found = _visible(request, pk)
    context = {"job": shown(found), "poll_url": request.path}
    response = render(request, "record/progress.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@view(needs=JOB_MANAGE)
def restart(request: HttpRequest, pk: int) -> HttpResponse:
    restart_job(job=_visible(request, pk), by=request.actor, at=request.at)  # type: ignore[attr-defined]
    messages.success(request, "已重新排队，工作进程会再办一次。")
    return redirect("record:job", pk)


@require_POST
@view(needs=SIGNED_IN)
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    cancel_job(job=_visible(request, pk), by=request.actor, at=request.at)  # type: ignore[attr-defined]
    messages.success(request, "已取消。已经办完的部分不退回。")
    return redirect("record:job", pk)
