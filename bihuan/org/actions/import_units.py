"""Take in units from a sheet: what the dry run showed, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.org.policies import Row, insist_none_wrong, judge_units

from .open_unit import NewUnit, open_units


@transaction.atomic
def import_units(*, rows: Sequence[Row], on: date, by: Actor, at: datetime) -> int:
    """All rows or none: raises Refused while any row is wrong. Returns how many units are new."""
    verdicts, fields = judge_units(rows)
    insist_none_wrong(verdicts)
    news = [NewUnit(**one) for one in fields]
    return len(open_units(units=news, on=on, by=by, at=at)) if news else 0
