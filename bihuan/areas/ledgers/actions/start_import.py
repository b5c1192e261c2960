"""Take a ledger file in: kept as it is, then read. Nothing enters the loop yet."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from django.conf import settings
from django.db import transaction

from bihuan.areas.ledgers.models import LedgerImport
from bihuan.areas.ledgers.policies import may_import
from bihuan.areas.ledgers.reading.sniff import check_size, kind_of
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid, Refused
from bihuan.org.models import Unit
from bihuan.record.actions.append import append
from bihuan.record.actions.keep_file import keep_file

from .ask_reading import ask_reading
from .keep_annex import keep_annex


@transaction.atomic
def start_import(
    *,
    data: bytes,
    filename: str,
    home: Unit,
    by: Actor,
    at: datetime,
    source: str = "ledger",
    annex: tuple[bytes, str] | None = None,
) -> LedgerImport:
    """Keep the file and read it, at once or by the worker. A file that cannot be read is refused in a sentence
    on the import itself (`state` unreadable); nothing of it is stored. `annex`: content and name of a second file
    that says what was determined about the problems of the first.
    """
    may = may_import(by, home)
    if not may:
        raise Refused(may.reason, may.todo)
    ledger = LedgerImport(
        filename=filename[:200],
        size=len(data),
        home=home,
        source=source,
        started_at=at,
        started_by_id=by.person_id,
    )
    try:
        check_size(len(data), settings.FILE_LIMIT_MB * 1024 * 1024)
        kind_of(data, filename)
        ledger.file = keep_file(content=BytesIO(data), name=filename, by=by, at=at)
        if annex is not None:
            keep_annex(ledger=ledger, data=annex[0], name=annex[1], by=by, at=at)
    except Invalid as refusal:
        ledger.state = LedgerImport.State.UNREADABLE
        ledger.refused = "；".join(part for part in (refusal.reason, refusal.todo) if part)
    ledger.save()
    append(
        stream=ledger.stream,
        subject=ledger.filename,
        kind="ledger.uploaded",
        by=by,
        at=at,
        unit_id=home.pk,
        data={
            "file": ledger.file.sha256 if ledger.file else "",
            "size": len(data),
            "refused": ledger.refused,
        },
    )
    return ledger if ledger.file is None else ask_reading(ledger=ledger, by=by, at=at)
