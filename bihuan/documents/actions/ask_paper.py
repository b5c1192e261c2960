"""要文书: have the worker make one paper of one thing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.documents import words
from bihuan.documents.models import MadePaper
from bihuan.documents.policies import kind_of, may_ask
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid
from bihuan.org.policies import insist
from bihuan.record.actions.append import append
from bihuan.record.actions.enqueue import enqueue
from bihuan.record.closed import shut

MAKE = "documents.make"


def job_key(made: MadePaper) -> str:
    return f"{MAKE}:{made.pk}"


@transaction.atomic
def ask_paper(*, kind: str, about: str, which: str, by: Actor, at: datetime) -> MadePaper:
    """Raises Missing where there is no such paper for this person, Refused where it cannot be made now."""
    if which not in dict(words.WHICH):
        raise Invalid("没有这种格式", "选 Word 或 PDF")
    insist(may_ask(kind, about, which, by=by, at=at))
    made = MadePaper(
        kind=kind, about=about, which=which, confidential=kind_of(kind).confidential, asked_at=at,
        asked_by_id=by.person_id,
    )  # fmt: skip
    shut(made, {})  # what is made of it belongs to this row, and opens with its key
    made.save(force_insert=True)
    enqueue(kind=MAKE, payload={"made": made.pk}, by=by, at=at, key=job_key(made))
    append(
        stream=made.stream, kind="document.asked", by=by, at=at, seq=1, unit_id=by.unit_id,
        data={"kind": kind, "about": about, "which": which},
    )  # fmt: skip
    return made
