from .feedback import ClockDay, Feedback, FeedbackCopy, FeedbackItem
from .report import Citation, Opinion, Report, ReportEdition, ReportFinding

__all__ = [
    "Citation",
    "ClockDay",
    "Feedback",
    "FeedbackCopy",
    "FeedbackItem",
    "Opinion",
    "Report",
    "ReportEdition",
    "ReportFinding",
]
