"""The next numbers under a prefix: no gap filled, none given twice, on both databases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import connection
from django.db.models import F

from bihuan.kernel.numbering import number_prefix
from bihuan.org.models import Unit
from bihuan.problems.models import NumberRun

_HEADS = 200


def give_number(*, prefix: str, unit: Unit, day: date) -> str:
    """`<source>-<unit code>-<yyyymm>-<seq>`. Must run in the transaction that uses the number."""
    return give_numbers(head=number_head(prefix, unit, day), count=1)[0]


def number_head(prefix: str, unit: Unit, day: date) -> str:
    """What the numbers of one source, unit and month share."""
    return number_prefix(prefix, unit.code, day).rstrip("-")


def give_numbers(*, head: str, count: int) -> list[str]:
    """The next `count` numbers under one head."""
    return give_numbers_of(counts={head: count})[head]


def give_numbers_of(*, counts: Mapping[str, int]) -> dict[str, list[str]]:
    """The next numbers under each of these heads, as many as asked for, in two statements per 200 heads.

    The upsert takes the rows' locks (PostgreSQL) or the writer's turn (SQLite), so two callers cannot read the
    same last number; in the order of the heads, so that two callers wait for each other in one direction only.
    """
    heads, last = sorted(counts), {}
    for start in range(0, len(heads), _HEADS):
        part = heads[start : start + _HEADS]
        with connection.cursor() as cursor:
            cursor.execute(  # only as many pairs of %s as there are values
                "INSERT INTO problems_numberrun (prefix, last) VALUES "  # noqa: S608
                + ", ".join(["(%s, %s)"] * len(part))
                + " ON CONFLICT (prefix) DO UPDATE SET last = problems_numberrun.last + excluded.last",
                [value for head in part for value in (head, counts[head])],
            )
        last.update(NumberRun.objects.filter(prefix__in=part).values_list("prefix", "last"))
    return {
        head: [f"{head}-{number:03d}" for number in range(last[head] - counts[head] + 1, last[head] + 1)]
        for head in heads
    }


def take_numbers(*, head: str, count: int) -> range:
    """The next `count` bare numbers under one head. Must run in the transaction that uses them: if it is
    rolled back, the numbers are free again, so that none is ever missing."""
    NumberRun.objects.get_or_create(prefix=head)
    NumberRun.objects.filter(prefix=head).update(last=F("last") + count)
    last = NumberRun.objects.get(prefix=head).last
    return range(last - count + 1, last + 1)


def wait_for_turn(*, head: str) -> None:
    """Hold everybody else under this head until the transaction ends: a write, not a lock, so that it holds
    on both databases."""
    NumberRun.objects.get_or_create(prefix=head)
    NumberRun.objects.filter(prefix=head).update(last=F("last"))
