from .confidential import Clue, Complaint, Draft, Talk
from .passing import Consent, Handed, Interviewee
from .receiving import Submission, SubmissionFile

__all__ = [
    "Clue",
    "Complaint",
    "Consent",
    "Draft",
    "Handed",
    "Interviewee",
    "Submission",
    "SubmissionFile",
    "Talk",
]
