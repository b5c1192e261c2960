from .asking import Ask, DayLog, Midterm, Visit
from .confidential import Clue, Complaint, Draft, Talk
from .passing import Consent, Handed, Interviewee
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
    "Talk",
    "Visit",
]
