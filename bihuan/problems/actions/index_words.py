"""Put the words a person would look for into the search index."""

from __future__ import annotations

from bihuan.kernel.text import GAP
from bihuan.org.models import Unit
from bihuan.problems.models import Problem
from bihuan.problems.search import remember


def index_words(*, problem: Problem) -> None:
    """Index the problem as it is now: whoever changes unit, person or words calls this in the same transaction."""
    remember(problem.pk, words_of(problem), problem.unit.path or "")


def words_of(problem: Problem) -> str:
    """What a person would look for when they look for this problem."""
    return found_by(
        problem.number,
        problem.statement,
        problem.place,
        problem.equipment,
        problem.category,
        problem.unit,
        problem.unit_text,
        problem.lead.name if problem.lead else problem.lead_text,
        problem.origin_title,
    )


def found_by(
    number: str,
    statement: str,
    place: str,
    equipment: str,
    category: str,
    unit: Unit,
    unit_text: str,
    lead: str,
    origin_title: str,
) -> str:
    """The same from its parts, for rows that are poured in without an object each."""
    parts = (
        number,
        statement,
        place,
        equipment,
        category,
        unit.name,
        unit.short_name,
        unit_text,
        lead,
        origin_title,
    )
    return GAP.join(text for text in parts if text)
