"""The rectification of one feedback as an address names it, or 404; and what its page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite.access import Hat, Standing
from bihuan.areas.onsite.reads import standing_of
from bihuan.areas.outcome.models import (
    Evaluation,
    Exemption,
    Feedback,
    LifeMeeting,
    PlanComment,
    PlanEdition,
    PlanReview,
    RectificationPlan,
    RectificationReport,
)
from bihuan.areas.outcome.policies.evaluation import may_start_evaluation, sees_evaluation
from bihuan.areas.outcome.policies.experience import may_suggest
from bihuan.areas.outcome.policies.feedback import answers_for
from bihuan.areas.outcome.policies.plan import (
    may_amend_plan,
    may_ask_review,
    may_prepare_plan,
    may_review,
    plan_verdict,
    sees_comments,
)
from bihuan.areas.outcome.policies.progress import may_hand_in_rect_report, may_hold_life_meeting
from bihuan.areas.outcome.policies.publishing import may_decide_exemption, may_publish_outcome
from bihuan.areas.outcome.reads.clock import clock_of, concentrated_end
from bihuan.areas.outcome.reads.clock_days import kept_days
from bihuan.areas.outcome.reads.experience import MOST_OFFERED, offered_to
from bihuan.areas.outcome.reads.figures import figures_of
from bihuan.areas.outcome.reads.lists import Line, PlanFault, changes_between, faults_in, lines_of
from bihuan.areas.outcome.reads.publishing import origin_of
from bihuan.areas.outcome.reads.rectifying import feedbacks_open_to
from bihuan.areas.outcome.reads.standing import departments_of
from bihuan.areas.outcome.words import EVALUATIONS, FAULTS
from bihuan.documents.reads import menu_of
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.publication.models import Publication
from bihuan.ui.access import confidential

LISTS = (("problems", "问题清单"), ("tasks", "任务清单"), ("duties", "责任清单"))
_WITH = (
    "task__round__plan__term",
    "task__round__rule_pack",
    "task__org",
    "task__framework",
    "task__given__team",
)


@dataclass(frozen=True, slots=True)
class Here:
    """A task and as what the reader stands towards it; `departments` are those they act for."""

    task: Task
    standing: Standing
    departments: frozenset[int]

    @property
    def is_inspected(self) -> bool:
        return Hat.INSPECTED in self.standing.hats


def place_for(request: HttpRequest, pk: int) -> tuple[Here, Feedback]:
    """Raises Http404. What it shows stays in no cache."""
    rows = feedbacks_open_to(request.actor).select_related(*_WITH)
    feedback = get_object_or_404(rows, pk=pk)
    standing = standing_of(feedback.task, request.actor, local_day(request.at))
    found = Here(feedback.task, standing, frozenset(departments_of(request.actor)))
    if found.is_inspected and not answers_for(request.actor, feedback.task):
        raise Http404
    confidential(request)
    return found, feedback


def hands(found: Here, request: HttpRequest) -> dict[str, Any]:
    """`standing`, `by` and `at`, as every action of this room takes them."""
    return {"standing": found.standing, "by": request.actor, "at": request.at}


def plan_for(request: HttpRequest, pk: int) -> tuple[Here, RectificationPlan]:
    row = get_object_or_404(RectificationPlan.objects.select_related("head"), pk=pk)
    found, row.feedback = place_for(request, row.feedback_id)
    return found, row


def review_for(request: HttpRequest, pk: int) -> tuple[Here, PlanReview]:
    review = get_object_or_404(PlanReview.objects.select_related("edition__plan", "unit"), pk=pk)
    found, review.edition.plan.feedback = place_for(request, review.edition.plan.feedback_id)
    return found, review


def report_of(request: HttpRequest, pk: int) -> tuple[Here, RectificationReport]:
    row = get_object_or_404(RectificationReport.objects.select_related("handed_in_by", "received_by"), pk=pk)
    found, row.feedback = place_for(request, row.feedback_id)
    return found, row


def page_of(feedback: Feedback) -> str:
    return reverse("outcome:rectification", args=[feedback.pk])


def trail(feedback: Feedback) -> list[tuple[str, str]]:
    return [("整改", reverse("outcome:rectifications")), (feedback.task.org.shown, page_of(feedback))]


def context_of(request: HttpRequest, found: Here, feedback: Feedback) -> dict[str, Any]:
    by, day = request.actor, local_day(request.at)
    plan = RectificationPlan.objects.select_related("head", "started_by").filter(feedback=feedback).first()
    lines, leaders = lines_of(feedback), list(plan.leaders.order_by("pk")) if plan else []
    faults = faults_in(lines, {one.pk for one in leaders}, concentrated_end(feedback))
    reports = RectificationReport.objects.filter(feedback=feedback).select_related("handed_in_by")
    meeting = LifeMeeting.objects.filter(feedback=feedback).select_related("chair").first()
    chosen = request.GET.get("list", "problems")
    context = {
        "page_title": f"{feedback.task.org.shown}整改",
        "here": found, "feedback": feedback, "task": feedback.task, "plan": plan, "leaders": leaders,
        "lists": [(code, label, code == chosen) for code, label in LISTS],
        "shown": chosen if chosen in dict(LISTS) else "problems",
        "lines": _lines(lines, faults),
        "gates": _gates(faults) if plan else [],
        "days": kept_days(feedback, clock_of(feedback), day), "day": day,
        "figures": figures_of([feedback.pk], day),
        "meeting": meeting,
        "may_meet": may_hold_life_meeting(feedback, found.standing, by) if meeting is None else None,
        "reports": list(reports.order_by("-stage", "-kind")),
        "may_publish": may_publish_outcome(feedback, found.standing, by),
        "exemptions": (exemptions := _exemptions(found, feedback)),
        "exempted": {one.item_id for one, _ in exemptions},
        "publications": Publication.objects.of_origin(origin_of(feedback)).visible_to(by, day).order_by("pk"),
        "offered": list(offered_to(feedback)[:MOST_OFFERED]),
        "may_suggest": may_suggest(feedback, found.standing, by),
        **_evaluations(found, feedback, day),
        "may_report": may_hand_in_rect_report(feedback, "org", plan, found.standing, by),
        "papers": menu_of(_papers(found, feedback, plan, by, day), by),
    }  # fmt: skip
    return context | (
        _plan(found, plan, by, faults)
        if plan
        else {"may_prepare": may_prepare_plan(feedback, found.standing, by)}
    )


def _papers(
    found: Here, feedback: Feedback, plan: RectificationPlan | None, by: Actor, day: date
) -> list[tuple[str, int]]:
    codes = ["rectification_plan"] if plan else []
    codes += ["rectification_ledger", "life_meeting", "life_check"]
    if Publication.objects.visible_to(by, day).filter(origin=origin_of(feedback)).exists():
        codes += ["public_inside", "public"]
    if Hat.OFFICE in found.standing.hats and not found.standing.was_team:
        codes += ["rectification_notice", "supervision_letter"]
    return [(f"outcome.{code}", feedback.pk) for code in codes]


def _exemptions(found: Here, feedback: Feedback) -> list[tuple[Exemption, Any]]:
    rows = Exemption.objects.filter(item__feedback=feedback).select_related("item__problem", "decided_by")
    return [(one, may_decide_exemption(one, found.standing)) for one in rows.order_by("item__order")]


def _evaluations(found: Here, feedback: Feedback, day: date) -> dict[str, Any]:
    rows = list(Evaluation.objects.filter(feedback=feedback).order_by("pk"))
    begun = {one.kind for one in rows}
    may = may_start_evaluation(feedback, concentrated_end(feedback), day, found.standing)
    return {
        "evaluations": [one for one in rows if sees_evaluation(one, found.standing)],
        "may_evaluate": may,
        "waiting": [(code, label) for code, label in EVALUATIONS if code not in begun],
    }


def _lines(lines: list[Line], faults: list[PlanFault]) -> list[dict[str, Any]]:
    wrong = {one.place for one in faults}
    return [{"line": line, "wrong": line.place in wrong} for line in lines]


def _gates(faults: list[PlanFault]) -> list[dict[str, Any]]:
    """四不放过, each with what the machine found."""
    return [
        {"label": f"{label}不放过", "found": [one for one in faults if one.kind == kind]}
        for kind, label in FAULTS
    ]


def _plan(found: Here, plan: RectificationPlan, by, faults: list[PlanFault]) -> dict[str, Any]:
    plan.feedback.task = found.task
    editions = list(PlanEdition.objects.filter(plan=plan).select_related("pledged_by").order_by("number"))
    reviews = list(PlanReview.objects.filter(edition__plan=plan).select_related("unit", "edition", "said_by"))
    now = [one for one in reviews if one.edition.number == plan.edition]
    comments = list(PlanComment.objects.filter(review__edition__plan=plan).select_related("item"))
    verdict = {step: plan_verdict(step, plan, found.standing, by, faults=faults, reviews=now)
               for step in ("submit", "return", "agree", "start")}  # fmt: skip
    mine = next((one for one in now if may_review(one, plan, found.standing, found.departments)), None)
    return {
        "verdicts": verdict,
        "merge": verdict["return"],
        "merge_kind": "" if mine else "primary",
        "own_review": mine,
        "may_amend": may_amend_plan(plan, found.standing, by),
        "may_ask": may_ask_review(plan, found.standing),
        "reviews": [
            (one, may_review(one, plan, found.standing, found.departments), _said(one, comments, found))
            for one in sorted(now, key=lambda one: one.pk)
        ],
        "editions": _editions(editions, comments),
    }


def _said(review: PlanReview, comments: list[PlanComment], found: Here) -> list[PlanComment]:
    """What this body said, for who may read it before the list is joined."""
    merged = bool(review.edition.merged_at)
    if not sees_comments(review, found.standing, found.departments, merged=merged):
        return []
    return [one for one in comments if one.review_id == review.pk]


def _editions(editions: list[PlanEdition], comments: list[PlanComment]) -> list[dict[str, Any]]:
    """Newest first: what changed against the one before, and the merged list that went back."""
    found, before = [], []
    for one in editions:
        row = {"edition": one, "changes": changes_between(before, one.rows) if before else [], "merged": []}
        found.append(row)
        before = one.rows
    by_pk = {row["edition"].pk: row for row in found}
    reviews = dict(PlanReview.objects.filter(edition__in=by_pk).values_list("pk", "edition_id"))
    for comment in comments:
        row = by_pk[reviews[comment.review_id]]
        if comment.merged and row["edition"].merged_at:
            row["merged"].append(comment)
    return found[::-1]
