"""The next numbers under a prefix: no gap filled, none given twice, on both databases."""

from __future__ import annotations

from datetime import date

from django.db.models import F

from bihuan.kernel.numbering import number_prefix
from bihuan.org.models import Unit
from bihuan.problems.models import NumberRun


def give_number(*, prefix: str, unit: Unit, day: date) -> str:
    """`<source>-<unit code>-<yyyymm>-<seq>`. Must run in the transaction that uses the number."""
    return give_numbers(head=number_head(prefix, unit, day), count=1)[0]


def number_head(prefix: str, unit: Unit, day: date) -> str:
    """What the numbers of one source, unit and month share."""
    return number_prefix(prefix, unit.code, day).rstrip("-")


def give_numbers(*, head: str, count: int) -> list[str]:
    """The next `count` numbers under one head.

    The update takes the row's lock (PostgreSQL) or the writer's turn (SQLite), so two callers cannot read
    the same last number.
    """
    NumberRun.objects.get_or_create(prefix=head)
    NumberRun.objects.filter(prefix=head).update(last=F("last") + count)
    last = NumberRun.objects.get(prefix=head).last
    return [f"{head}-{number:03d}" for number in range(last - count + 1, last + 1)]
