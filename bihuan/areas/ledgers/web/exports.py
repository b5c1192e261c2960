"""Files of an import to fetch."""

from __future__ import annotations

from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse

from bihuan.areas.ledgers import exports
from bihuan.areas.ledgers.models import LedgerImport
from bihuan.org.permissions import Permission
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
    return _send(exports.blank_book(), "问题台账空表.xlsx")


@view(needs=IMPORT)
def correction(request: HttpRequest, pk: int) -> HttpResponse:
    ledger = own(request, pk)
    return _send(exports.correction_book(ledger), f"{_stem(ledger)} 问题行清单.xlsx")


@view(needs=IMPORT)
def report(request: HttpRequest, pk: int) -> HttpResponse:
    ledger = own(request, pk)
    return _send(exports.report_book(ledger), f"{_stem(ledger)} 导入报告.xlsx")


@view(needs=IMPORT)
def original(request: HttpRequest, pk: int) -> HttpResponse:
    ledger = own(request, pk)
    if ledger.file is None:
        raise Http404
    return file_response(ledger.file, ledger.filename, which="original", inline=False)


@view(needs=Permission.EXPORT)
def own_layout(request: HttpRequest, pk: int) -> HttpResponse:
    ledger = own(request, pk)
    if ledger.state != LedgerImport.State.DONE:
        raise Http404
    path = exports.own_layout_book(ledger, (), actor=request.actor)
    return _send(path, f"{_stem(ledger)} 现状.xlsx")
