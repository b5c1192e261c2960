"""Files of an import to fetch, and the ledger in the office's own layout."""

from __future__ import annotations

from pathlib import Path

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from bihuan.areas.ledgers.exports import books
from bihuan.areas.ledgers.exports.ask import LABEL, ask_own_layout, own_exports
from bihuan.areas.ledgers.exports.own_layout import own_layout_book
from bihuan.areas.ledgers.models import LedgerImport
from bihuan.org.permissions import Permission
from bihuan.problems.models import Problem
from bihuan.record.models import Job, StoredFile
from bihuan.record.reads import file_response
from bihuan.ui.access import view

from .pages import IMPORT, own

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _send(path: Path, name: str) -> HttpResponse:
    """The workbook as a download. The temporary file goes at once: its open handle is enough."""
    content = path.open("rb")
    path.unlink()
    return FileResponse(content, as_attachment=True, filename=name, content_type=XLSX)


def _stem(ledger: LedgerImport) -> str:
    return Path(ledger.filename).stem[:80]


@view(needs=IMPORT)
def blank(request: HttpRequest) -> HttpResponse:
    return _send(books.blank_book(), "问题台账空表.xlsx")


@view(needs=IMPORT)
def correction(request: HttpRequest, pk: int) -> HttpResponse:
    ledger = own(request, pk)
    return _send(books.correction_book(ledger), f"{_stem(ledger)} 问题行清单.xlsx")


@view(needs=IMPORT)
def report(request: HttpRequest, pk: int) -> HttpResponse:
    ledger = own(request, pk)
    return _send(books.report_book(ledger), f"{_stem(ledger)} 导入报告.xlsx")


@view(needs=IMPORT)
def original(request: HttpRequest, pk: int) -> HttpResponse:
    ledger = own(request, pk)
    if ledger.file is None:
        raise Http404
    return file_response(ledger.file, name=ledger.filename, which="original", request=request)


@view(needs=Permission.EXPORT)
def own_layout(request: HttpRequest, pk: int) -> HttpResponse:
    """The problems of one import as they are today, those this reader may see."""
    ledger = own(request, pk)
    if ledger.state != LedgerImport.State.DONE:
        raise Http404
    mine = Problem.objects.visible_to(request.actor).filter(ledger_rows__ledger=ledger)
    path = own_layout_book(ledger, mine.order_by("ledger_rows__order").iterator(chunk_size=500))
    return _send(path, f"{_stem(ledger)} 现状.xlsx")


@view(needs=Permission.EXPORT)
def asked(request: HttpRequest) -> HttpResponse:
    """One's own exports in this layout; POST (from the export menu of the ledger) asks for one more."""
    if request.method == "POST":
        ask_own_layout(query=request.POST.get("query", ""), by=request.actor, at=request.at)
        messages.info(request, "正在导出，可以离开本页，30 天内都能回来取。")
        return redirect("ledgers:exports")
    lines = [_line(job) for job in own_exports(request.actor, request.at)[:50]]
    return render(request, "ledgers/exports.html", {"lines": lines})


def _line(job: Job) -> dict[str, object]:
    """One export for `ui/parts/job.html`."""
    done, dead = job.state == Job.State.DONE, job.state == Job.State.DEAD
    return {
        "label": LABEL, "asked": job.requested_at, "running": not job.is_finished,
        "done": job.done_steps, "total": job.total_steps,
        "message": f"{job.result.get('rows', 0)} 件" if done else job.trouble if dead else job.message,
        "state_word": "可以取" if done else "没有办成", "tone": "good" if done else "late",
        "poll_url": reverse("ledgers:export-progress", args=[job.pk]),
        "result_url": reverse("ledgers:export", args=[job.pk]) if done else "", "result_label": "下载",
    }  # fmt: skip


@view(needs=Permission.EXPORT)
def export_progress(request: HttpRequest, pk: int) -> HttpResponse:
    line = _line(get_object_or_404(own_exports(request.actor, request.at), pk=pk))
    return render(request, "ui/parts/job.html", {"job": line, "poll_url": line["poll_url"]})


@view(needs=Permission.EXPORT)
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The file. Somebody else's, an old one and one that never was look alike: 404."""
    job = get_object_or_404(own_exports(request.actor, request.at), pk=pk, state=Job.State.DONE)
    stored = get_object_or_404(StoredFile, pk=job.result.get("file"))
    return file_response(stored, name=job.result["name"], which="original", request=request)
