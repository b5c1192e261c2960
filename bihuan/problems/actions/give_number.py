"""The next number under a prefix: no gap filled, none given twice, on both databases."""

from __future__ import annotations

from datetime import date

from django.db.models import F

from bihuan.kernel.numbering import number_prefix
from bihuan.org.models import Unit
from bihuan.problems.models import NumberRun


def give_number(*, prefix: str, unit: Unit, day: date) -> str:
    """`<source>-<unit code>-<yyyymm>-<seq>`. Must run in the transaction that uses the number.

    The update takes the row's lock (PostgreSQL) or the writer's turn (SQLite), so two callers cannot read
    the same last number.
    """
    head = number_prefix(prefix, unit.code, day).rstrip("-")
    NumberRun.objects.get_or_create(prefix=head)
    NumberRun.objects.filter(prefix=head).update(last=F("last") + 1)
    last = NumberRun.objects.get(prefix=head).last
    return f"{head}-{last:03d}"
