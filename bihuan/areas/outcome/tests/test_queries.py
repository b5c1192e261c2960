"""What the inner pages of this room ask of the database does not grow with what stands on them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.areas.inspection.models import Task
from bihuan.areas.outcome.models import (
    ArchiveItem,
    Deduction,
    Evaluation,
    Feedback,
    FeedbackItem,
    LookAgain,
    Opinion,
    PlanComment,
    RectificationPlan,
    ReportFinding,
    Sample,
)
from bihuan.areas.outcome.reads.evaluating import scheme_of
from bihuan.org.actions.open_account import open_account
from bihuan.org.tests.world import PASSWORD
from bihuan.problems.models import Problem
from bihuan.problems.tests.story import raised
from bihuan.record.closed import shut

from .closing_story import HEAD, Closing
from .story import OFFICE
from .test_looking_again import _later

pytestmark = pytest.mark.django_db
#: who, address, the most queries it may take; `{}` are the ids of `Pages.ids`
PAGES = (
    (OFFICE, "/outcome/", 26),
    (OFFICE, "/outcome/rectification/", 25),
    (OFFICE, "/outcome/{task}/", 36),
    (OFFICE, "/outcome/reports/{report}/", 42),
    (OFFICE, "/outcome/feedbacks/{feedback}/", 42),
    (OFFICE, "/outcome/feedbacks/{feedback}/rectification/", 58),
    (OFFICE, "/outcome/feedbacks/{feedback}/rectification/?list=duties", 58),
    (OFFICE, "/outcome/plan-reviews/{review}/", 30),
    (OFFICE, "/outcome/plans/{plan}/merging/", 34),
    (OFFICE, "/outcome/evaluations/{evaluation}/", 32),
    (OFFICE, "/outcome/evaluations/{evaluation}/deductions/new/", 28),
    (OFFICE, "/outcome/{later}/look-again/", 30),
    (OFFICE, "/outcome/rounds/{round}/sum/", 36),
    (OFFICE, "/outcome/rounds/{round}/archive/", 42),
    (HEAD, "/outcome/mine/", 34),
    ("department", "/outcome/addressed/", 22),
)  # fmt: skip


class Pages(Closing):
    """The feedback of a round, its plan under review, an evaluation, a look-back with a sample."""

    def __init__(self, world) -> None:
        super().__init__(world)
        self.step(self.given.report, "issued")
        self.made: RectificationPlan = self.plan("reviewing")
        at, office = self.at, world.person(OFFICE)
        self.evaluation = Evaluation.objects.create(
            feedback=self.given, kind="effect", scheme=scheme_of("effect"), made_at=at, made_by=office
        )
        self.later = _later(self)
        self.look = LookAgain.objects.create(
            task=self.later, earlier=self.task, seed="s", share=30, rule_pack=self.task.round.rule_pack, pool="",
            drawn_at=at, pool_sha256="0" * 64, drawn_by=office,
        )  # fmt: skip
        self.grown = 0
        self.grow()

    def ids(self) -> dict[str, int | str]:
        return {
            "task": self.task.pk, "report": self.given.report_id, "feedback": self.given.pk, "later": self.later.pk,
            "plan": self.made.pk, "review": self.review(self.made, "office").pk, "evaluation": self.evaluation.pk,
            "round": self.task.round.code,
        }  # fmt: skip

    def grow(self) -> None:
        """Rows alone, one of everything: what a page asks does not hang on how they came about."""
        self.grown += 1
        n, at, office = self.grown + 10, self.at, self.world.person(OFFICE)
        problem = Problem.objects.get(pk=raised(self.world, statement=f"第 {n} 件").pk)
        item = FeedbackItem(feedback=self.given, order=n, problem=problem, unit=problem.unit, common="费用")
        shut(item, {"statement": f"第 {n} 件"})
        item.save(force_insert=True)
        for row in (
            ReportFinding(report=self.given.report, order=n, focus=self.focus),
            Opinion(
                report=self.given.report,
                stage="office",
                edition=1,
                outcome="said",
                said_at=at,
                said_by=office,
            ),
        ):
            shut(row, {"text": "说明", "phenomenon": "现象"})
            row.save(force_insert=True)
        PlanComment.objects.create(review=self.review(self.made, "discipline"), item=item, text="补期限")
        Deduction.objects.create(
            evaluation=self.evaluation, indicator="tasks", points=Decimal(1), reason="晚", evidence="台账", made_at=at,
            made_by=office,
        )  # fmt: skip
        Sample.objects.create(look=self.look, problem=problem, order=n)
        self._another_organisation(n)
        ArchiveItem.objects.get_or_create(
            round=self.task.round, task=self.task, kind="notice",
            defaults={"number": 1, "pages": 1, "secrecy": "inner", "place": "柜", "handed_over_at": at, "handed_over_by": office},
        )  # fmt: skip

    def _another_organisation(self, n: int) -> None:
        mode = ("special", "flexible", "cross", "elevated")[n % 4]
        task = Task.objects.create(
            round=self.task.round, org=self.world.party["joint"], mode=mode, framework=self.task.framework,
            from_day=self.day, to_day=self.day, entered_on=self.day, left_on=self.day,
        )  # fmt: skip
        given = self.given
        feedback = Feedback(
            task=task, report=given.report, made_at=self.at, made_by=given.made_by, told_on=self.day,
            meeting_on=self.day, issued_at=self.at, received_on=self.day, receiver=given.receiver,
        )  # fmt: skip
        shut(feedback, {"opening": "", "demands": ""})
        feedback.save(force_insert=True)
        FeedbackItem.objects.create(feedback=feedback, order=1, common="费用")


def test_more_rows_ask_no_more(world, signed_in):
    pages = Pages(world)
    for word in ("department",):
        world.accounts[word], _ = open_account(
            person=world.person(word), username=word, password=PASSWORD, must_change=False,
            by=world.actor("system_admin"), at=pages.at,
        )  # fmt: skip
    clients = {word: signed_in(word) for word, _, _ in PAGES}

    def asked() -> dict[str, int]:
        found = {}
        for word, address, _ in PAGES:
            url = address.format(**pages.ids())
            with CaptureQueriesContext(connection) as queries:
                assert clients[word].get(url).status_code == 200, url
            found[address] = len(queries)
        return found

    asked()  # the first page of a session also notes that somebody is here
    few = asked()
    pages.grow()
    pages.grow()
    assert asked() == few
    assert {address: few[address] for _, address, most in PAGES if few[address] > most} == {}
