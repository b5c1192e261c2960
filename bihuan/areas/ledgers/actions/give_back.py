"""A job that cannot be done gives its import back to the person, with the reason."""

from __future__ import annotations

from bihuan.areas.ledgers.models import LedgerImport
from bihuan.areas.ledgers.words import not_loaded, not_read


def give_back(*, job_id: int, why: str) -> None:
    """An import that was being loaded is a dry run again, one that was being read counts as unreadable.

    Does nothing when the import went on meanwhile; safe to call twice.
    """
    states = LedgerImport.State
    mine = LedgerImport.objects.filter(job_id=job_id)
    mine.filter(state=states.LOADING).update(state=states.DRAFT, refused=not_loaded(why))
    mine.filter(state=states.READING).update(state=states.UNREADABLE, refused=not_read(why))
