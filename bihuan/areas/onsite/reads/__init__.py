from .standing import in_team, standing_of, tasks_of

__all__ = ["in_team", "standing_of", "tasks_of"]
