"""Which ledger an annex belongs to: asked only for a file that holds no problems of its own."""

from __future__ import annotations

from bihuan.areas.ledgers.models import LedgerImport
from bihuan.areas.ledgers.reading.joining import SHARE, key_share
from bihuan.kernel.actor import Actor

#: how many ledgers are looked at, how many of their rows, and how many lines of the annex
MOST, ROWS, LINES = 5, 5000, 300


def ledgers_of_annex(annex: LedgerImport, by: Actor) -> list[tuple[LedgerImport, int]]:
    """Ledgers this file's lines speak of, with the share of them in per cent, the best first."""
    if annex.state != LedgerImport.State.DRAFT or any(one["field"] == "statement" for one in annex.columns):
        return []
    lines = list(annex.rows.order_by("order").values_list("cells", flat=True)[:LINES])
    open_states = (LedgerImport.State.DRAFT, LedgerImport.State.DONE)
    others = LedgerImport.objects.visible_to(by).filter(state__in=open_states, home=annex.home)
    found = []
    for one in others.exclude(pk=annex.pk).select_related("loaded_by").order_by("-pk")[:MOST]:
        share = key_share(list(one.rows.order_by("order").values_list("cells", flat=True)[:ROWS]), lines)
        if share >= SHARE:
            found.append((one, round(share * 100)))
    return sorted(found, key=lambda pair: -pair[1])
