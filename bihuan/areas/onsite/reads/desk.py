"""What stands on a desk because of a stay on site: the task of one's team, drafts that wait for one's hand, consents."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from bihuan.areas.inspection import states as rounds
from bihuan.areas.inspection.models import Member, Task
from bihuan.areas.onsite import states, words
from bihuan.areas.onsite.models import Consent, Draft
from bihuan.kernel.actor import Actor
from bihuan.registry.lines import DeskLine

from .desk_complaints import complaint_lines, complaint_rows
from .standing import in_team
from .waiting import work_lines, work_rows


def _tasks(actor: Actor) -> QuerySet[Task]:
    return Task.objects.entered().filter(in_team(actor), left_on=None)


def _drafts(actor: Actor) -> QuerySet[Draft]:
    """Being written or returned for whoever writes it; handed in for a deputy, or for any other member where there is
    none; reviewed and discussed for the leader."""
    going = Draft.objects.exclude(task__round__state=rounds.ARCHIVED)
    own = going.filter(in_team(actor, task="task_id"), state=states.WRITTEN, written_by_id=actor.person_id)
    deputy = Member.objects.filter(
        team__given__task=OuterRef("task_id"), part="deputy", removed_at=None, authorised_at__isnull=False
    ).exclude(person_id=OuterRef("written_by_id"))
    second = in_team(actor, "deputy", task="task_id") | (
        in_team(actor, "member", task="task_id") & ~Exists(deputy)
    )
    review = going.filter(second, state=states.HANDED_IN)
    lead = going.filter(
        in_team(actor, "leader", task="task_id"), state__in=(states.REVIEWED, states.DISCUSSED)
    )
    return review.exclude(written_by_id=actor.person_id) | lead | own


def _consents(actor: Actor) -> QuerySet[Consent]:
    waiting = Consent.objects.filter(granted_at=None, refused_at=None).exclude(asked_by_id=actor.person_id)
    if actor.may(states.HEAD):
        return waiting
    return waiting.filter(in_team(actor, "leader", task="task_id"))


def desk_rows(actor: Actor) -> list[QuerySet]:
    return [
        _tasks(actor),
        _drafts(actor),
        _consents(actor),
        *complaint_rows(actor),
        *work_rows(actor),
    ]


def desk_lines(actor: Actor, at: datetime) -> Iterator[DeskLine]:
    """Seven queries. Numbers and states; never a word of what is closed."""
    for task in _tasks(actor).select_related("org").order_by("to_day", "pk"):
        yield DeskLine(
            words.OPEN, words.on_site(str(task)), reverse("onsite:task", args=[task.pk]), task.to_day
        )
    now = dict(states.DRAFT_STATES)
    for draft in _drafts(actor).select_related("task__org").order_by("task", "number"):
        text = words.waits(str(draft.task), str(draft), now[draft.state])
        yield DeskLine(words.HANDLE, text, reverse("onsite:draft", args=[draft.pk]), draft.task.to_day)
    for consent in _consents(actor).select_related("task__org", "asked_by").order_by("pk"):
        text = words.asks_for(str(consent.task), str(consent.asked_by), consent.label)
        yield DeskLine(words.DECIDE, text, reverse("onsite:consent", args=[consent.pk]))
    yield from complaint_lines(actor, at)
    yield from work_lines(actor)
