from .opening import Announcement, Liaison, Notice
from .plan import ScopeOrg, Term, YearPlan
from .proposal import Proposal, ProposedTask
from .rounds import Finding, Focus, Framework, Round, Task
from .teams import Member, RecusalCase, Relative, Talent, Team, TeamTask, Training

__all__ = [
    "Announcement",
    "Finding",
    "Focus",
    "Framework",
    "Liaison",
    "Member",
    "Notice",
    "Proposal",
    "ProposedTask",
    "RecusalCase",
    "Relative",
    "Round",
    "ScopeOrg",
    "Talent",
    "Task",
    "Team",
    "TeamTask",
    "Term",
    "Training",
    "YearPlan",
]
