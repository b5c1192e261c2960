from .standing import standing_of, tasks_of

__all__ = ["standing_of", "tasks_of"]
