"""A plan under review, a report and an evaluation with a deduction, of the one feedback there is."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite.tests.story import SECRET
from bihuan.areas.outcome.models import (
    CheckVisit,
    Deduction,
    Evaluation,
    EvidencePack,
    Exemption,
    Experience,
    Feedback,
    LookAgain,
    PlanEdition,
    PlanReview,
    RectificationPlan,
    RectificationReport,
    Sample,
)
from bihuan.areas.outcome.reads.evaluating import scheme_of
from bihuan.org.tests.world import World
from bihuan.problems.models import Problem


def closing_things(world: World, at: datetime) -> None:
    """Rows alone: what an outsider may learn does not hang on how they came about."""
    feedback, head = Feedback.objects.get(), world.person("unit_head")
    plan = RectificationPlan.objects.create(
        feedback=feedback, head=head, met_on=world.day, made_at=at, made_by=head
    )
    edition = PlanEdition.objects.create(
        plan=plan, number=1, rows=[], answer=SECRET, pledged_at=at, pledged_by=head
    )
    PlanReview.objects.create(edition=edition, body="office")
    RectificationReport.objects.create(
        feedback=feedback, stage="progress", kind="org", text=SECRET, total=1, done=0, basically=0,
        handed_in_at=at, handed_in_by=head,
    )  # fmt: skip
    Exemption.objects.create(
        item=feedback.items.get(), ground="case", reason=SECRET, asked_at=at, asked_by=head
    )
    office = world.person("inspection_officer")
    made = Evaluation.objects.create(
        feedback=feedback, kind="effect", scheme=scheme_of("effect"), made_at=at, made_by=office
    )
    Deduction.objects.create(
        evaluation=made, indicator="tasks", points=Decimal(1), reason=SECRET, evidence=SECRET, made_at=at,
        made_by=office,
    )  # fmt: skip
    task = feedback.task
    later = Task.objects.create(
        round=task.round, org=task.org, mode="lookback", framework=task.framework, from_day=world.day,
        to_day=world.day, entered_on=world.day,
    )  # fmt: skip
    look = LookAgain.objects.create(
        task=later, earlier=task, seed="s", share=30, rule_pack=task.round.rule_pack, pool="", drawn_at=at,
        pool_sha256="0" * 64, drawn_by=office,
    )  # fmt: skip
    Sample.objects.create(look=look, problem=Problem.objects.order_by("pk").first(), order=1)
    _sharing_things(world, feedback, at)


def _sharing_things(world: World, feedback: Feedback, at: datetime) -> None:
    office, task = world.person("inspection_officer"), feedback.task
    visit = CheckVisit.objects.create(
        body=SECRET, document="1 号", from_on=world.day, until_on=world.day, opened_at=at, opened_by=office
    )
    visit.tasks.add(task)
    EvidencePack.objects.create(visit=visit, task=task, asked_at=at, asked_by=office)
    Experience.objects.create(
        item=feedback.items.get(), unit=world.unit("hot_mill"), title=SECRET, trouble=SECRET, done=SECRET, good=SECRET,
        fits=SECRET, made_at=at, made_by=office,
    )  # fmt: skip
