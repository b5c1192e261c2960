"""The list of imports, the upload, one import from dry run to report."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from bihuan.areas.ledgers import reads
from bihuan.areas.ledgers.actions.ask_loading import ask_loading
from bihuan.areas.ledgers.actions.drop_import import drop_import
from bihuan.areas.ledgers.actions.start_import import start_import
from bihuan.areas.ledgers.models import LedgerImport
from bihuan.areas.ledgers.policies import may_load
from bihuan.areas.ledgers.reading.sniff import check_size
from bihuan.kernel.refused import Invalid, Refused
from bihuan.org.permissions import Permission
from bihuan.record.models import Job
from bihuan.ui.access import view
from bihuan.ui.refusals import into_form

from .forms import UploadForm, size_limit

IMPORT = (Permission.LEDGER_IMPORT, Permission.LEDGER_IMPORT_OWN)


def own(request: HttpRequest, pk: int) -> LedgerImport:
    """The import if this actor may see it; a 404 that looks like any other if not."""
    found = LedgerImport.objects.visible_to(request.actor).select_related("file", "home", "started_by")
    return get_object_or_404(found, pk=pk)


@view(needs=IMPORT)
def imports(request: HttpRequest) -> HttpResponse:
    mine = LedgerImport.objects.visible_to(request.actor).select_related("home", "started_by").order_by("-id")
    form = UploadForm(actor=request.actor, at=request.at)
    return render(request, "ledgers/imports.html", {"imports": mine[:50], "form": form})


@view(needs=IMPORT)
@require_POST
def new(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES, actor=request.actor, at=request.at)
    if form.is_valid():
        try:
            ledger = _start(request, form)
        except Refused as refused:
            into_form(form, refused)
        else:
            return redirect("ledgers:page", pk=ledger.pk)
    mine = LedgerImport.objects.visible_to(request.actor).select_related("home", "started_by").order_by("-id")
    return render(request, "ledgers/imports.html", {"imports": mine[:50], "form": form}, status=400)


def _start(request: HttpRequest, form: UploadForm) -> LedgerImport:
    """A file that is too large is refused by its size, before a byte of it is read into memory."""
    file = form.cleaned_data["file"]
    try:
        check_size(file.size, size_limit())
    except Invalid as refused:
        raise Invalid(refused.reason, refused.todo, field="file") from refused
    return start_import(
        data=file.read(),
        filename=file.name,
        home=form.cleaned_data["home"],
        source=form.cleaned_data["source"],
        by=request.actor,
        at=request.at,
    )


@view(needs=IMPORT)
def page(request: HttpRequest, pk: int) -> HttpResponse:
    ledger = own(request, pk)
    states = LedgerImport.State
    if ledger.state in (states.READING, states.LOADING):
        return render(request, "ledgers/waiting.html", _waiting(ledger))
    if ledger.state == states.UNREADABLE:
        return render(request, "ledgers/unreadable.html", {"ledger": ledger})
    if ledger.state in (states.DONE, states.DROPPED):
        return render(request, "ledgers/done.html", _done(request, ledger))
    return render(request, "ledgers/dry_run.html", _dry_run(request, ledger))


def _waiting(ledger: LedgerImport) -> dict:
    return {"ledger": ledger, "job": Job.objects.filter(pk=ledger.job_id).first()}


def _done(request: HttpRequest, ledger: LedgerImport) -> dict:
    verdict = request.GET.get("verdict", "")
    verdict = verdict if verdict in reads.VERDICTS else ""
    taken = ledger.rows.filter(outcome="taken")
    return {
        "ledger": ledger,
        "lines": reads.lines(ledger, verdict),
        "verdict": verdict,
        "sum": reads.sum_of(ledger),
        "taken": taken.count(),
        "taken_closed": taken.filter(problem__taken_over=True, problem__is_open=False).count(),
        "left": ledger.rows.filter(outcome="left").count(),
    }


def _dry_run(request: HttpRequest, ledger: LedgerImport) -> dict:
    verdict = request.GET.get("verdict", "")
    verdict = verdict if verdict in reads.VERDICTS else ""
    columns = reads.column_lines(ledger)
    return {
        "ledger": ledger,
        "lines": reads.lines(ledger, verdict),
        "verdict": verdict,
        "columns": columns,
        "mapped": sum(1 for column in columns if column.field),
        "kept": sum(1 for column in columns if not column.field),
        "fields": reads.field_choices(),
        "sum": reads.sum_of(ledger),
        "preview": reads.preview(ledger),
        "waiting": reads.waiting_names(ledger),
        "may_load": may_load(ledger, request.actor),
    }


@view(needs=IMPORT)
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The bar, polled; sends the browser on to the page when the work is done."""
    ledger = own(request, pk)
    waits = ledger.state in (LedgerImport.State.READING, LedgerImport.State.LOADING)
    return render(request, "ledgers/progress.html", {**_waiting(ledger), "waits": waits})


@view(needs=IMPORT)
@require_POST
def loading(request: HttpRequest, pk: int) -> HttpResponse:
    ledger = ask_loading(ledger=own(request, pk), by=request.actor, at=request.at)
    if ledger.state == LedgerImport.State.DONE:
        messages.success(
            request,
            f"已导入 {ledger.rows.filter(outcome='taken').count()} 件，推断的值还带着标记，等责任单位认领时确认。",
        )
    return redirect("ledgers:page", pk=pk)


@view(needs=IMPORT)
@require_POST
def dropping(request: HttpRequest, pk: int) -> HttpResponse:
    drop_import(ledger=own(request, pk), by=request.actor, at=request.at)
    messages.info(request, "已放弃这次导入，台账没有变。")
    return redirect("ledgers:imports")
