"""What a round comes to, counted: problems shared by several organisations, and the figures of its report."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from bihuan.areas.inspection.models import Round
from bihuan.areas.inspection.reads import counts_of
from bihuan.areas.onsite.models import Complaint, Draft, Talk
from bihuan.areas.outcome import words
from bihuan.areas.outcome.models import Feedback, FeedbackItem
from bihuan.kernel.actor import SYSTEM
from bihuan.org.reads import rule_of

KEY = "common.organisations"


@dataclass(frozen=True, slots=True)
class Shared:
    """A tag (or a category, where nothing was tagged) and of which organisations its problems are."""

    tag: str
    label: str
    orgs: list[str]
    items: int


def least_of(round: Round) -> int:
    return int(rule_of(round.rule_pack, KEY).value)


def shared_in(round: Round) -> list[Shared]:
    """Those of as many organisations as the pinned pack says, most first. One query."""
    rows = FeedbackItem.objects.filter(
        feedback__task__round=round, feedback__received_on__isnull=False, kind="problem"
    ).values_list("common", "category", "feedback__task__org__name")
    orgs: dict[str, set[str]] = defaultdict(set)
    count: dict[str, int] = defaultdict(int)
    for common, category, org in rows:
        tag = common or f"{words.CATEGORY_TAG}{category}"
        orgs[tag].add(org)
        count[tag] += 1
    least = least_of(round)
    found = [
        Shared(tag, words.tag_label(tag), sorted(names), count[tag])
        for tag, names in orgs.items()
        if len(names) >= least
    ]
    return sorted(found, key=lambda one: (-len(one.orgs), one.tag))


def sums_of(round: Round) -> dict[str, Any]:
    """The figures of the round's report, as values. No content, numbers alone."""
    tasks = list(round.tasks.filter(entered_on__isnull=False))
    now = counts_of(round, SYSTEM)  # the same figures as on the page of the round, whoever asks
    return {
        "orgs": len({task.org_id for task in tasks}), "tasks": len(tasks),
        "days": sum(task.days for task in tasks if task.left_on),
        "talks": Talk.objects.filter(task__in=tasks).count(),
        "complaints": Complaint.objects.filter(task__in=tasks).count(),
        "drafts": Draft.objects.filter(task__in=tasks).exclude(state="replaced").count(),
        "feedbacks": Feedback.objects.filter(task__in=tasks, received_on__isnull=False).count(), "total": now.total, "done": now.done, "basically": now.basically,
        "rest": now.rest, "percent": now.percent,
    }  # fmt: skip
