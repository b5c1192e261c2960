"""Decisions about single paragraphs of a notice: a problem, none, or the rest of the one above."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from bihuan.areas.ledgers import wishes, words
from bihuan.areas.ledgers.actions.correct_import import correct_import
from bihuan.areas.ledgers.models import LedgerImport
from bihuan.kernel.refused import Invalid
from bihuan.ui.access import view

from .pages import IMPORT, own


@view(needs=IMPORT)
@require_POST
def paragraphs(request: HttpRequest, pk: int) -> HttpResponse:
    """The document is read anew with the decision, and the page opens at the paragraph."""
    ledger = own(request, pk)
    address, kind = request.POST.get("address", ""), request.POST.get("kind", "")
    if not re.fullmatch(r"\d{1,6}(?:\.\d{1,3})?", address) or kind not in ("", *words.DECIDED):
        raise Invalid("没有这个段落或这种办法", "刷新页面再选")
    wished = wishes.with_paragraph(ledger.wishes, address, kind)
    ledger = correct_import(ledger=ledger, wishes=wished, by=request.actor, at=request.at)
    if ledger.state == LedgerImport.State.READING:
        return redirect("ledgers:page", pk=pk)
    start = request.POST.get("from", "")
    query = f"?from={start}" if start.isdecimal() and start != "0" else ""
    return redirect(f"{reverse('ledgers:page', args=[pk])}{query}#p{address}")
