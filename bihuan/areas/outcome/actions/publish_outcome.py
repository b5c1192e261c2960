"""Draft what is made public of a rectification, inside and outside; the looks and the term are `publication`'s."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome.models import Feedback
from bihuan.areas.outcome.policies.publishing import may_publish_outcome
from bihuan.areas.outcome.reads.publishing import entry, origin_of, texts_of, unit_of
from bihuan.areas.outcome.words import public_title
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.org.policies import insist
from bihuan.publication.actions.draft_publication import draft_publication
from bihuan.publication.models import Publication
from bihuan.record.actions.append import append


@transaction.atomic
def publish_outcome(
    *, feedback: Feedback, contact: str, standing: Standing, by: Actor, at: datetime
) -> Publication:
    """One at a time. The texts are a proposal that may be reworded there; what is exempt is compared again before it goes out."""
    Feedback.objects.select_for_update().get(
        pk=feedback.pk
    )  # one text at a time: the second waits and is refused
    insist(may_publish_outcome(feedback, standing, by))
    unit = unit_of(feedback)
    if unit is None:
        raise Refused(f"{feedback.task.org}没有对应的单位", "请系统管理员补上党组织和单位的对应")
    inside, outside = texts_of(feedback)
    made = draft_publication(
        entry=entry(), unit=unit, title=public_title(feedback.task.org.name), contact=contact,
        text_inside=inside, text_outside=outside, origin=origin_of(feedback), by=by, at=at,
    )  # fmt: skip
    append(
        stream=feedback.stream, kind="outcome.publication_drafted", by=by, at=at, subject=str(feedback),
        data={"task": feedback.task_id, "publication": made.pk},
    )  # fmt: skip
    return made
