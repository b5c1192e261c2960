"""Take hold of a feedback that has not been given out yet: of two hands at once the second must look again."""

from __future__ import annotations

from bihuan.areas.outcome.models import Feedback
from bihuan.kernel.refused import Stale


def hold_feedback(*, feedback: Feedback) -> None:
    """Only actions call it. Raises Stale."""
    here = Feedback.objects.filter(pk=feedback.pk, issued_at=None, version=feedback.version)
    if not here.update(version=feedback.version + 1):
        raise Stale()
    feedback.version += 1
