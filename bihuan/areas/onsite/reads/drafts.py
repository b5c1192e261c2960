"""What stands around one draft: its editions, its files, the ones before and after it."""

from __future__ import annotations

from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.models import Draft
from bihuan.record.models import Closed, ClosedFile


def edition_rows(draft: Draft) -> list[Draft]:
    """All editions under this number, newest first; empty where there is one alone."""
    rows = Draft.objects.filter(task_id=draft.task_id, number=draft.number).order_by("-edition")
    found = list(rows)
    return found if len(found) > 1 else []


def files_of(thing: Closed) -> list[ClosedFile]:
    """Closed files of this row, in the order they came; their names are closed too."""
    owner = f"{thing._meta.label_lower}:{thing.key}"
    return list(ClosedFile.objects.filter(owner=owner).select_related("stored").order_by("order", "pk"))


def neighbours(draft: Draft, standing: Standing) -> tuple[Draft | None, Draft | None]:
    """The ones before and after it, in the order of their numbers, that this person may open."""
    rows = Draft.objects.readable_by(standing).exclude(state="replaced").exclude(pk=draft.pk)
    before = rows.filter(number__lt=draft.number).order_by("-number", "-edition").first()
    after = rows.filter(number__gt=draft.number).order_by("number", "edition").first()
    return before, after
