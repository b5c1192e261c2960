"""Decide about a newer version: which changes are taken, and why problems are no longer listed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from bihuan.areas.ledgers import wishes
from bihuan.areas.ledgers.models import LedgerImport
from bihuan.areas.ledgers.policies import may_change, may_import
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid, Refused, Stale
from bihuan.record.actions.append import append

MOST_REASON = 300


@transaction.atomic
def decide_changes(
    *,
    ledger: LedgerImport,
    chosen: dict[int, dict[str, str]],
    reasons: dict[int, str],
    by: Actor,
    at: datetime,
) -> LedgerImport:
    """`chosen`: problem → code → THEIRS or OURS; `reasons`: problem → why it is no longer listed, "" takes it back.

    Nothing is read anew: the comparison stays, what will be taken of it changes. Raises Stale when somebody
    corrected the import since it was looked at, Invalid for a reason that is too long.
    """
    for may in (may_change(ledger), may_import(by, ledger.home)):
        if not may:
            raise Refused(may.reason, may.todo)
    if any(len(reason) > MOST_REASON for reason in reasons.values()):
        raise Invalid(f"原因最多 {MOST_REASON} 个字", "写短一些")
    known = set(ledger.matches.filter(problem__in=[*chosen, *reasons]).values_list("problem_id", flat=True))
    wished = ledger.wishes
    for problem, codes in chosen.items():
        if problem in known:
            wished = wishes.with_decisions(wished, problem, codes)
    wished = wishes.with_gone(wished, {pk: reason for pk, reason in reasons.items() if pk in known})
    changed: dict[str, Any] = {"wishes": wished, "revision": ledger.revision + 1}
    mine = LedgerImport.objects.filter(pk=ledger.pk, state=LedgerImport.State.DRAFT, revision=ledger.revision)
    if not mine.update(**changed):
        raise Stale()
    for name, value in changed.items():
        setattr(ledger, name, value)
    append(
        stream=ledger.stream,
        subject=ledger.filename,
        kind="ledger.decided",
        by=by,
        at=at,
        unit_id=ledger.home_id,
        data={"problems": sorted({*chosen, *reasons} & known)},
    )
    return ledger
