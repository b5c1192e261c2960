from .standing import in_team, standing_of, tasks_of, was_in_team

__all__ = ["in_team", "standing_of", "tasks_of", "was_in_team"]
