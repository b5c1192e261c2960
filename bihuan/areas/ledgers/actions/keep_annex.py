"""Keep a second file beside a ledger: measures, 五定 or feedback that speak of its problems by a key."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from django.conf import settings

from bihuan.areas.ledgers.models import LedgerImport
from bihuan.areas.ledgers.reading.sniff import check_size, kind_of
from bihuan.kernel.actor import Actor
from bihuan.record.actions.keep_file import keep_file


def keep_annex(*, ledger: LedgerImport, data: bytes, name: str, by: Actor, at: datetime) -> None:
    """Set on the unsaved or saved import; the caller saves. Raises Invalid for a file that is no ledger file."""
    check_size(len(data), settings.FILE_LIMIT_MB * 1024 * 1024)
    kind_of(data, name)
    ledger.annex = keep_file(content=BytesIO(data), name=name, by=by, at=at)
    ledger.annex_name = name[:200]
