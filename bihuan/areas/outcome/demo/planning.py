"""What an organisation does with its feedback: the plan, its review, the meeting, two reports, the evaluation."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from bihuan.areas.onsite.reads import standing_of
from bihuan.areas.outcome.actions.approve_evaluation import approve_evaluation
from bihuan.areas.outcome.actions.ask_plan_review import ask_plan_review
from bihuan.areas.outcome.actions.deduct import deduct
from bihuan.areas.outcome.actions.hand_in_evaluation import hand_in_evaluation
from bihuan.areas.outcome.actions.hand_in_rect_report import hand_in_rect_report
from bihuan.areas.outcome.actions.hold_life_meeting import hold_life_meeting
from bihuan.areas.outcome.actions.merge_comments import merge_comments
from bihuan.areas.outcome.actions.note_rect_reading import note_rect_reading
from bihuan.areas.outcome.actions.prepare_plan import prepare_plan
from bihuan.areas.outcome.actions.receive_rect_report import receive_rect_report
from bihuan.areas.outcome.actions.review_plan import review_plan
from bihuan.areas.outcome.actions.send_evaluation import send_evaluation
from bihuan.areas.outcome.actions.start_evaluation import start_evaluation
from bihuan.areas.outcome.actions.start_plan import start_plan
from bihuan.areas.outcome.actions.submit_plan import submit_plan
from bihuan.areas.outcome.models import Feedback, PlanReview, RectificationPlan
from bihuan.areas.outcome.reads.clock import concentrated_end
from bihuan.kernel.moment import CHINA, local_day
from bihuan.org.demo.group import Group
from bihuan.org.models import Person
from bihuan.problems.actions.accept import accept
from bihuan.problems.actions.approve_plan import approve_plan
from bihuan.problems.actions.propose_plan import propose_plan
from bihuan.problems.actions.set_measures import MeasureDraft
from bihuan.problems.models import Problem

from .texts import ADOPTED, DEDUCTIONS, EVALUATED, LIFE, MEASURES, READ, REPORTS, REVIEWED

#: who speaks for the three that review each plan
_BODIES = {"discipline": "姜知远", "personnel": "任秀英", "office": "高文静"}
#: the department that is asked beside them where a plan went back once
_ASKED = "AQ"


class Planning:
    """Of one feedback that was received and handed out. `twice`: the first edition of its plan went back."""

    def __init__(self, group: Group, feedback: Feedback, now: datetime, *, twice: bool = False) -> None:
        self.group, self.feedback, self.now, self.twice = group, feedback, now, twice
        self.task = feedback.task
        code = self.task.org.code.removeprefix("DW-")
        self.head, self.deputy, self.liaison = (
            group.staff.of(code, duty)[0] for duty in ("head", "deputy", "liaison")
        )
        self.lead = group.person("贺长风")
        rows = feedback.items.filter(kind="problem").order_by("order")
        self.problems: list[Problem] = [item.problem for item in rows.select_related("problem")]
        self.plan_: RectificationPlan

    def _at(self, day: date, hour: int) -> datetime:
        return min(datetime.combine(day, time(hour, 40), CHINA), self.now)

    def _day(self, after: int) -> date:
        """After the receipt."""
        return self.feedback.received_on + timedelta(days=after)

    def _as(self, person: Person, day: date, hour: int = 10) -> dict[str, Any]:
        actor = self.group.actor(person)
        return {"standing": standing_of(self.task, actor, day), "by": actor, "at": self._at(day, hour)}

    def plan(self) -> None:
        """From the acceptance of each problem to the plan in force; the meeting of its leaders among it."""
        for n, problem in enumerate(self.problems):
            self._measure(problem, (self.head, self.deputy)[n % 2])
        self.plan_ = prepare_plan(
            feedback=self.feedback, head=self.head, leaders=[self.deputy], met_on=self._day(10),
            **self._as(self.liaison, self._day(11)),
        )  # fmt: skip
        submit_plan(plan=self.plan_, pledge=True, **self._as(self.head, self._day(12)))
        if self.twice:
            self._review("returned", 13)
            submit_plan(plan=self.plan_, pledge=True, answer=ADOPTED, **self._as(self.head, self._day(19)))
        self._review("agreed", 20 if self.twice else 13)
        office = self.group.actor(self.group.person(_BODIES["office"]))
        for problem in self.problems:
            approve_plan(problem=problem, text="同会审意见", by=office, at=self._at(self._day(24), 15))
        code = self.task.org.shown.removesuffix("党委").removesuffix("党总支")
        start_plan(
            plan=self.plan_, on=self._day(26), document=f"{code}党发〔{self._day(26).year}〕5 号",
            **self._as(self.head, self._day(26)),
        )  # fmt: skip
        hold_life_meeting(
            feedback=self.feedback, on=self._day(22), chair=self.head, present=5, note=LIFE,
            **self._as(self.liaison, self._day(23)),
        )  # fmt: skip

    def _measure(self, problem: Problem, lead: Person) -> None:
        liaison = self.group.actor(self.liaison)
        accept(problem=problem, lead=lead, by=liaison, at=self._at(self._day(2), 9))
        said = next(rows for word, rows in MEASURES.items() if word in problem.statement)
        due = problem.due_on - timedelta(days=30)
        measures = [
            MeasureDraft(text=text, standard=standard, owner_id=self.liaison.pk, due_on=due)
            for text, standard in said
        ]
        propose_plan(
            problem=problem, measures=measures, cause=LIFE, by=liaison, at=self._at(self._day(8), 15)
        )

    def _review(self, result: str, after: int) -> None:
        """All say something of the edition, then the office joins it. What went back was seen by one department more."""
        if result == "returned":
            ask_plan_review(
                plan=self.plan_, unit=self.group.units[_ASKED],
                **self._as(self.group.person(_BODIES["office"]), self._day(after)),
            )  # fmt: skip
        rows = PlanReview.objects.filter(edition__plan=self.plan_, edition__number=self.plan_.edition)
        for n, review in enumerate(
            rows.select_related("edition__plan__feedback__task__round__rule_pack", "unit").order_by("pk")
        ):
            self._says(review, result, after + 1 + n % 2)
        merged = self._as(self.group.person(_BODIES["office"]), self._day(after + 3), 16)
        merge_comments(plan=self.plan_, result=result, merged=self._kept(), **merged)

    def _says(self, review: PlanReview, result: str, after: int) -> None:
        name = _BODIES.get(review.body)
        person = self.group.person(name) if name else self.group.staff.of(_ASKED, "head")[0]
        said = REVIEWED.get((review.body, result))
        items = dict(enumerate(self.feedback.items.order_by("order").values_list("pk", flat=True), 1))
        review_plan(
            review=review, verdict=said[0] if said else "passed",
            comments={items.get(said[1], 0): said[2]} if said else {},
            departments={review.unit_id} if review.unit_id else (), **self._as(person, self._day(after)),
        )  # fmt: skip

    def _kept(self) -> dict[int, str]:
        """Each comment as it was said."""
        reviews = PlanReview.objects.filter(edition__plan=self.plan_, edition__number=self.plan_.edition)
        return {pk: text for pk, text in reviews.values_list("comments__pk", "comments__text") if pk}

    def report_back(self) -> None:
        """Both reports some days before the concentrated period ends, each signed for by the office and read by the three."""
        day = concentrated_end(self.feedback) - timedelta(days=4)
        for kind, person in (("org", self.liaison), ("head", self.head)):
            made = hand_in_rect_report(
                feedback=self.feedback,
                stage="progress",
                kind=kind,
                text=REPORTS[kind],
                **self._as(person, day),
            )
            office = self._as(self.group.person(_BODIES["office"]), day + timedelta(days=1))
            receive_rect_report(report=made, on=day + timedelta(days=1), **office)
            for n, (body, name) in enumerate(_BODIES.items()):
                reader = self._as(self.group.person(name), day + timedelta(days=2 + n), 15)
                note_rect_reading(report=made, body=body, note=READ, **reader)

    def evaluate(self, *, done: bool) -> None:
        """The body of discipline takes points off, the leading group agrees; not `done`: that still waits."""
        day = concentrated_end(self.feedback) + timedelta(days=9)
        judge = self.group.person(_BODIES["discipline"])
        made = start_evaluation(feedback=self.feedback, kind="effect", **self._as(judge, day))
        for indicator, points, reason, evidence in DEDUCTIONS[self.feedback.pk % len(DEDUCTIONS)]:
            deduct(
                evaluation=made, indicator=indicator, points=Decimal(points), reason=reason, evidence=evidence,
                **self._as(judge, day, 15),
            )  # fmt: skip
        hand_in_evaluation(evaluation=made, text=EVALUATED, **self._as(judge, day + timedelta(days=3)))
        if not done:
            return
        agreed = day + timedelta(days=10)
        approve_evaluation(
            evaluation=made, on=agreed, document=f"巡察工作领导小组会议纪要〔{agreed.year}〕6 号",
            **self._as(self.lead, agreed),
        )  # fmt: skip
        later = agreed + timedelta(days=2)
        send_evaluation(evaluation=made, **self._as(self.group.person(_BODIES["office"]), later))

    @property
    def is_over(self) -> bool:
        """The concentrated period, so long ago that an evaluation is done."""
        return concentrated_end(self.feedback) + timedelta(days=30) < local_day(self.now)
