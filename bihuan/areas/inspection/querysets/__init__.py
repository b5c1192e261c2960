"""The words of inspection: plans, rounds, tasks and teams; and what comes before an entry."""

from .before import (
    AppraisalQuery,
    BriefingQuery,
    ConsultationQuery,
    SecondmentQuery,
    headed_by,
    ids_above,
    lends,
    member_of,
)
from .rounds import (
    VIEW,
    CaseQuery,
    MemberQuery,
    PlanQuery,
    RelativeQuery,
    RoundQuery,
    ScopeQuery,
    TalentQuery,
    TaskQuery,
    TeamQuery,
    sees,
    sees_ties,
)

__all__ = [
    "VIEW",
    "AppraisalQuery",
    "BriefingQuery",
    "CaseQuery",
    "ConsultationQuery",
    "MemberQuery",
    "PlanQuery",
    "RelativeQuery",
    "RoundQuery",
    "ScopeQuery",
    "SecondmentQuery",
    "TalentQuery",
    "TaskQuery",
    "TeamQuery",
    "headed_by",
    "ids_above",
    "lends",
    "member_of",
    "sees",
    "sees_ties",
]
