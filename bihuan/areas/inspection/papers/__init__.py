"""The papers of inspection: what each says, who may have it, and where it is offered.

What later rooms say of the same tasks (`day_words`, `party_name`, …) they take from here; their papers are their own.
"""

from .kinds import PAPERS

__all__ = ["PAPERS"]
