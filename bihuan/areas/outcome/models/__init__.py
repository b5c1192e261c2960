from .archive import ArchiveItem, GivenBack
from .checking import CheckTerm, CheckVerdict, CheckVisit, EvidencePack
from .evaluation import Deduction, Evaluation
from .exemption import Exemption
from .experience import Experience, ExperienceUse
from .feedback import ClockDay, Feedback, FeedbackCopy, FeedbackItem
from .lookback import LookAgain, Sample
from .plan import PlanComment, PlanEdition, PlanReview, RectificationPlan
from .progress import LifeMeeting, RectificationReport, ReportReading
from .report import Citation, Opinion, Report, ReportEdition, ReportFinding
from .round_papers import CommonProblem, RoundPaper

__all__ = [
    "ArchiveItem",
    "CheckTerm",
    "CheckVerdict",
    "CheckVisit",
    "Citation",
    "ClockDay",
    "CommonProblem",
    "Deduction",
    "Evaluation",
    "EvidencePack",
    "Exemption",
    "Experience",
    "ExperienceUse",
    "Feedback",
    "FeedbackCopy",
    "FeedbackItem",
    "GivenBack",
    "LifeMeeting",
    "LookAgain",
    "Opinion",
    "PlanComment",
    "PlanEdition",
    "PlanReview",
    "RectificationPlan",
    "RectificationReport",
    "Report",
    "ReportEdition",
    "ReportFinding",
    "ReportReading",
    "RoundPaper",
    "Sample",
]
