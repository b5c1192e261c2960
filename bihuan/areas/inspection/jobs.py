"""What inspection does by itself: every morning, whether a member of a team is tied to what they are to inspect."""

from __future__ import annotations

from datetime import datetime

from bihuan.areas.inspection import states
from bihuan.areas.inspection.actions.check_recusal import check_recusal
from bihuan.areas.inspection.models import Round


def look_for_ties(at: datetime) -> None:
    """Posts change, units merge: what was clear when the member was listed may not be on the day of the entry."""
    for round in Round.objects.filter(
        state__in=(states.DRAFT, states.APPROVED, states.ONSITE)
    ).select_related("rule_pack"):
        check_recusal(round=round, at=at)
