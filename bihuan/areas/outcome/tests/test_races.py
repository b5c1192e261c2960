"""Two hands at once on one report, one feedback: one wins."""

from __future__ import annotations

import pytest

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite.models import Draft
from bihuan.areas.outcome.actions.assemble import assemble
from bihuan.areas.outcome.actions.compose_feedback import compose_feedback
from bihuan.areas.outcome.actions.raise_items import raise_items
from bihuan.areas.outcome.actions.start_report import start_report
from bihuan.areas.outcome.models import Citation, ClockDay, Feedback, Report, ReportEdition
from bihuan.kernel.refused import Refused
from bihuan.org.tests.world import build
from bihuan.problems.models import Problem
from bihuan.record.models import Event

from .story import OFFICE, WAY, Outcome


@pytest.fixture
def outcome(transactional_db) -> Outcome:
    return Outcome(build(accounts=False))


def _report() -> Report:
    return Report.objects.select_related("task__round__rule_pack", "task__org", "task__framework").get()


def _feedback() -> Feedback:
    return Feedback.objects.select_related("task__round__rule_pack", "task__org", "report").get()


def _step(outcome: Outcome, state: str) -> None:
    outcome.step(_report(), state)


def _one(done) -> None:
    assert sum(one.error is None for one in done) == 1
    assert all(isinstance(one.error, Refused) for one in done if one.error)


def test_one_report_one_step_each_one_feedback_one_receipt_one_raising(outcome, race):
    hands = outcome.as_("member")
    task = Task.objects.select_related("round", "framework").get()
    _one(race(lambda: start_report(task=task, **hands), times=4))
    drafts = list(Draft.objects.all())
    _one(race(lambda: assemble(report=_report(), drafts=drafts, **hands), times=4))
    assert Citation.objects.count() == 1
    outcome.written(_report())
    for state in WAY[1:-1]:
        _one(race(lambda: _step(outcome, state), times=4))
    assert Report.objects.get().state == "approved" and ReportEdition.objects.count() == 1
    _one(race(lambda: compose_feedback(report=_report(), **outcome.as_(OFFICE)), times=4))
    _one(race(lambda: outcome.tell(_feedback()), times=4))
    _one(race(lambda: outcome.give(_feedback()), times=4))
    _one(race(lambda: outcome.receive(_feedback()), times=4))
    assert ClockDay.objects.count() == 5
    done = race(lambda: raise_items(feedback=_feedback(), **outcome.as_(OFFICE)), times=4)
    assert not [one.error for one in done if one.error]
    assert Problem.objects.count() == Event.objects.filter(kind="problem.raised").count() == 1
    assert Event.objects.filter(kind="outcome.items_raised").count() == 1
