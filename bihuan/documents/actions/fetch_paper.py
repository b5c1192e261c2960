"""取文书: the file, as long as whoever asked for it still may have it; every time is written down."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.documents.models import MadePaper
from bihuan.documents.policies import may_ask
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Missing
from bihuan.org.policies import insist
from bihuan.record.actions.append import append
from bihuan.record.closed import Content, content_of, owner_of
from bihuan.record.models import ClosedFile
from bihuan.record.reads import open_file


@transaction.atomic
def fetch_paper(*, made: MadePaper, by: Actor, at: datetime) -> Content:
    """Raises Missing for somebody else's paper, one that is not made, and one that is not this person's any more: a
    team that was released reads nothing, however early it asked."""
    if made.asked_by_id != by.person_id or made.made_on is None:
        raise Missing()
    insist(may_ask(made.kind, made.about, "docx", by=by, at=at))
    append(
        stream=made.stream, kind="document.fetched", by=by, at=at, unit_id=by.unit_id,
        data={"kind": made.kind, "about": made.about, "which": made.which},
    )  # fmt: skip
    if made.confidential:
        return content_of(ClosedFile.objects.select_related("stored").get(owner=owner_of(made), order=1))
    with open_file(made.file, "original") as kept:
        return Content(made.name, made.file.mime, kept.read())
