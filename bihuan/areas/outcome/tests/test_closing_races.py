"""Two hands at once on one plan, one report, one evaluation, one archive: one wins."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from bihuan.areas.inspection.models import Member, Round, Task
from bihuan.areas.outcome.actions.archive import archive
from bihuan.areas.outcome.actions.deduct import deduct
from bihuan.areas.outcome.actions.hand_in_evaluation import hand_in_evaluation
from bihuan.areas.outcome.actions.hand_in_rect_report import hand_in_rect_report
from bihuan.areas.outcome.actions.hand_over_papers import hand_over_papers
from bihuan.areas.outcome.actions.issue_report import issue_report
from bihuan.areas.outcome.actions.merge_comments import merge_comments
from bihuan.areas.outcome.actions.note_given_back import note_given_back
from bihuan.areas.outcome.actions.receive_rect_report import receive_rect_report
from bihuan.areas.outcome.actions.start_evaluation import start_evaluation
from bihuan.areas.outcome.actions.start_plan import start_plan
from bihuan.areas.outcome.actions.submit_plan import submit_plan
from bihuan.areas.outcome.models import (
    Deduction,
    Evaluation,
    PlanEdition,
    PlanReview,
    RectificationPlan,
    RectificationReport,
    Report,
)
from bihuan.areas.outcome.reads.archiving import behind_of
from bihuan.areas.outcome.reads.clock import concentrated_end
from bihuan.kernel.refused import Refused
from bihuan.org.tests.world import build
from bihuan.record.models import Event

from .closing_story import HEAD, REVIEWERS, Closing
from .story import OFFICE

_WITH = "feedback__task__round__rule_pack"


@pytest.fixture
def closing(transactional_db) -> Closing:
    return Closing(build(accounts=False))


def _one(done) -> None:
    assert sum(one.error is None for one in done) == 1
    assert all(isinstance(one.error, Refused) for one in done if one.error), [one.error for one in done]


def _plan() -> RectificationPlan:
    return RectificationPlan.objects.select_related(_WITH, "feedback__task__org").get()


def _evaluation() -> Evaluation:
    return Evaluation.objects.select_related(_WITH).get()


def _report() -> RectificationReport:
    return RectificationReport.objects.select_related(_WITH).get()


def _handing(task: Task, kind: str, by: dict):
    paper = {"secrecy": "closed", "pages": 9, "place": "3 层"}
    return lambda: hand_over_papers(task=task, kind=kind, **paper, **by)


def test_one_plan_one_review_each_one_list_one_report(closing, race):
    closing.measured()
    _one(race(closing.prepared, times=4))
    _one(race(lambda: submit_plan(plan=_plan(), pledge=True, **closing.as_(HEAD)), times=4))
    assert PlanEdition.objects.count() == 1 and PlanReview.objects.count() == 3
    _one(race(lambda: closing.says(_plan(), "office", p0="可行"), times=4))
    done = race([lambda: closing.says(_plan(), "discipline"), lambda: closing.says(_plan(), "personnel")])
    assert [one.error for one in done] == [None, None]
    merge = [
        lambda: merge_comments(plan=_plan(), result="agreed", merged={}, **closing.as_(OFFICE)),
        lambda: merge_comments(plan=_plan(), result="returned", merged={}, **closing.as_("discipline")),
    ]
    _one(race(merge * 2))
    RectificationPlan.objects.update(state="agreed", approved_at=closing.at)  # whichever came first
    on = {"on": closing.day, "document": "5 号"}
    _one(race(lambda: start_plan(plan=_plan(), **on, **closing.as_(HEAD)), times=4))
    said = {"stage": "progress", "kind": "org", "text": "已整改"}
    _one(race(lambda: hand_in_rect_report(feedback=closing.given, **said, **closing.as_(HEAD)), times=4))
    _one(race(lambda: receive_rect_report(report=_report(), on=closing.day, **closing.as_(OFFICE)), times=4))
    assert set(REVIEWERS) == set(PlanReview.objects.exclude(verdict="").values_list("body", flat=True))


def test_one_evaluation_never_below_nought_one_archive(closing, race):
    at = closing.at + (concentrated_end(closing.given) - closing.day) + timedelta(days=1)
    hands = {**closing.as_(OFFICE), "at": at}
    _one(race(lambda: start_evaluation(feedback=closing.given, kind="effect", **hands), times=4))
    said = {"indicator": "deploy", "points": Decimal(15), "reason": "晚", "evidence": "方案"}
    _one(race(lambda: deduct(evaluation=_evaluation(), **said, **hands), times=4))
    assert Deduction.objects.count() == 1
    _one(race(lambda: hand_in_evaluation(evaluation=_evaluation(), text="好", **hands), times=4))
    report = Report.objects.select_related("task__round").get()
    issue_report(report=report, on=closing.day, **closing.as_(OFFICE))
    by = {"by": closing.actor(OFFICE), "at": closing.at}
    first = Member.objects.select_related("round").first()
    _one(race(lambda: note_given_back(member=first, **by), times=4))
    for member in Member.objects.select_related("round").exclude(pk=first.pk):
        note_given_back(member=member, **by)
    task = Task.objects.select_related("round").get(pk=closing.task.pk)
    lines = [kind for left in behind_of(task.round).tasks for kind, _, _ in left.lines]
    for kind in lines:
        _one(race(_handing(task, kind, by), times=2))
    _one(race(lambda: archive(round=Round.objects.get(), **by), times=4))
    assert Event.objects.filter(kind="inspection.archived").count() == 1
