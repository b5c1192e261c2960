"""The audit trail as a file: for an auditor's own papers, and for a place that this house's administrators do not reach."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_GET

from bihuan.kernel.moment import local_day
from bihuan.record.actions.append import append
from bihuan.record.models import Event
from bihuan.record.policies import AUDIT_VIEW
from bihuan.record.web.audit import AuditTrail, data_words, kind_word
from bihuan.ui.access import confidential, view
from bihuan.ui.lists import ListPage

HEAD = (
    "编号", "记录时间", "发生时间", "补录", "事件", "事件代码", "经办人", "经办人编号", "单位", "对象", "事件流", "序号",
    "内容", "链值",
)  # fmt: skip
#: A spreadsheet takes what begins like this for a formula; an apostrophe makes it text again.
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
BOM = "\ufeff"


class _Echo:
    """What csv writes to: the line comes straight back."""

    def write(self, line: str) -> str:
        return line


def safe(value: Any) -> str:
    text = str(value)
    return f"'{text}" if text.startswith(FORMULAS) else text


def _cells(event: Event) -> tuple[Any, ...]:
    return (
        event.pk, event.recorded_at.isoformat(), event.occurred_at.isoformat(), "是" if event.late else "",
        kind_word(event), event.kind, event.by_name, event.by_id or "", event.unit_name, event.subject,  # type: ignore[attr-defined]
        event.stream, event.seq, data_words(event), event.hash,
    )  # fmt: skip


def _lines(page: ListPage) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow(HEAD)
    for event in page.each():
        yield writer.writerow([safe(cell) for cell in _cells(event)])


@require_GET
@view(needs=AUDIT_VIEW)
def export(request: HttpRequest) -> StreamingHttpResponse:
    """What the filters of the page leave, in its order. That it was taken out is itself an event."""
    confidential(request)
    page, actor, at = AuditTrail.of(request), request.actor, request.at  # type: ignore[attr-defined]
    with transaction.atomic():
        append(
            stream=f"audit-exports:{actor.person_id}", kind="audit.exported", by=actor, at=at,
            data={"filters": page.address.query},
        )  # fmt: skip
    response = StreamingHttpResponse(_lines(page), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="audit-{local_day(at)}.csv"'
    return response
