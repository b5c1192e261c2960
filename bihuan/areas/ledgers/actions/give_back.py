"""A job that cannot be done gives its import back to the person, with the reason."""

from __future__ import annotations

from bihuan.areas.ledgers.models import LedgerImport


def give_back(*, job_id: int, why: str) -> None:
    """An import that was being loaded is a dry run again, one that was being read counts as unreadable.

    Does nothing when the import went on meanwhile; safe to call twice.
    """
    states = LedgerImport.State
    mine = LedgerImport.objects.filter(job_id=job_id)
    mine.filter(state=states.LOADING).update(
        state=states.DRAFT, refused=f"没有导成，一行也没有写入：{why}。改好以后再导入"
    )
    mine.filter(state=states.READING).update(
        state=states.UNREADABLE, refused=f"识别没有办成：{why}；重新上传一次"
    )
