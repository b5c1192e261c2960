"""补充到上一份: a second file comes later, for a ledger that is being read or was carried out already."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.ledgers.models import LedgerImport
from bihuan.areas.ledgers.policies import may_import
from bihuan.areas.ledgers.wishes import NEW
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.record.actions.append import append

from .ask_reading import ask_reading
from .drop_import import drop_import
from .keep_annex import keep_annex

_ON = ("file", "filename", "home", "source")
#: corrections that hold for the same file read once more; what was created then is found by its name now
_READ = ("units", "people", "columns", "header_rows", "use", "cells", "skip")


@transaction.atomic
def add_annex(
    *,
    ledger: LedgerImport,
    data: bytes,
    filename: str,
    by: Actor,
    at: datetime,
    instead_of: LedgerImport | None = None,
) -> LedgerImport:
    """Join a second file to a ledger and read it anew. → the import it is now read as.

    What is still a dry run takes the annex itself; what was carried out gets a new version of itself, with the
    annex, so that only what the annex adds is taken. `instead_of`: the import the annex was uploaded as, given up.
    """
    may = may_import(by, ledger.home)
    if not may:
        raise Refused(may.reason, may.todo)
    if ledger.state == LedgerImport.State.DONE:
        ledger = _again(ledger, by, at)
    elif ledger.state != LedgerImport.State.DRAFT:
        raise Stale()
    keep_annex(ledger=ledger, data=data, name=filename, by=by, at=at)
    wished = {key: value for key, value in ledger.wishes.items() if key not in ("changes", "gone")}
    changed = {
        "annex": ledger.annex,
        "annex_name": ledger.annex_name,
        "wishes": wished,
        "revision": ledger.revision + 1,
    }
    mine = LedgerImport.objects.filter(pk=ledger.pk, state=ledger.state, revision=ledger.revision)
    if not mine.update(**changed):
        raise Stale()
    for name, value in changed.items():
        setattr(ledger, name, value)
    append(
        stream=ledger.stream,
        subject=ledger.filename,
        kind="ledger.annexed",
        by=by,
        at=at,
        unit_id=ledger.home_id,
        data={"file": ledger.annex.sha256 if ledger.annex else "", "size": len(data)},
    )
    if instead_of is not None:
        drop_import(ledger=instead_of, by=by, at=at)
    return ask_reading(ledger=ledger, by=by, at=at)


def _again(ledger: LedgerImport, by: Actor, at: datetime) -> LedgerImport:
    """The same file once more: a version of its own import."""
    kept = {name: getattr(ledger, name) for name in _ON}
    again = LedgerImport(**kept, size=ledger.size, started_at=at, started_by_id=by.person_id)
    again.state = LedgerImport.State.DRAFT
    wished = {name: value for name, value in ledger.wishes.items() if name in _READ}
    for kind in ("units", "people"):
        wished[kind] = {name: chosen for name, chosen in wished.get(kind, {}).items() if chosen != NEW}
    again.wishes = {**wished, "previous": str(ledger.pk)}
    again.save()
    return again
