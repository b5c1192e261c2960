"""Close the addresses of robots and the keys of receivers anew, with the newest key of the strongbox."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from bihuan.notify.models import Channel, Endpoint
from bihuan.record.strongbox import closed_anew

from .open_channel import purpose
from .open_endpoint import purpose_of


def reseal() -> int:
    """Returns how many changed."""
    receivers = Endpoint.objects.exclude(sealed="")
    return _all(Channel.objects.all(), purpose) + _all(receivers, lambda one: purpose_of(one.ident))


def _all(rows: QuerySet, purpose_of_row: Callable[[Any], str]) -> int:
    changed = 0
    for row in rows.iterator():
        anew = closed_anew(row.sealed, purpose_of_row(row))
        if anew != row.sealed:
            changed += rows.filter(pk=row.pk, sealed=row.sealed).update(sealed=anew)
    return changed
