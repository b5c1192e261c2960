"""What the outcome of an inspection offers to the house."""

from __future__ import annotations

from bihuan.record.closed import reseal
from bihuan.registry.contract import Area

from .models import Feedback, FeedbackItem, Opinion, Report, ReportEdition, ReportFinding
from .words import DATA_WORDS, EVENT_WORDS

AREA = Area(
    code="outcome",
    title="巡后",
    order=32,
    icon="file-check",
    event_words=EVENT_WORDS,
    data_words=DATA_WORDS,
    reseal=lambda: reseal(Report, ReportFinding, ReportEdition, Opinion, Feedback, FeedbackItem),
)
