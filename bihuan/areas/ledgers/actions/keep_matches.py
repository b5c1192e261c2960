"""Keep how a newer version compares with the last one, with the import it was read for."""

from __future__ import annotations

from typing import Any

from bihuan.areas.ledgers.models import LedgerImport, RowMatch
from bihuan.areas.ledgers.reads.versions import Comparison
from bihuan.record.pour import pour_objects


def known_before(found: Comparison | None, counts: dict[str, int], source: str) -> dict[str, Any]:
    """What the import's own row says of it: its last version, whose source it has, and what is no longer listed."""
    if found is None:
        return {"previous": None, "counts": counts, "source": source}
    counts = {
        **counts,
        "gone": len(found.gone),
        "same": sum(1 for one in found.matches if one.kind == "same"),
    }
    return {"previous": found.previous, "counts": counts, "source": found.previous.source}


def keep_matches(ledger: LedgerImport, found: Comparison | None) -> None:
    """Replace the comparison. The rows have to be there before; called in the transaction that read them."""
    RowMatch.objects.filter(ledger=ledger).delete()
    if found is not None:
        for one in found.matches:
            one.ledger = ledger
            one.row_id = one.row.pk if one.row is not None else None
        pour_objects(found.matches)
