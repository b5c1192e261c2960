"""When an entry counts as made later (补录): judged by the pinned rule pack, shown for good."""

from __future__ import annotations

from datetime import datetime, timedelta

from bihuan.org.models import PackVersion
from bihuan.org.reads import rule_of


def is_late_entry(pack: PackVersion | None, occurred_at: datetime, recorded_at: datetime) -> bool:
    """True if it was written down more days after it happened than the pack allows."""
    return recorded_at - occurred_at > timedelta(days=float(rule_of(pack, "late.entry_days").value))
