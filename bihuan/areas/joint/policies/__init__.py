"""Who may: joint tasks, the parts of bodies, the matrix."""

from .joint import may_add_part, may_drop_part, may_plan, may_report, may_share, step_verdict

__all__ = ["may_add_part", "may_drop_part", "may_plan", "may_report", "may_share", "step_verdict"]
