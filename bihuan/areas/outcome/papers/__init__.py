"""The papers of what comes after a stay: what each says, who may have it, and where it is offered."""

from .kinds import PAPERS

__all__ = ["PAPERS"]
