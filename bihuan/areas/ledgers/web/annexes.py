"""A second file of one ledger: added to a ledger, or found to belong to one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from bihuan.areas.ledgers.actions.add_annex import add_annex
from bihuan.areas.ledgers.models import LedgerImport
from bihuan.areas.ledgers.reading.sniff import check_size
from bihuan.kernel.refused import Refused
from bihuan.record.reads import open_file
from bihuan.ui.access import view
from bihuan.ui.refusals import into_form

from .forms import AnnexForm, size_limit
from .pages import IMPORT, own


@view(needs=IMPORT)
def annex(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a file to add to this ledger; the answer is the dry run with both."""
    ledger = own(request, pk)
    if ledger.state not in (LedgerImport.State.DRAFT, LedgerImport.State.DONE):
        raise Http404
    form = AnnexForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["annex"]
        try:
            check_size(file.size, size_limit())
            joined = add_annex(
                ledger=ledger, data=file.read(), filename=file.name, by=request.actor, at=request.at
            )
        except Refused as refused:
            into_form(form, refused)
        else:
            return _done(request, joined)
    status = 400 if request.method == "POST" else 200
    return render(request, "ledgers/annex.html", {"ledger": ledger, "form": form}, status=status)


@view(needs=IMPORT)
@require_POST
def belonging(request: HttpRequest, pk: int) -> HttpResponse:
    """This file is the annex of another import: joined there, and given up as a ledger of its own."""
    lonely = own(request, pk)
    to = request.POST.get("to", "")
    if not to.isdecimal() or len(to) > 18 or lonely.file is None or int(to) == pk:
        raise Http404
    ledger = own(request, int(to))
    with open_file(lonely.file, "original") as content:
        data = content.read()
    joined = add_annex(
        ledger=ledger, data=data, filename=lonely.filename, by=request.actor, at=request.at, instead_of=lonely
    )
    return _done(request, joined)


def _done(request: HttpRequest, ledger: LedgerImport) -> HttpResponse:
    if ledger.joined:
        messages.success(request, f"附表对上 {ledger.joined['met']} 行，共 {ledger.joined['lines']} 行。")
    elif ledger.state != LedgerImport.State.READING:
        messages.warning(request, "附表和台账没有对上，原因在“改版面”的说明里。")
    return redirect("ledgers:page", pk=ledger.pk)
