"""The papers of a stay on site: what each says, who may have it, and where it is offered."""

from .kinds import PAPERS

__all__ = ["PAPERS"]
