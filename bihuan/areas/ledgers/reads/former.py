"""The last version of a ledger: found by what its rows say, not by its name or its layout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count, Max

from bihuan.areas.ledgers.models import LedgerImport, LedgerRow
from bihuan.areas.ledgers.reading.facets import facets
from bihuan.areas.ledgers.reading.versions import Line
from bihuan.areas.ledgers.wishes import HOME, NO_FORMER
from bihuan.kernel.actor import Actor

#: of the smaller of the two files, the share of rows that must be known for it to be a version of the other
SHARE = 0.3
_CHUNK, _TRIED, _GENERATIONS = 500, 3, 50


@dataclass(slots=True)
class Former:
    """A ledger that came in before: its newest version, and for each of its problems the newest row that said it."""

    ledger: LedgerImport
    rows: list[LedgerRow]
    lines: list[Line]


def candidates(ledger: LedgerImport, rows: Sequence[LedgerRow], by: Actor) -> Iterator[Former]:
    """Ledgers this one may be a newer version of, the likeliest first. A person's word settles it."""
    mine = LedgerImport.objects.visible_to(by).filter(state=LedgerImport.State.DONE).exclude(pk=ledger.pk)
    asked = ledger.wishes.get("previous")
    if asked == NO_FORMER:
        return
    if asked:
        found = list(mine.filter(pk=int(asked)))
    else:
        shared = _shared(rows)
        likely = mine.in_bulk([pk for pk, _ in shared.most_common(20)])
        order = sorted(likely.values(), key=lambda one: (-shared[one.pk], -one.pk))
        found = [_newest(one, mine) for one in order]
    for one in list(dict.fromkeys(found))[:_TRIED]:
        yield _former(one)


def _shared(rows: Sequence[LedgerRow]) -> Counter[int]:
    """Import → rows that have a key or a statement with one of these in common."""
    found: Counter[int] = Counter()
    for name in ("origin_key", "said_key"):
        values = sorted({value for row in rows if (value := getattr(row, name))})
        seen: Counter[int] = Counter()
        for start in range(0, len(values), _CHUNK):
            known = LedgerRow.objects.filter(
                **{f"{name}__in": values[start : start + _CHUNK]}, problem__isnull=False
            )
            seen.update(dict(known.values_list("ledger_id").annotate(Count("id"))))
        found |= seen
    return found


def _newest(one: LedgerImport, mine) -> LedgerImport:
    """The newest version that came after this one."""
    for _ in range(_GENERATIONS):
        later = mine.filter(previous=one).order_by("-pk").first()
        if later is None:
            break
        one = later
    return one


def _former(ledger: LedgerImport) -> Former:
    line, ids = ledger, [ledger.pk]
    while line.previous_id and line.previous_id not in ids and len(ids) < _GENERATIONS:
        ids.append(line.previous_id)
        line = LedgerImport.objects.only("pk", "previous").get(pk=line.previous_id)
    kept = LedgerRow.objects.filter(ledger__in=ids, problem__isnull=False)
    last = list(kept.values_list("problem").annotate(Max("pk")).values_list("pk__max", flat=True))
    rows: list[LedgerRow] = []
    for start in range(0, len(last), _CHUNK):
        rows.extend(
            LedgerRow.objects.filter(pk__in=last[start : start + _CHUNK]).defer(
                "cells", "guessed", "problems"
            )
        )
    rows.sort(key=lambda row: (-row.ledger_id, row.order))
    said = LedgerImport.objects.filter(pk__in=ids).only("pk", "columns", "home", "wishes").in_bulk()
    columns = {pk: fields_of(one) for pk, one in said.items()}
    lines = [
        line_of(place, row, said[row.ledger_id], columns[row.ledger_id]) for place, row in enumerate(rows)
    ]
    return Former(ledger, rows, lines)


def fields_of(ledger: LedgerImport) -> set[str]:
    return {column["field"] for column in ledger.columns}


def line_of(place: int, row: LedgerRow, ledger: LedgerImport, columns: set[str]) -> Line:
    seq = str(row.values.get("seq_no") or "")
    homed = frozenset(name for name, chosen in ledger.wishes.get("units", {}).items() if chosen == HOME)
    return Line(place, row.origin_key, facets(row.values, columns, homed), seq, home=ledger.home_id or 0)
