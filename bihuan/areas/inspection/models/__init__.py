from .briefings import Answer, Briefing, Consultation
from .lending import Appraisal, Secondment
from .meetings import EntryMeeting, Mobilisation
from .opening import Announcement, Liaison, Notice
from .plan import ScopeOrg, Term, YearPlan
from .proposal import Proposal, ProposedTask
from .rounds import Finding, Focus, Framework, Round, Task
from .teams import Member, RecusalCase, Relative, Talent, Team, TeamTask, Training

__all__ = [
    "Announcement",
    "Answer",
    "Appraisal",
    "Briefing",
    "Consultation",
    "EntryMeeting",
    "Finding",
    "Focus",
    "Framework",
    "Liaison",
    "Member",
    "Mobilisation",
    "Notice",
    "Proposal",
    "ProposedTask",
    "RecusalCase",
    "Relative",
    "Round",
    "ScopeOrg",
    "Secondment",
    "Talent",
    "Task",
    "Team",
    "TeamTask",
    "Term",
    "Training",
    "YearPlan",
]
