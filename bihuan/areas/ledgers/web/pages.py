"""The list of imports, the upload, one import from dry run to report."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Max, Min, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from bihuan.areas.ledgers.actions.ask_loading import ask_loading
from bihuan.areas.ledgers.actions.drop_import import drop_import
from bihuan.areas.ledgers.actions.start_import import start_import
from bihuan.areas.ledgers.models import LedgerImport, LedgerRow
from bihuan.areas.ledgers.policies import may_load, may_open_units
from bihuan.areas.ledgers.reading.sniff import check_size
from bihuan.areas.ledgers.reads import names, notice, rows, sheet
from bihuan.areas.ledgers.reads.annexes import ledgers_of_annex
from bihuan.areas.ledgers.reads.changes import versions_of
from bihuan.areas.ledgers.words import VERDICTS
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Invalid, Refused
from bihuan.org.permissions import Permission
from bihuan.problems.likeness import JUDGES, still_looking, waiting_within
from bihuan.problems.models import Problem
from bihuan.record.models import Job
from bihuan.ui import parts
from bihuan.ui.access import view
from bihuan.ui.refusals import into_form

from .forms import UploadForm, size_limit

#: how many earlier imports the list shows
MOST = 50
IMPORT = (Permission.LEDGER_IMPORT, Permission.LEDGER_IMPORT_OWN)


def own(request: HttpRequest, pk: int) -> LedgerImport:
    """The import if this actor may see it; a 404 that looks like any other if not."""
    found = LedgerImport.objects.visible_to(request.actor).select_related(
        "file", "home", "started_by", "loaded_by", "previous__loaded_by", "memory__home"
    )
    return get_object_or_404(found, pk=pk)


@view(needs=IMPORT)
def imports(request: HttpRequest) -> HttpResponse:
    return _imports(request, UploadForm(actor=request.actor, at=request.at))


def _imports(request: HttpRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    mine = LedgerImport.objects.visible_to(request.actor).select_related("home", "started_by").order_by("-id")
    return render(request, "ledgers/imports.html", {"imports": mine[:MOST], "form": form}, status=status)


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
    return _imports(request, form, status=400)


def _start(request: HttpRequest, form: UploadForm) -> LedgerImport:
    """A file that is too large is refused by its size, before a byte of it is read into memory."""
    file, annex = form.cleaned_data["file"], form.cleaned_data["annex"]
    for name, one in (("file", file), ("annex", annex)):
        if one is None:
            continue
        try:
            check_size(one.size, size_limit())
        except Invalid as refused:
            raise Invalid(refused.reason, refused.todo, field=name) from refused
    return start_import(
        annex=(annex.read(), annex.name) if annex else None,
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
        return render(request, "ledgers/unreadable.html", _unreadable(request, ledger))
    if ledger.state in (states.DONE, states.DROPPED):
        return render(request, "ledgers/done.html", _done(request, ledger))
    if notice.is_notice(ledger):
        return render(request, "ledgers/notice.html", _notice(request, ledger))
    return render(request, "ledgers/dry_run.html", _dry_run(request, ledger))


def _waiting(ledger: LedgerImport) -> dict:
    return {"ledger": ledger, "job": Job.objects.filter(pk=ledger.job_id).first()}


def _unreadable(request: HttpRequest, ledger: LedgerImport) -> dict:
    why, _, todo = ledger.refused.rstrip("。").partition("；")
    open_now = Problem.objects.visible_to(request.actor).open().count()
    return {
        "ledger": ledger,
        "why": why,
        "todo": todo,
        "open_now": open_now,
        "preview": sheet.preview(ledger),
    }


def _rows(request: HttpRequest, ledger: LedgerImport) -> dict:
    """The part of the rows that was asked for: a first look at all, or one verdict page by page."""
    verdict, after = request.GET.get("verdict", ""), request.GET.get("after", "")
    verdict = verdict if verdict in VERDICTS else ""
    if not verdict and not after:
        return {"lines": rows.first_look(ledger), "verdict": "", "next_after": 0, "sum": rows.sum_of(ledger)}
    lines, following = rows.page_of(ledger, verdict, int(after) if after.isdecimal() else 0)
    return {"lines": lines, "verdict": verdict, "next_after": following, "sum": rows.sum_of(ledger)}


def _done(request: HttpRequest, ledger: LedgerImport) -> dict:
    taken = ledger.rows.filter(outcome="taken")
    guessed = taken.filter(verdict="guessed").count()
    return {
        "ledger": ledger,
        "taken": taken.count(),
        "guessed": guessed,
        "taken_closed": taken.filter(problem__taken_over=True, problem__is_open=False).count(),
        "present": ledger.rows.filter(outcome="present").count(),
        "left": ledger.rows.filter(outcome="left").count(),
        "updated": ledger.rows.filter(outcome="updated").count(),
        "versions": versions_of(ledger),
        **_likely(request, taken),
        **_rows(request, ledger),
    }


def _likely(request: HttpRequest, taken: QuerySet[LedgerRow]) -> dict:
    """How many of the rows taken look like repeats and wait for this reader's word, and whether there may be more."""
    if not any(request.actor.may(code) for code in JUDGES):
        return {}
    span = taken.aggregate(first=Min("problem"), last=Max("problem"))
    if not span["first"]:
        return {}
    return {**span, "likely": waiting_within(request.actor, **span), "looking": still_looking(span["last"])}


def _dry_run(request: HttpRequest, ledger: LedgerImport) -> dict:
    columns = sheet.column_lines(ledger)
    found = _rows(request, ledger)
    return {
        "ledger": ledger,
        "columns": columns,
        "mapped": sum(1 for column in columns if column.field),
        "kept": sum(1 for column in columns if not column.field),
        "fields": sheet.field_choices(),
        "shares": parts.shares(found["sum"].shares),
        "preview": sheet.preview(ledger),
        "waiting": names.waiting_names(ledger, local_day(request.at)),
        "may_load": may_load(ledger, request.actor),
        "may_open": may_open_units(request.actor),
        "versions": versions_of(ledger),
        "belongs": ledgers_of_annex(ledger, request.actor),
        **found,
    }


def _notice(request: HttpRequest, ledger: LedgerImport) -> dict:
    """A Word notice has no columns to map: the document itself stands beside its problems."""
    found = _rows(request, ledger)
    start = request.GET.get("from", "")
    return {
        "ledger": ledger,
        "shares": parts.shares(found["sum"].shares),
        "paper": notice.paper_of(ledger, int(start) if start.isdecimal() and len(start) < 6 else 0),
        "waiting": names.waiting_names(ledger, local_day(request.at)),
        "may_load": may_load(ledger, request.actor),
        "may_open": may_open_units(request.actor),
        "versions": versions_of(ledger),
        **found,
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
            _loaded(ledger),
        )
    return redirect("ledgers:page", pk=pk)


def _loaded(ledger: LedgerImport) -> str:
    taken = ledger.rows.filter(outcome="taken").count()
    if ledger.previous_id is None:
        return f"已导入 {taken} 件，推断的值还带着标记，等责任单位认领时确认。"
    return f"新增 {taken} 件，更新 {ledger.rows.filter(outcome='updated').count()} 件。"


@view(needs=IMPORT)
@require_POST
def dropping(request: HttpRequest, pk: int) -> HttpResponse:
    drop_import(ledger=own(request, pk), by=request.actor, at=request.at)
    messages.info(request, "已放弃这次导入，台账没有变。")
    return redirect("ledgers:imports")
