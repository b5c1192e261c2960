"""Open what a department told."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from bihuan.areas.inspection import states
from bihuan.areas.inspection.models import Answer, Briefing
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Missing
from bihuan.record.actions.append import append
from bihuan.record.closed import Content, content_of, opened, owner_of
from bihuan.record.models import ClosedFile


@dataclass(frozen=True, slots=True)
class Told:
    """One answer, opened: (item, text) pairs, why it was returned, (order, name) of its files."""

    answer: Answer
    pairs: list[tuple[str, str]]
    reason: str = ""
    files: list[tuple[int, str]] = field(default_factory=list)


@transaction.atomic
def open_briefing(*, briefing: Briefing, by: Actor, at: datetime) -> list[Told]:
    """The newest answer first, for the department itself, the office and the team; each time leaves an event. The first
    opening by the office takes it off the office's desk. Raises Missing for everybody else."""
    _insist(briefing, by)
    answers = list(briefing.answers.select_related("answered_by", "returned_by").order_by("-turn"))
    if not answers:
        return []
    _note(briefing, by, at, turns=[answer.turn for answer in answers])
    if by.may(states.PLAN):
        briefing.answers.filter(seen_at=None).update(seen_at=at, seen_by_id=by.person_id)
    files: dict[str, list[tuple[int, str]]] = {}
    owners = [owner_of(answer) for answer in answers]
    for file in ClosedFile.objects.filter(owner__in=owners).order_by("order"):
        files.setdefault(file.owner, []).append((file.order, opened(file)["name"]))
    found = []
    for answer, owner in zip(answers, owners, strict=True):
        words = opened(answer)
        pairs = list(zip(briefing.items, words["texts"], strict=True))
        found.append(Told(answer, pairs, words["reason"], files.get(owner, [])))
    return found


@transaction.atomic
def open_briefing_file(*, answer: Answer, order: int, by: Actor, at: datetime) -> Content:
    """One file of an answer, for the same people. Raises Missing where there is none."""
    _insist(answer.briefing, by)
    file = ClosedFile.objects.filter(owner=owner_of(answer), order=order).select_related("stored").first()
    if file is None:
        raise Missing()
    _note(answer.briefing, by, at, turns=[answer.turn], file=order)
    return content_of(file)


def _insist(briefing: Briefing, by: Actor) -> None:
    if not Briefing.objects.visible_to(by).filter(pk=briefing.pk).exists():
        raise Missing()


def _note(briefing: Briefing, by: Actor, at: datetime, **what: object) -> None:
    append(
        stream=briefing.stream, kind="inspection.briefing_opened", by=by, at=at,
        subject=str(briefing.task.round), unit_id=briefing.unit_id,
        data={"round_code": briefing.task.round.code, **what},
    )  # fmt: skip
