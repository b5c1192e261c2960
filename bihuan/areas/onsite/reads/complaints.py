"""Counts and neighbours of complaints and clues: numbers, days and states, never words."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Max

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite import words
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.models import Clue, Complaint, Submission


def waiting(task: Task) -> int:
    """What came by the public page and was not taken in yet."""
    return Submission.objects.filter(task=task).count()


def next_number(task: Task) -> int:
    """The key of the row holds two that take the same one at once."""
    return (Complaint.objects.filter(task=task).aggregate(last=Max("number"))["last"] or 0) + 1


def counted(task: Task, field: str, labels: tuple[tuple[str, str], ...]) -> list[tuple[str, str, int]]:
    """(code, label, number) of all complaints of a task by one column, in the order of the labels, without noughts."""
    rows = Complaint.objects.filter(task=task).values_list(field).annotate(number=Count("pk")).order_by(field)
    found: dict[str, int] = dict(rows)
    return [(code, label, found[code]) for code, label in labels if found.get(code)]


def by_channel(task: Task) -> list[tuple[str, str, int]]:
    return counted(task, "channel", words.CHANNELS)


def by_disposition(task: Task) -> list[tuple[str, str, int]]:
    return counted(task, "disposition", (("", words.UNDECIDED), *words.DISPOSITIONS))


def around(thing: Complaint | Clue, standing: Standing) -> tuple[Any | None, Any | None]:
    """The one before and the one after it, of those this person may open."""
    rows = type(thing).objects.readable_by(standing)
    before = rows.filter(number__lt=thing.number).order_by("-number").first()
    after = rows.filter(number__gt=thing.number).order_by("number").first()
    return before, after
