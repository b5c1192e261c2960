"""Hand over to the archive what a task left behind, several kinds of papers at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from bihuan.areas.inspection.models import Task
from bihuan.areas.outcome.models import ArchiveItem
from bihuan.areas.outcome.words import CLOSED_PAPERS
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused

from .hand_over_papers import hand_over_papers


@transaction.atomic
def hand_over_task(
    *, task: Task, pages: Mapping[str, int], place: str, by: Actor, at: datetime
) -> list[ArchiveItem]:
    """`pages` of each kind that goes, to one place, with the circle of readers that is usual for it. All or none."""
    if not pages:
        raise Refused("没有写一种材料的页数", "这一次移交的写页数，留空的以后再移交")
    said = {"task": task, "place": place, "by": by, "at": at}
    return [
        hand_over_papers(kind=kind, pages=number, secrecy=usual_secrecy(kind), **said)
        for kind, number in pages.items()
    ]


def usual_secrecy(kind: str) -> str:
    return "closed" if kind in CLOSED_PAPERS else "inner"
