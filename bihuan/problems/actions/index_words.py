"""Put the words a person would look for into the search index."""

from __future__ import annotations

from bihuan.problems.models import Problem
from bihuan.problems.search import remember


def index_words(*, problem: Problem) -> None:
    """Index the problem as it is now: whoever changes unit, person or words calls this in the same transaction."""
    remember(problem.pk, words_of(problem))


def words_of(problem: Problem) -> str:
    """What a person would look for when they look for this problem."""
    return " ".join(
        text
        for text in (
            problem.number,
            problem.statement,
            problem.place,
            problem.equipment,
            problem.category,
            problem.unit.name,
            problem.unit.short_name,
            problem.unit_text,
            problem.lead.name if problem.lead else problem.lead_text,
            problem.origin_title,
        )
        if text
    )
