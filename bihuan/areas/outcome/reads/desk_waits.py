"""等别人办的, of what comes of a task: what this person handed in or drew up, and whom it waits for since when. One query
over all of it; one more where a plan is under review, for the names of who has said nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import CharField, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse

from bihuan.areas.inspection import states as rounds
from bihuan.areas.onsite.reads import in_team
from bihuan.areas.outcome import states, words
from bihuan.areas.outcome.models import (
    Evaluation,
    Exemption,
    Feedback,
    LookAgain,
    PlanReview,
    RectificationPlan,
    RectificationReport,
    Report,
    RoundPaper,
    Sample,
)
from bihuan.kernel.actor import Actor
from bihuan.registry.lines import WaitLine

from .mine import feedbacks_of
from .reviewing import open_reviews
from .standing import orgs_over

_OF_FEEDBACK = "feedback__task"
#: where each line leads
_PAGES = {
    "report": "report", "receipt": "feedback", "plan": "rectification", "rect_report": "rectification-report",
    "exemption": "rectification", "evaluation": "evaluation", "samples": "look-again", "paper": "round-sum",
}  # fmt: skip


class _Line(NamedTuple):
    what: str
    key: str
    name: str
    since: datetime
    note: str


def desk_waits(actor: Actor, at: datetime) -> Iterator[WaitLine]:
    if not actor.is_person or actor.person_id is None:
        return
    parts = [_lines(*part) for part in _waiting(actor, actor.person_id)]
    found = [_Line(*row) for row in parts[0].union(*parts[1:], all=True)]
    silent = _silent([int(line.key) for line in found if line.what == "plan"])
    for line in found:
        verb, who = words.WAITS[line.what]
        if line.what == "report":
            who = words.REPORT_WAITS[line.note]
        elif line.what == "plan":
            who = silent.get(int(line.key), "")
        url = reverse(f"outcome:{_PAGES[line.what]}", args=[line.key])
        yield WaitLine(verb, line.name, who, line.since, url)


def _silent(feedbacks: list[int]) -> dict[int, str]:
    """Who has said nothing yet, in words, by the feedback whose plan it is."""
    if not feedbacks:
        return {}
    rows = open_reviews(PlanReview.objects.filter(edition__plan__feedback__in=feedbacks))
    found: dict[int, list[str]] = {}
    for row in rows.select_related("unit", "edition__plan").order_by("pk"):
        found.setdefault(row.edition.plan.feedback_id, []).append(str(row))
    return {key: words.AND.join(names) for key, names in found.items()}


def _waiting(actor: Actor, me: int) -> Iterator[tuple[Any, ...]]:
    """(what, rows, key, way to the task or "", since, note)."""
    under_way = Report.objects.exclude(state__in=(states.DRAFTING, states.ISSUED))
    own = under_way.filter(in_team(actor, task="task_id"), handed_in_by_id=me)
    own = own.exclude(task__round__state=rounds.ARCHIVED)
    yield "report", own, "pk", "task", F("handed_in_at"), F("state")
    given = Feedback.objects.filter(issued_by_id=me, received_on=None)
    yield "receipt", given, "pk", "task", F("issued_at"), None
    silent = Exists(open_reviews(PlanReview.objects.filter(edition__plan=OuterRef("pk"))))
    plans = RectificationPlan.objects.filter(silent, _follows(actor))
    yield "plan", plans, "feedback_id", _OF_FEEDBACK, F("submitted_at"), None
    reports = RectificationReport.objects.filter(handed_in_by_id=me, received_on=None)
    yield "rect_report", reports, "pk", _OF_FEEDBACK, F("handed_in_at"), None
    asked = Exemption.objects.filter(asked_by_id=me, granted=None)
    yield "exemption", asked, "item__feedback_id", f"item__{_OF_FEEDBACK}", F("asked_at"), None
    judged = Evaluation.objects.filter(handed_in_by_id=me, approved_on=None)
    yield "evaluation", judged, "pk", _OF_FEEDBACK, F("handed_in_at"), None
    left = Exists(Sample.objects.filter(look=OuterRef("pk"), verdict=""))
    looks = LookAgain.objects.filter(left, drawn_by_id=me).exclude(task__round__state=rounds.ARCHIVED)
    yield "samples", looks, "task_id", "task", F("drawn_at"), None
    papers = RoundPaper.objects.filter(written_by_id=me, heard_on=None)
    yield "paper", papers, "round__code", None, F("written_at"), None


def _follows(actor: Actor) -> Q:
    """Who waits for a review: the organisation whose plan it is, and who joins the comments."""
    found = Q(feedback__in=feedbacks_of(actor)) if actor.may(states.RECTIFY) else Q(pk__in=())
    if actor.may(states.PLAN) or actor.may(states.DISCIPLINE):
        found |= ~Q(feedback__task__org__in=orgs_over(actor))
    return found


def _lines(what: str, rows: QuerySet, key: str, task: str | None, since: Any, note: Any) -> QuerySet:
    """The same columns of each kind, for one union; without a `task` it is of a whole round."""
    return rows.order_by().values_list(
        Value(what, CharField()), Cast(key, CharField()), f"{task}__org__name" if task else "round__name",
        Cast(since, DateTimeField()), Cast(note, CharField()) if note is not None else Value("", CharField()),
    )  # fmt: skip
