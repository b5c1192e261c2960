"""Put a file to a problem: kept by its hash, with its place in the story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.problems.models import Attachment, Problem
from bihuan.record.actions.keep_file import keep_file


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way in. `content` is a readable binary file; `role` a code of Attachment.Role."""

    content: Any
    name: str
    role: str = "evidence"
    measure_id: int | None = None


@transaction.atomic
def attach(*, problem: Problem, files: Sequence[Upload], by: Actor, at: datetime) -> list[Attachment]:
    """Keep the files with the problem's present round. Raises Refused for a file that cannot be taken.

    Writes no event of its own: the step that brought the files names their hashes in its event.
    """
    kept = []
    for upload in files:
        stored = keep_file(content=upload.content, name=upload.name, by=by, at=at)
        kept.append(
            Attachment.objects.create(
                problem=problem,
                file=stored,
                name=upload.name[:200],
                role=upload.role,
                measure_id=upload.measure_id,
                round=problem.round,
                added_at=at,
                added_by_id=by.person_id,
            )
        )
    return kept


def name_in(event: Any, attachments: Sequence[Attachment]) -> None:
    """Say at which step the files came, once the step has its number."""
    Attachment.objects.filter(pk__in=[a.pk for a in attachments]).update(event_seq=event.seq)


def receipt(attachments: Sequence[Attachment]) -> list[str]:
    """The hashes of the files, for the event: the receipt that holds when the row is gone."""
    return [attachment.file.sha256 for attachment in attachments]
