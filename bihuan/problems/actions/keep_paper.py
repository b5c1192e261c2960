"""Put the files of a letter beside it: once, and their hashes into its record."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.problems.models import Letter
from bihuan.record.actions.append import append
from bihuan.record.models import StoredFile


@transaction.atomic
def keep_paper(*, letter: Letter, docx: StoredFile, pdf: StoredFile | None, by: Actor, at: datetime) -> bool:
    """False when another worker was faster: its files count. Both were kept before (`record.keep_file`)."""
    if not Letter.objects.filter(pk=letter.pk, docx=None).update(docx=docx, pdf=pdf):
        return False
    append(
        stream=letter.stream, kind="letter.printed", by=by, at=at, unit_id=letter.unit_id,
        subject=letter.problem.number,
        data={"letter": letter.number, "docx": docx.sha256, "pdf": pdf.sha256 if pdf else ""},
    )  # fmt: skip
    return True
