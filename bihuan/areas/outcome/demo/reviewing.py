"""The plan of the organisation whose clock still runs: prepared, returned once with the comments of several departments in one
list, agreed, in force. Then what comes after a round: an evaluation, the round summed up and heard."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from bihuan.areas.inspection.models import Round
from bihuan.areas.onsite.reads import standing_of
from bihuan.areas.outcome.actions.approve_evaluation import approve_evaluation
from bihuan.areas.outcome.actions.ask_plan_review import ask_plan_review
from bihuan.areas.outcome.actions.confirm_common import confirm_common
from bihuan.areas.outcome.actions.deduct import deduct
from bihuan.areas.outcome.actions.hand_in_evaluation import hand_in_evaluation
from bihuan.areas.outcome.actions.hear_round_paper import hear_round_paper
from bihuan.areas.outcome.actions.hold_life_meeting import hold_life_meeting
from bihuan.areas.outcome.actions.merge_comments import merge_comments
from bihuan.areas.outcome.actions.prepare_plan import prepare_plan
from bihuan.areas.outcome.actions.review_plan import review_plan
from bihuan.areas.outcome.actions.send_evaluation import send_evaluation
from bihuan.areas.outcome.actions.start_evaluation import start_evaluation
from bihuan.areas.outcome.actions.start_plan import start_plan
from bihuan.areas.outcome.actions.submit_plan import submit_plan
from bihuan.areas.outcome.actions.write_round_paper import write_round_paper
from bihuan.areas.outcome.models import Evaluation, Feedback, PlanReview, RectificationPlan
from bihuan.areas.outcome.reads.clock import concentrated_end
from bihuan.areas.outcome.reads.round_sums import shared_in
from bihuan.areas.outcome.reads.standing import departments_of
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import CHINA, local_day
from bihuan.org.demo.group import Group
from bihuan.org.models import Person
from bihuan.problems.actions.accept import accept
from bihuan.problems.actions.approve_plan import approve_plan
from bihuan.problems.actions.propose_plan import propose_plan
from bihuan.problems.actions.set_measures import MeasureDraft

from .texts import ADOPTED, AGREED, ANSWER, COMMENTS, COMMON, DEDUCTIONS, MEASURES, MEETING, PAPER, VERDICT

#: days from the receipt at which each step is taken
_DAYS = {"prepare": 6, "propose": 12, "submit": 17, "ask": 18, "review": 20, "merge": 22, "again": 25, "look": 27, "agree": 28,
         "meet": 27, "start": 29, "approve": 31}  # fmt: skip
#: departments that are asked beside the bodies the rule pack names
_ASKED = ("AQ", "CW")


class Reviewing:
    """`feedback` was received and raised; every act on its day, by who would do it."""

    def __init__(self, world: Any, feedback: Feedback) -> None:
        self.group: Group = world.things["org"]
        self.now: datetime = world.at
        self.feedback, self.task = feedback, feedback.task
        self.office, self.lead = (self.group.actor(self.group.person(one)) for one in ("高文静", "贺长风"))
        code = self.task.org.code.removeprefix("DW-")
        staff = self.group.staff
        self.head, self.liaison = staff.of(code, "head")[0], staff.of(code, "liaison")[0]
        self.leaders = [self.head, *staff.of(code, "deputy"), *staff.of(code, "chief")][:4]

    def _as(self, by: Actor, day: date, hour: int = 10) -> dict[str, Any]:
        at = min(datetime.combine(day, time(hour, 30), CHINA), self.now)
        return {"standing": standing_of(self.task, by, day), "by": by, "at": at}

    def _on(self, by: Person | Actor, step: str, hour: int = 10) -> dict[str, Any]:
        actor = self.group.actor(by) if isinstance(by, Person) else by
        return self._as(actor, self.feedback.received_on + timedelta(days=_DAYS[step]), hour)

    def plan(self) -> RectificationPlan:
        met = self.feedback.received_on + timedelta(days=_DAYS["prepare"] - 1)
        made = prepare_plan(
            feedback=self.feedback, head=self.head, leaders=self.leaders, met_on=met, **self._on(self.liaison, "prepare")
        )  # fmt: skip
        self._measures()
        submit_plan(plan=made, pledge=True, **self._on(self.head, "submit"))
        for code in _ASKED:
            unit = self.group.units[code]
            ask_plan_review(plan=made, body="department", unit=unit, **self._on(self.office, "ask"))
        self._review(made, "review", COMMENTS)
        merge_comments(
            plan=made, result="returned", merged=self._merged(made), **self._on(self.office, "merge")
        )
        submit_plan(plan=made, pledge=True, answer=ANSWER, **self._on(self.head, "again"))
        self._review(made, "look", {})
        merge_comments(plan=made, result="agreed", merged={}, **self._on(self.office, "agree"))
        self._meet()
        document = f"热轧党发〔{self.feedback.received_on.year}〕18 号"
        day = self.feedback.received_on + timedelta(days=_DAYS["start"])
        start_plan(plan=made, on=day, document=document, **self._on(self.liaison, "start"))
        self._approve()
        return made

    def _problems(self) -> list:
        return [item.problem for item in self.feedback.items.filter(kind="problem").order_by("order")]

    def _measures(self) -> None:
        end = concentrated_end(self.feedback)
        said = self._on(self.liaison, "propose")
        for n, problem in enumerate(self._problems()):
            lead = self.leaders[n % len(self.leaders)]
            if problem.closure == "assigned":
                accept(problem=problem, lead=lead, by=said["by"], at=said["at"])
            due = min(problem.due_on or end, end)
            drafts = [
                MeasureDraft(text, standard, owner_id=self.liaison.pk, due_on=due)
                for text, standard in MEASURES[n % len(MEASURES)]
            ]
            propose_plan(problem=problem, measures=drafts, by=said["by"], at=said["at"])

    def _approve(self) -> None:
        said = self._on(self.office, "approve")
        for problem in self._problems():
            approve_plan(problem=problem, text=AGREED, by=said["by"], at=said["at"])

    def _speaks(self, review: PlanReview) -> Person:
        if review.unit_id:
            return self.group.staff.of(review.unit.code, "head")[0]
        return self.group.person({"discipline": "姜知远", "personnel": "任秀英"}.get(review.body, "高文静"))

    def _review(self, plan: RectificationPlan, step: str, said: dict[str, tuple]) -> None:
        """`said` by body, or by the code of a department: verdict, place of the problem (0: the whole), comment."""
        rows = PlanReview.objects.filter(edition__plan=plan, edition__number=plan.edition, verdict="")
        items = [
            0,
            *self.feedback.items.filter(kind="problem").order_by("order").values_list("pk", flat=True),
        ]
        for row in rows.select_related("unit", "edition__plan__feedback__task__round").order_by("pk"):
            verdict, *comment = said.get(row.unit.code if row.unit_id else row.body, ("passed",))
            comments = {items[comment[0]]: comment[1]} if comment else {}
            hands = self._on(self._speaks(row), step)
            departments = departments_of(hands["by"])
            review_plan(review=row, verdict=verdict, comments=comments, departments=departments, **hands)

    def _merged(self, plan: RectificationPlan) -> dict[int, str]:
        """One list: what two of them said of the same is one line."""
        rows = PlanReview.objects.filter(edition__plan=plan, comments__isnull=False).order_by("pk")
        return {
            row.comments.get().pk: ADOPTED[row.unit.code if row.unit_id else row.body]
            for row in rows.select_related("unit")
        }

    def _meet(self) -> None:
        day = self.feedback.received_on + timedelta(days=_DAYS["meet"])
        said = {"chair": self.head, "present": len(self.leaders), "note": MEETING}
        hold_life_meeting(feedback=self.feedback, on=day, **said, **self._on(self.liaison, "meet", 16))

    def evaluation(self, *, done: bool) -> Evaluation:
        """Begun a week after the concentrated period; `done`: handed in, agreed and sent within the month."""
        today = local_day(self.now)
        day = min(concentrated_end(self.feedback) + timedelta(days=8), today)
        made = start_evaluation(feedback=self.feedback, kind="effect", **self._as(self.office, day))
        for indicator, points, reason, evidence in DEDUCTIONS if done else DEDUCTIONS[:1]:
            deduct(
                evaluation=made, indicator=indicator, points=Decimal(points), reason=reason, evidence=evidence,
                **self._as(self.office, day, 15),
            )  # fmt: skip
        if done:
            hand_in_evaluation(
                evaluation=made, text=VERDICT, **self._as(self.office, day + timedelta(days=5))
            )
            agreed = day + timedelta(days=11)
            document = f"巡察工作领导小组会议纪要〔{agreed.year}〕6 号"
            approve_evaluation(evaluation=made, on=agreed, document=document, **self._as(self.lead, agreed))
            send_evaluation(evaluation=made, **self._as(self.office, agreed + timedelta(days=2)))
        return made


def sum_up(world: Any, round: Round) -> None:
    """What several organisations share is confirmed; the report was written yesterday and heard today."""
    group: Group = world.things["org"]
    office, lead = (group.actor(group.person(one)) for one in ("高文静", "贺长风"))
    today = local_day(world.at)
    at = datetime.combine(today - timedelta(days=1), time(15, 40), CHINA)
    title, text = COMMON
    for one in shared_in(round)[:1]:
        confirm_common(round=round, tag=one.tag, title=title, text=text, by=office, at=at)
    paper = write_round_paper(round=round, kind="round", text=PAPER, by=office, at=at)
    document = f"党委常委会会议纪要〔{today.year}〕23 号"
    hear_round_paper(paper=paper, on=today, document=document, by=lead, at=world.at)
