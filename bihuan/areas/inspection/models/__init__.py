from .plan import ScopeOrg, Term, YearPlan
from .rounds import Finding, Focus, Framework, Round, Task

__all__ = ["Finding", "Focus", "Framework", "Round", "ScopeOrg", "Task", "Term", "YearPlan"]
