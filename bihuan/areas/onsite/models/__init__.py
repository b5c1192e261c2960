from .asking import Ask, DayLog, Midterm, Visit
from .confidential import Clue, Complaint, Draft, Talk
from .passing import Consent, Handed, Interviewee
from .receiving import Submission, SubmissionFile
from .work import ImmediateNotice, Loan, NoticeItem, Outreach

__all__ = [
    "Ask",
    "Clue",
    "Complaint",
    "Consent",
    "DayLog",
    "Draft",
    "Handed",
    "ImmediateNotice",
    "Interviewee",
    "Loan",
    "Midterm",
    "NoticeItem",
    "Outreach",
    "Submission",
    "SubmissionFile",
    "Talk",
    "Visit",
]
