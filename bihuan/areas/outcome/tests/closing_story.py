"""The hot mill after its feedback: the problems in the loop, its plan and reports taken as far as is wanted."""

from __future__ import annotations

from typing import Any

from bihuan.areas.outcome.actions.merge_comments import merge_comments
from bihuan.areas.outcome.actions.prepare_plan import prepare_plan
from bihuan.areas.outcome.actions.raise_items import raise_items
from bihuan.areas.outcome.actions.review_plan import review_plan
from bihuan.areas.outcome.actions.start_plan import start_plan
from bihuan.areas.outcome.actions.submit_plan import submit_plan
from bihuan.areas.outcome.models import Feedback, PlanReview, RectificationPlan
from bihuan.org.tests.world import World
from bihuan.problems.actions.accept import accept
from bihuan.problems.actions.approve_plan import approve_plan
from bihuan.problems.actions.close import close
from bihuan.problems.actions.propose_plan import propose_plan
from bihuan.problems.actions.report_progress import report_progress
from bihuan.problems.actions.set_measures import MeasureDraft
from bihuan.problems.actions.submit import submit
from bihuan.problems.models import Problem
from bihuan.problems.tests.story import photo

from .story import OFFICE, Outcome

HEAD, LIAISON = "unit_head", "liaison"
REVIEWERS = {"discipline": "discipline", "personnel": "personnel", "office": OFFICE}


class Closing(Outcome):
    """The feedback was received on the day of the world, its problems were raised."""

    def __init__(self, world: World, drafts: int = 2) -> None:
        super().__init__(world, drafts)
        self.given: Feedback = self.feedback("received")
        raise_items(feedback=self.given, **self.as_(OFFICE))

    @property
    def problems(self) -> list[Problem]:
        return [item.problem for item in self.given.items.filter(kind="problem").order_by("order")]

    def measured(self, *, vague: bool = False, **more: Any) -> None:
        """Every problem taken on by the head, with one measure of the liaison officer."""
        for problem in self.problems:
            accept(problem=problem, lead=self.world.person(HEAD), by=self.actor(LIAISON), at=self.at)
            said = {
                "text": "进一步加强管理" if vague else "清退 12 万元",
                "standard": "有明显改进" if vague else "入账凭证 1 份",
                "owner_id": self.world.person(LIAISON).pk,
                "due_on": problem.due_on,
                **more,
            }
            propose_plan(problem=problem, measures=[MeasureDraft(**said)], by=self.actor(LIAISON), at=self.at)

    def prepared(self) -> RectificationPlan:
        leaders = [self.world.person(HEAD)]
        said = {"head": self.world.person(HEAD), "leaders": leaders, "met_on": self.day}
        return prepare_plan(feedback=self.given, **said, **self.as_(LIAISON))

    def plan(self, to: str = "reviewing") -> RectificationPlan:
        """reviewing, reviewed, agreed, in_force."""
        self.measured()
        made = self.prepared()
        submit_plan(plan=made, pledge=True, **self.as_(HEAD))
        if to == "reviewing":
            return made
        for body in REVIEWERS:
            self.says(made, body)
        if to != "reviewed":
            merge_comments(plan=made, result="agreed", merged={}, **self.as_(OFFICE))
        if to == "in_force":
            said = {"on": self.day, "document": "热轧党发〔2025〕5 号"}
            start_plan(plan=made, **said, **self.as_(HEAD))
        return made

    def review(self, plan: RectificationPlan, body: str) -> PlanReview:
        rows = PlanReview.objects.select_related("edition__plan__feedback__task__round__rule_pack", "unit")
        return rows.get(edition__plan=plan, edition__number=plan.edition, body=body)

    def says(
        self, plan: RectificationPlan, body: str, verdict: str = "passed", **comments: str
    ) -> PlanReview:
        """`comments` by place of the problem: p1="…"; p0 is the whole."""
        items = [0, *self.given.items.filter(kind="problem").order_by("order").values_list("pk", flat=True)]
        said = {items[int(place[1:])]: text for place, text in comments.items()}
        review = self.review(plan, body)
        return review_plan(review=review, verdict=verdict, comments=said, **self.as_(REVIEWERS[body]))

    def closed(self, problem: Problem) -> Problem:
        """Rectified with proof, verified by another."""
        office, liaison = self.actor(OFFICE), self.actor(LIAISON)
        approve_plan(problem=problem, by=office, at=self.at, text="同意")
        done = {one.pk: 100 for one in problem.measures.all()}
        files = [photo(f"凭证{pk}", "evidence", pk) for pk in done]
        report_progress(problem=problem, by=liaison, at=self.at, text="办完", percents=done, files=files)
        submit(problem=problem, text="已清退", by=liaison, at=self.at)
        return close(problem=problem, by=office, at=self.at, text="核对了凭证")
