from .confidential import Clue, Complaint, Draft, Talk
from .passing import Consent, Handed, Interviewee

__all__ = ["Clue", "Complaint", "Consent", "Draft", "Handed", "Interviewee", "Talk"]
