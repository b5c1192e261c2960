"""Say of which import a file is the newer version, or of none."""

from __future__ import annotations

from datetime import datetime

from bihuan.areas.ledgers import wishes
from bihuan.areas.ledgers.models import LedgerImport
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid

from .correct_import import correct_import


def choose_former(*, ledger: LedgerImport, former: str, by: Actor, at: datetime) -> LedgerImport:
    """Say of which import this is the newer version: an id, NO_FORMER for a ledger of its own, "" to look again."""
    if former and former != wishes.NO_FORMER:
        done = LedgerImport.objects.visible_to(by).filter(state=LedgerImport.State.DONE)
        if not former.isdecimal() or not done.filter(pk=int(former)).exists():
            raise Invalid("没有这次导入，或它还没有导入完", "从列出的导入里选一次")
    wished = {
        key: value for key, value in ledger.wishes.items() if key not in ("changes", "gone", "previous")
    }
    if former:
        wished["previous"] = former
    return correct_import(ledger=ledger, wishes=wished, by=by, at=at)
